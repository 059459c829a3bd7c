#include "service/formats/unit_reader.h"

#include <algorithm>

#include "service/formats/readers.h"

namespace tercet {
namespace {

class StringSource final : public ByteSource {
 public:
  StringSource(std::string_view bytes, size_t chunk_bytes)
      : rest_(bytes), chunk_bytes_(std::max<size_t>(chunk_bytes, 1)) {}

  StatusOr<std::string_view> Read() override {
    const std::string_view chunk = rest_.substr(0, chunk_bytes_);
    rest_.remove_prefix(chunk.size());
    return chunk;
  }

 private:
  std::string_view rest_;
  size_t chunk_bytes_;
};

}  // namespace

std::unique_ptr<UnitReader> MakeReader(FileFormat format, ByteSource& source) {
  switch (format) {
    case FileFormat::kTmx:
      return MakeTmxReader(source);
    case FileFormat::kTsv:
      return MakeTsvReader(source);
    case FileFormat::kJsonLines:
      return MakeJsonlReader(source);
  }
  return nullptr;
}

std::unique_ptr<ByteSource> MakeStringSource(std::string_view bytes,
                                             size_t chunk_bytes) {
  return std::make_unique<StringSource>(bytes, chunk_bytes);
}

}  // namespace tercet
