// Cuts a paragraph into sentences, in English, Spanish and Chinese.
//
//   SplitSentences("Dr. Li left. \"Why?\" they asked.", "en")
//       -> "Dr. Li left.", "\"Why?\" they asked."
//
// Closing quotes and brackets stay with their sentence; stops of abbreviations,
// initials, numbers and addresses end none. Thread-safe.
#ifndef TERCET_SERVICE_TEXT_SENTENCES_H_
#define TERCET_SERVICE_TEXT_SENTENCES_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace tercet {

// Where a sentence stands: bytes [begin, end) of the text, without white space
// around it.
struct SentenceSpan {
  size_t begin = 0;
  size_t end = 0;

  friend bool operator==(const SentenceSpan&, const SentenceSpan&) = default;
};

// The sentences in order; what lies between them is white space. A line break
// ends a sentence only where the line before it ends in a mark that may: text
// is taken as wrapped. `language` is a base language (`es`, text/language.h);
// it chooses the abbreviations, an unknown one knows those of all languages.
// REQUIRES: text is valid UTF-8.
std::vector<SentenceSpan> SplitSentences(std::string_view text,
                                         std::string_view language);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_SENTENCES_H_
