// What matching sees of a segment: its tokens, and of each token two keys. The
// stored text itself is never changed.
//
//   Analysis a = Analyze(segment, "es");
//
// Thread-safe.
#ifndef TERCET_SERVICE_TEXT_ANALYSIS_H_
#define TERCET_SERVICE_TEXT_ANALYSIS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "service/model/segment.h"

namespace tercet {

// Changes when any token or key of any text would; an index that was built with
// another one must be built anew. Names our rules, ICU's and Snowball's
// version.
std::string AnalysisVersion();

enum class TokenKind : uint8_t {
  kWord,         // A word; a single Han character; a symbol such as an emoji.
  kPlaceable,    // A number, a date, an address (text/placeables.h).
  kPunctuation,  // One mark.
  kTag,          // An inline code.
};

// A token. Keys are 32-bit hashes of strings that docs/scoring.md describes.
struct Token {
  TokenKind kind = TokenKind::kWord;
  bool space_before = false;  // White space stands between it and the last one.
  uint32_t begin = 0;         // Bytes of the text; a tag has begin == end.
  uint32_t end = 0;
  // What words must share to be forms of one word (the stem), placeables to be
  // of one class (PlaceableShape), tags to be of one kind, marks to be equal.
  uint32_t stem = 0;
  // The comparison form: equal for words and marks that differ in letter form
  // only, for placeables of one class and value.
  uint32_t form = 0;
  // The token exactly as it is written (tags: kind only).
  uint32_t raw = 0;

  friend bool operator==(const Token&, const Token&) = default;
};

// Whether a token counts as a word in lengths and distances.
inline bool CountsAsWord(TokenKind kind) {
  return kind == TokenKind::kWord || kind == TokenKind::kPlaceable;
}

// A segment as matching sees it.
struct Analysis {
  // In text order. In a segment without words and placeables the punctuation
  // marks are of kind kWord; in one without those too, the tags are.
  std::vector<Token> tokens;
  // The stems of the tokens that count as words, in order.
  std::vector<uint32_t> stems;
  // The length of the text.
  uint32_t text_bytes = 0;
  // A hash of the canonical (NFC) text, without the codes.
  uint64_t text_hash = 0;
  // A hash of all that must agree for an exact match: canonical text, codes'
  // kinds and places.
  uint64_t exact_hash = 0;
};

// Analyses a segment. `language` is the base language (`zh`, text/language.h);
// for unknown ones words have no stems but themselves.
// REQUIRES: segment.text is valid UTF-8.
Analysis Analyze(const Segment& segment, std::string_view language);

// The stems of which every segment has one that has `word` as a word or number,
// by itself or inside a placeable: "billion" is in "111.461 billion".
std::vector<uint32_t> StemsThatCover(std::string_view word,
                                     std::string_view language);

// The text_hash of an analysis of `text`, without the rest.
uint64_t HashText(std::string_view text);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_ANALYSIS_H_
