// Numbers in Han numerals, alone and with digits: 二十三, 两百, 5亿1万,
// 1114.61亿, 百分之五十二, 三分之一. Words with numerals in them (一些, 统一,
// 万一, 二三十) are none.
#ifndef TERCET_SERVICE_TEXT_HAN_NUMBER_H_
#define TERCET_SERVICE_TEXT_HAN_NUMBER_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "service/text/exact_number.h"
#include "service/text/lexeme.h"
#include "service/text/reading.h"

namespace tercet {

// What begins at a Han numeral. REQUIRES: text.role(i) is one's.
Reading ReadHanNumber(const LexedText& text, size_t i);

// How many of the characters at `i` multiply a number in digits (万, 千万,
// 万亿), and by which power of ten.
struct HanScale {
  size_t tokens = 0;
  int exponent = 0;
};
HanScale ReadHanScale(const LexedText& text, size_t i);

// The whole number in digits or Han numerals that begins at `i`; `tokens` is 0
// where none does. Needs no unit behind it as ReadHanNumber does.
struct HanWhole {
  size_t tokens = 0;
  uint64_t value = 0;
};
HanWhole ReadHanWhole(const LexedText& text, size_t i);

// The `denominator` 分之 `numerator` whose 分 is token `i`.
Reading ReadHanFraction(const LexedText& text, size_t first, size_t i,
                        uint64_t denominator);

// The value of a token that is nothing but up to 12 digits.
std::optional<uint64_t> WholeValue(const LexedText& text, size_t i);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_HAN_NUMBER_H_
