#include "client/job/compressed_sink.h"

#include <string_view>
#include <utility>

#include "client/job/output_sink.h"

namespace tercet {
namespace {

class CompressedSink final : public client::ByteSink {
 public:
  CompressedSink(std::unique_ptr<client::ByteSink> sink,
                 Compression compression)
      : sink_(std::move(sink)),
        below_(*sink_),
        compressed_(MakeCompressingSink(compression, below_)) {}

  Status Write(std::string_view bytes) override {
    return compressed_->Write(bytes);
  }
  Status Finish() override {
    RETURN_IF_ERROR(compressed_->Finish());
    return sink_->Finish();
  }

 private:
  const std::unique_ptr<client::ByteSink> sink_;
  OutputSink below_;
  const std::unique_ptr<CompressingSink> compressed_;
};

}  // namespace

std::unique_ptr<client::ByteSink> MakeCompressedSink(
    std::unique_ptr<client::ByteSink> sink, Compression compression) {
  return std::make_unique<CompressedSink>(std::move(sink), compression);
}

}  // namespace tercet
