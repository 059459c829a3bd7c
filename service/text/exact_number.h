// Numbers without rounding: what `111.461 billion` is worth.
//
//   ReadDigits("1.234,5", DecimalMark::kComma)[0].ToText()  == "1234.5"
//   ReadDigits("1.234", DecimalMark::kPoint)  has two readings: 1.234 and 1234
#ifndef TERCET_SERVICE_TEXT_EXACT_NUMBER_H_
#define TERCET_SERVICE_TEXT_EXACT_NUMBER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

// digits x 10^exponent / denominator.
class ExactNumber {
 public:
  ExactNumber() = default;
  explicit ExactNumber(uint64_t whole);
  // Of decimal digits (ASCII), the last `decimals` of them behind the point.
  ExactNumber(std::string_view digits, size_t decimals);
  // REQUIRES: denominator > 0.
  static ExactNumber Fraction(uint64_t numerator, uint64_t denominator);

  // Times a power of ten.
  ExactNumber Shifted(int exponent) const;
  ExactNumber Negated() const;

  // One spelling for each value: `-1234.5`, `0`, `1/3`. A fraction that has a
  // finite decimal form is written so.
  std::string ToText() const;

  bool is_zero() const { return digits_.empty(); }

 private:
  void Normalize();

  bool negative_ = false;
  std::string digits_;  // Without zeros at either end; empty is zero.
  int64_t exponent_ = 0;
  uint64_t denominator_ = 1;  // Not 1 only where no decimal form is finite.
};

// How a language writes decimals.
enum class DecimalMark : uint8_t { kPoint, kComma };

DecimalMark DecimalMarkOf(std::string_view language);

// What digits with commas, points, apostrophes or spaces between them say: the
// likeliest reading of a language with that mark first; two where `1.234` may
// be either; none where it is no number (`1.2.3`, `192.168.0.1`).
std::vector<ExactNumber> ReadDigits(std::string_view written, DecimalMark mark);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_EXACT_NUMBER_H_
