#include "service/formats/source_text.h"

#include <algorithm>

#include "service/base/utf8.h"
#include "service/formats/source_segments.h"
#include "service/text/icu.h"
#include "service/text/sentences.h"

namespace tercet {
namespace {

bool IsSpace(char32_t c) {
  return unicode::Classify(c) == unicode::CharClass::kSpace;
}

// Written without spaces between the words, or a mark of such a script.
bool IsWide(char32_t c) {
  return unicode::Classify(c) == unicode::CharClass::kIdeograph ||
         (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF60);
}

// The sentence on one line.
std::string Unwrap(std::string_view text) {
  std::string out;
  char32_t before = 0;
  bool breaks = false;
  std::string spaces;  // Since the last other character.
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, &at);
    if (IsSpace(c)) {
      breaks = breaks || c == '\n';
      AppendUtf8(spaces, c);
      continue;
    }
    if (breaks) spaces = IsWide(before) && IsWide(c) ? "" : " ";
    out += spaces;
    AppendUtf8(out, c);
    spaces.clear();
    breaks = false;
    before = c;
  }
  return out;
}

}  // namespace

StatusOr<std::optional<Paragraph>> SourceTextReader::Next() {
  Paragraph paragraph;
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<Line> line, lines_.Next());
    if (!line.has_value()) {
      if (text_.empty()) return std::optional<Paragraph>();
      break;
    }
    if (line->too_long) {
      paragraph.problem = LineTooLong(*line);
      break;
    }
    if (IsBlank(line->text)) {
      if (text_.empty()) continue;
      break;
    }
    if (text_.empty()) first_line_ = line->position.line;
    if (!text_.empty()) text_ += '\n';
    text_ += line->text;
    // A "paragraph" of a wrapped file that has no blank lines at all.
    if (!is_wrapped_ || text_.size() > kMaxReadBytes) break;
  }
  Cut(paragraph);
  return std::optional<Paragraph>(std::move(paragraph));
}

void SourceTextReader::Cut(Paragraph& paragraph) {
  int64_t line = first_line_;
  size_t counted = 0;
  for (const SentenceSpan& span : SplitSentences(text_, language_)) {
    const std::string_view skipped =
        std::string_view(text_).substr(counted, span.begin - counted);
    line += std::ranges::count(skipped, '\n');
    counted = span.begin;
    const std::string_view sentence =
        std::string_view(text_).substr(span.begin, span.end - span.begin);
    paragraph.sentences.push_back({.line = line, .text = Unwrap(sentence)});
  }
  text_.clear();
}

}  // namespace tercet
