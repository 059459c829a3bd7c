#include "tests/formats/format_helpers.h"

#include <utility>

#include "fmt/format.h"

namespace tercet {
namespace {

class StringSink final : public ByteSink {
 public:
  Status Write(std::string_view bytes) override {
    bytes_ += bytes;
    return OkStatus();
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Every field, so that equal texts mean equal units.
std::string Describe(const ReadUnit& read) {
  return fmt::format("unit at {}: {}", read.line,
                     WriteAll(FileFormat::kJsonLines, {read.unit}));
}

std::string Describe(const ReadProblem& problem) {
  return fmt::format("{} at {}: {}, {}",
                     problem.skipped ? "skipped" : "warning", problem.line,
                     problem.reason, problem.message);
}

}  // namespace

std::vector<Unit> FileContent::values() const {
  std::vector<Unit> values;
  for (const ReadUnit& read : units) values.push_back(read.unit);
  return values;
}

FileContent ReadAll(FileFormat format, std::string_view bytes,
                    size_t chunk_bytes) {
  const std::unique_ptr<ByteSource> source =
      MakeStringSource(bytes, chunk_bytes);
  return ReadAll(format, *source);
}

FileContent ReadAll(FileFormat format, ByteSource& source,
                    ReadOptions options) {
  const std::unique_ptr<UnitReader> reader =
      MakeReader(format, source, std::move(options));
  FileContent content;
  while (true) {
    StatusOr<std::optional<ReadItem>> item = reader->Next();
    if (!item.ok()) {
      content.end = item.status();
      return content;
    }
    if (!item->has_value()) return content;
    if (auto* read = std::get_if<ReadUnit>(&**item)) {
      content.items.push_back(Describe(*read));
      content.units.push_back(std::move(*read));
    } else {
      content.problems.push_back(std::get<ReadProblem>(**item));
      content.items.push_back(Describe(content.problems.back()));
    }
  }
}

std::string WriteAll(FileFormat format, const std::vector<Unit>& units,
                     WriterOptions options) {
  StringSink sink;
  const std::unique_ptr<UnitWriter> writer =
      MakeWriter(format, std::move(options), sink);
  for (const Unit& unit : units) {
    const Status status = writer->Write({.unit = unit});
    if (!status.ok()) return fmt::format("error: {}", MessageOf(status));
  }
  const Status status = writer->Finish();
  if (!status.ok()) return fmt::format("error: {}", MessageOf(status));
  return sink.bytes();
}

std::string TmxWith(std::string_view body) {
  return fmt::format(
      "<?xml version=\"1.0\"?>\n"
      "<tmx version=\"1.4\"><header srclang=\"en\"/>\n"
      "<body>\n{}</body></tmx>\n",
      body);
}

LanguageTag Tag(std::string_view code) { return *LanguageTag::Parse(code); }

Unit MakeUnit(const std::vector<Text>& texts) {
  Unit unit;
  for (const Text& text : texts) {
    unit.variants.push_back({.language = Tag(text.language),
                             .segment = {.text = std::string(text.text)}});
  }
  return unit;
}

StatusOr<std::string_view> FailingSource::Read() {
  if (!bytes_.empty()) return std::exchange(bytes_, {});
  return MakeError(StatusCode::kUnavailable, "the disk is gone",
                   {.reason = "DISK_GONE"});
}

}  // namespace tercet
