// Where a phrase stands in a text.
//
//   const PhraseMatcher phrase("New York", SearchForm::kFolded, "en");
//   phrase.Find(SearchText(segment, SearchForm::kFolded, "en"));
//
// A text is cut into words, numbers, single Han characters and marks; an
// address further, into its letters and digits and the marks between them. A
// phrase stands where its pieces stand one behind the other with nothing
// between them but white space and inline codes. docs/search.md has examples.
#ifndef TERCET_SERVICE_MATCH_CONCORDANCE_H_
#define TERCET_SERVICE_MATCH_CONCORDANCE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "service/model/segment.h"

namespace tercet {

// Which pieces count as the same.
enum class SearchForm : uint8_t {
  // The same but for case, width, kind of quote or dash, and Traditional or
  // Simplified.
  kFolded = 1,
  kExact = 2,      // Written the same (NFC).
  kInflected = 3,  // As kFolded, and forms of one word (Snowball).
};

// A part of a text: bytes [begin, end).
struct TextSpan {
  uint32_t begin = 0;
  uint32_t end = 0;

  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

// A text, cut into pieces. Does not keep the segment.
class SearchText {
 public:
  // `language` is a base language (`zh`). REQUIRES: the text is valid UTF-8.
  SearchText(const Segment& segment, SearchForm form,
             std::string_view language);

  size_t size() const { return pieces_.size(); }

 private:
  friend class PhraseMatcher;
  class Cutter;

  struct Piece {
    TextSpan span;
    bool is_mark = false;
    uint32_t address = 0;  // Which address of the text it is of; 0: none.
    uint32_t form_begin = 0;
    uint32_t form_end = 0;
  };

  std::string_view FormOf(const Piece& piece) const {
    return std::string_view(forms_).substr(piece.form_begin,
                                           piece.form_end - piece.form_begin);
  }

  std::vector<Piece> pieces_;
  std::string forms_;  // What is compared, piece after piece.
};

// A phrase to be found in many texts of one language. Immutable; thread-safe.
class PhraseMatcher {
 public:
  // With `trim_marks` marks at the ends are left out, where anything remains.
  PhraseMatcher(std::string_view phrase, SearchForm form,
                std::string_view language, bool trim_marks = false);

  // Whether there is nothing to find.
  bool empty() const { return phrase_.pieces_.empty(); }

  // Where the phrase stands, from left to right, without overlaps. `text` is
  // of the same form and language.
  std::vector<TextSpan> Find(const SearchText& text) const;

  // For each word of the phrase stems (Analysis::stems) of which every segment
  // that has the phrase has one; empty when the phrase has marks only.
  const std::vector<std::vector<uint32_t>>& words() const { return words_; }

 private:
  // Whether `pieces` stand in the text from piece `begin` on.
  static bool StandsAt(const SearchText& pieces, const SearchText& text,
                       size_t begin);

  SearchText phrase_;
  // `a.com` as it stands in addresses: a, ., com. Empty where that is the same.
  SearchText in_address_;
  std::vector<std::vector<uint32_t>> words_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MATCH_CONCORDANCE_H_
