#include "service/formats/unit_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "service/formats/readers.h"
#include "service/formats/text_script.h"
#include "service/formats/utf8_source.h"

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

std::unique_ptr<UnitReader> MakeTextReader(FileFormat format,
                                           ByteSource& source,
                                           const ReadOptions& options) {
  switch (format) {
    case FileFormat::kTmx:
      return MakeTmxReader(source, options);
    case FileFormat::kTsv:
      return MakeTsvReader(source, options);
    case FileFormat::kJsonLines:
      return MakeJsonlReader(source);
    case FileFormat::kCsv:
      return MakeCsvReader(source, options);
    case FileFormat::kXliff:
      return MakeXliffReader(source, options);
    case FileFormat::kPo:
      return MakePoReader(source, options);
    case FileFormat::kMoses:
      return MakeMosesReader(source, options);
  }
  return nullptr;
}

int64_t OffsetOf(const ReadItem& item) {
  return std::visit([](const auto& read) { return read.offset; }, item);
}

// Decodes below a reader, and tells what was mended with the unit in which it
// was, that is, before the next one.
class DecodingReader final : public UnitReader {
 public:
  DecodingReader(FileFormat format, ByteSource& source, ReadOptions options)
      : options_(std::move(options)),
        text_(source, options_.charset,
              BaseLanguages(options_.default_languages)),
        reader_(MakeTextReader(format, text_, options_)) {}

  StatusOr<std::optional<ReadItem>> Next() override {
    if (!held_.has_value()) held_ = reader_->Next();
    const bool has_item = held_->ok() && (*held_)->has_value();
    const int64_t end =
        has_item ? OffsetOf(***held_) : std::numeric_limits<int64_t>::max();
    // A warning of a reader stands at its place, so it never comes too late.
    if (std::optional<ReadProblem> problem = text_.TakeProblem(end)) {
      return std::optional<ReadItem>(*std::move(problem));
    }
    return *std::exchange(held_, std::nullopt);
  }

 private:
  const ReadOptions options_;
  Utf8Source text_;
  std::unique_ptr<UnitReader> reader_;
  std::optional<StatusOr<std::optional<ReadItem>>> held_;
};

}  // namespace

std::unique_ptr<UnitReader> MakeReader(FileFormat format, ByteSource& source,
                                       ReadOptions options) {
  return std::make_unique<DecodingReader>(format, source, std::move(options));
}

std::unique_ptr<ByteSource> MakeStringSource(std::string_view bytes,
                                             size_t chunk_bytes) {
  return std::make_unique<StringSource>(bytes, chunk_bytes);
}

}  // namespace tercet
