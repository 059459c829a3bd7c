// Comma-separated values (RFC 4180): the texts of the chosen languages.
#include <utility>

#include "service/formats/table.h"
#include "service/formats/writers.h"

namespace tercet {
namespace {

// A cell in quotes where it needs them; where a program would take it for an
// empty line or cut spaces, too.
void AppendCell(std::string& out, std::string_view text) {
  const bool is_plain =
      text.find_first_of(",;\t|\"\r\n") == std::string_view::npos &&
      !text.starts_with(' ') && !text.ends_with(' ');
  if (is_plain) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

class CsvWriter final : public UnitWriter {
 public:
  CsvWriter(WriterOptions options, ByteSink& sink)
      : languages_(std::move(options.languages)), sink_(sink) {}

  Status Write(const WriteUnit& write) override {
    RETURN_IF_ERROR(WriteHead());
    std::string record;
    bool has_text = false;
    for (const Variant* cell : TableCells(write.unit, languages_)) {
      if (cell != nullptr) {
        AppendCell(record, cell->segment.text);
        has_text = true;
      }
      record += ',';
    }
    if (!has_text) return OkStatus();
    return WriteRecord(std::move(record));
  }

  Status Finish() override { return WriteHead(); }

 private:
  Status WriteHead() {
    if (languages_.empty()) return NoTableLanguages("CSV");
    if (std::exchange(has_head_, true)) return OkStatus();
    std::string record;
    for (const LanguageTag& language : languages_) {
      record += language.code();
      record += ',';
    }
    return WriteRecord(std::move(record));
  }

  Status WriteRecord(std::string record) {
    record.back() = '\r';
    record += '\n';
    return sink_.Write(record);
  }

  std::vector<LanguageTag> languages_;
  ByteSink& sink_;
  bool has_head_ = false;
};

}  // namespace

std::unique_ptr<UnitWriter> MakeCsvWriter(WriterOptions options,
                                          ByteSink& sink) {
  return std::make_unique<CsvWriter>(std::move(options), sink);
}

}  // namespace tercet
