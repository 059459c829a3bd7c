// Cuts a text into tokens: words, numbers, addresses, punctuation marks. Every
// Han character is a token of its own. After UAX #29 word boundaries, without
// the dictionaries that ICU needs for Chinese (docs/adr/0004).
#ifndef TERCET_SERVICE_TEXT_TOKENIZE_H_
#define TERCET_SERVICE_TEXT_TOKENIZE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace tercet {

enum class SpanKind : uint8_t { kWord, kNumber, kAddress, kPunctuation };

// Where a token stands: bytes [begin, end) of the text.
struct TokenSpan {
  SpanKind kind = SpanKind::kWord;
  bool space_before = false;  // White space stands before it.
  size_t begin = 0;
  size_t end = 0;

  friend bool operator==(const TokenSpan&, const TokenSpan&) = default;
};

// The tokens in order; what lies between them is white space. No token reaches
// across a place in `breaks` (byte offsets, ascending), where tags stand.
// REQUIRES: text is valid UTF-8.
std::vector<TokenSpan> Tokenize(std::string_view text,
                                std::span<const size_t> breaks = {});

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_TOKENIZE_H_
