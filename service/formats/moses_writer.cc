// Moses text: a line for each of the chosen languages in turn.
#include <algorithm>
#include <utility>

#include "service/formats/table.h"
#include "service/formats/writers.h"

namespace tercet {
namespace {

// Whatever some program takes for the end of a line: LF, VT, FF, CR and what
// Unicode adds. A text with one in it would move all lines behind it.
constexpr std::string_view kBreaks[] = {
    "\r\n", "\n", "\v", "\f", "\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};

// The bytes of the line break that `text` begins with; 0 where it does not.
size_t BreakSize(std::string_view text) {
  for (const std::string_view line_break : kBreaks) {
    if (text.starts_with(line_break)) return line_break.size();
  }
  return 0;
}

// Appends `text` with a space for each line break; whether it had one.
bool AppendFlat(std::string& out, std::string_view text) {
  bool had_break = false;
  while (!text.empty()) {
    const size_t size = BreakSize(text);
    out += size > 0 ? ' ' : text.front();
    had_break = had_break || size > 0;
    text.remove_prefix(std::max<size_t>(size, 1));
  }
  return had_break;
}

class MosesWriter final : public UnitWriter {
 public:
  MosesWriter(WriterOptions options, ByteSink& sink)
      : languages_(std::move(options.languages)), sink_(sink) {}

  Status Write(const WriteUnit& write) override {
    if (languages_.empty()) return NoTableLanguages("Moses text");
    std::string lines;
    int64_t changed = 0;
    for (const Variant* variant : TableCells(write.unit, languages_)) {
      const size_t begin = lines.size();
      if (variant != nullptr && AppendFlat(lines, variant->segment.text)) {
        ++changed;
      }
      // An empty line would be read as a text that is not there.
      if (lines.find_first_not_of(" \t", begin) == std::string::npos) {
        ++losses_.left_out_units;
        return OkStatus();
      }
      lines += '\n';
    }
    losses_.changed_texts += changed;
    return sink_.Write(lines);
  }

  Status Finish() override {
    return languages_.empty() ? NoTableLanguages("Moses text") : OkStatus();
  }

  WriteLosses losses() const override { return losses_; }

 private:
  const std::vector<LanguageTag> languages_;
  ByteSink& sink_;
  WriteLosses losses_;
};

}  // namespace

std::unique_ptr<UnitWriter> MakeMosesWriter(WriterOptions options,
                                            ByteSink& sink) {
  return std::make_unique<MosesWriter>(std::move(options), sink);
}

}  // namespace tercet
