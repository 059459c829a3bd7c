// Tab-separated text: the texts of the chosen languages, and nothing else.
#include <utility>

#include "service/formats/table.h"
#include "service/formats/writers.h"

namespace tercet {
namespace {

void AppendEscaped(std::string& out, std::string_view text) {
  for (char c : text) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
        break;
    }
  }
}

class TsvWriter final : public UnitWriter {
 public:
  TsvWriter(WriterOptions options, ByteSink& sink)
      : languages_(std::move(options.languages)), sink_(sink) {}

  Status Write(const WriteUnit& write) override {
    RETURN_IF_ERROR(WriteHead());
    std::string line;
    bool has_text = false;
    for (const Variant* cell : TableCells(write.unit, languages_)) {
      if (cell != nullptr) {
        AppendEscaped(line, cell->segment.text);
        has_text = true;
      }
      line += '\t';
    }
    line.back() = '\n';
    if (!has_text) return OkStatus();
    return sink_.Write(line);
  }

  Status Finish() override { return WriteHead(); }

 private:
  Status WriteHead() {
    if (languages_.empty()) return NoTableLanguages("TSV");
    if (std::exchange(has_head_, true)) return OkStatus();
    std::string head;
    for (const LanguageTag& language : languages_) {
      if (!head.empty()) head += '\t';
      head += language.code();
    }
    return sink_.Write(head + "\n");
  }

  std::vector<LanguageTag> languages_;
  ByteSink& sink_;
  bool has_head_ = false;
};

}  // namespace

std::unique_ptr<UnitWriter> MakeTsvWriter(WriterOptions options,
                                          ByteSink& sink) {
  return std::make_unique<TsvWriter>(std::move(options), sink);
}

}  // namespace tercet
