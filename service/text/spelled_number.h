// Numbers in English and Spanish words, where they are safely numbers:
// twenty-three, two hundred and five, two and a half million, two thirds, dos
// mil millones, un tercio. `one`, `un`, `first`, `half` alone are words.
#ifndef TERCET_SERVICE_TEXT_SPELLED_NUMBER_H_
#define TERCET_SERVICE_TEXT_SPELLED_NUMBER_H_

#include <cstddef>

#include "service/text/exact_number.h"
#include "service/text/lexeme.h"

namespace tercet {

// What was read; no tokens where it is nothing.
struct SpelledNumber {
  size_t tokens = 0;
  ExactNumber value;
};

// The number in words that begins at `i`, a percent sign or word aside.
SpelledNumber ReadSpelledNumber(const LexedText& text, size_t i);

// What multiplies the number before it: `million`, `mil millones`. No tokens
// where nothing does.
struct Scale {
  size_t tokens = 0;
  int exponent = 0;
};
Scale ReadScale(const LexedText& text, size_t i);

// Whether `y medio` stands at `i`, behind millones: half of one more.
bool IsAndAHalf(const LexedText& text, size_t i);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_SPELLED_NUMBER_H_
