#include "service/formats/compress.h"

#include "service/formats/gzip.h"
#include "service/formats/zstd_frame.h"

namespace tercet {
namespace {

class PlainSink final : public CompressingSink {
 public:
  explicit PlainSink(ByteSink& below) : below_(below) {}

  Status Write(std::string_view bytes) override { return below_.Write(bytes); }
  Status Finish() override { return OkStatus(); }

 private:
  ByteSink& below_;
};

}  // namespace

std::unique_ptr<CompressingSink> MakeCompressingSink(Compression compression,
                                                     ByteSink& below) {
  switch (compression) {
    case Compression::kGzip:
      return MakeGzipSink(below);
    case Compression::kZstd:
      return MakeZstdSink(below);
    case Compression::kNone:
      break;
  }
  return std::make_unique<PlainSink>(below);
}

}  // namespace tercet
