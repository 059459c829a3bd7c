// Numbers, percentages, ordinals: in digits, words, Han numerals.
#ifndef TERCET_SERVICE_TEXT_NUMBER_READER_H_
#define TERCET_SERVICE_TEXT_NUMBER_READER_H_

#include <cstddef>

#include "service/text/lexeme.h"
#include "service/text/reading.h"

namespace tercet {

// The number that begins at token `i`, with its magnitude words, sign, percent
// sign. REQUIRES: i < text.size().
Reading ReadNumber(const LexedText& text, size_t i);

// A token like 21st or 1º, or digits that stand before º: which one. No tokens
// where there is none.
struct DigitOrdinal {
  size_t tokens = 0;
  uint64_t value = 0;
};
DigitOrdinal ReadDigitOrdinal(const LexedText& text, size_t i);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_NUMBER_READER_H_
