// The sentences of plain text. For this folder only: callers use
// source_segments.h.
#ifndef TERCET_SERVICE_FORMATS_SOURCE_TEXT_H_
#define TERCET_SERVICE_FORMATS_SOURCE_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/formats/line_reader.h"
#include "service/formats/unit_reader.h"

namespace tercet {

struct TextSentence {
  int64_t line = 0;
  // Where it was wrapped, lines are joined: by a space, between Chinese
  // characters by nothing.
  std::string text;
};

// What there is between two ends of paragraphs; perhaps nothing.
struct Paragraph {
  std::vector<TextSentence> sentences;
  std::optional<ReadProblem> problem;  // A line that could not be read.
};

// Not thread-safe.
class SourceTextReader {
 public:
  // `language` is a base language (text/language.h). With `is_wrapped`
  // paragraphs end at blank lines, else at each line's end. `source` gives
  // UTF-8 and must outlive the reader.
  SourceTextReader(ByteSource& source, std::string language, bool is_wrapped)
      : lines_(source),
        language_(std::move(language)),
        is_wrapped_(is_wrapped) {}

  // The next paragraph; nullopt at the end.
  StatusOr<std::optional<Paragraph>> Next();

 private:
  // Cuts what `text_` holds, which begins at `first_line_`.
  void Cut(Paragraph& paragraph);

  LineReader lines_;
  const std::string language_;
  const bool is_wrapped_;
  std::string text_;
  int64_t first_line_ = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_SOURCE_TEXT_H_
