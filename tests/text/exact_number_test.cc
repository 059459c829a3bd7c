#include "service/text/exact_number.h"

#include <gtest/gtest.h>

#include <string>

namespace tercet {
namespace {

TEST(ExactNumber, HasOneSpellingForEachValue) {
  EXPECT_EQ(ExactNumber(0).ToText(), "0");
  EXPECT_EQ(ExactNumber(1200).ToText(), "1200");
  EXPECT_EQ(ExactNumber("001200", 3).ToText(), "1.2");
  EXPECT_EQ(ExactNumber("5", 3).ToText(), "0.005");
  EXPECT_EQ(ExactNumber("0000", 2).ToText(), "0");
  EXPECT_EQ(ExactNumber("111461", 3).Shifted(9).ToText(), "111461000000");
  EXPECT_EQ(ExactNumber("52", 0).Negated().ToText(), "-52");
  EXPECT_EQ(ExactNumber(0).Negated().ToText(), "0");
}

TEST(ExactNumber, WritesFractionsAsDecimalsWhereFinite) {
  EXPECT_EQ(ExactNumber::Fraction(1, 2).ToText(), "0.5");
  EXPECT_EQ(ExactNumber::Fraction(3, 8).ToText(), "0.375");
  EXPECT_EQ(ExactNumber::Fraction(7, 20).ToText(), "0.35");
  EXPECT_EQ(ExactNumber::Fraction(6, 3).ToText(), "2");
  EXPECT_EQ(ExactNumber::Fraction(2, 6).ToText(), "1/3");
  EXPECT_EQ(ExactNumber::Fraction(1, 6).ToText(), "1/6");
  EXPECT_EQ(ExactNumber::Fraction(0, 7).ToText(), "0");
}

// What the readings of digits are, joined with `|`.
std::string Read(std::string_view written, DecimalMark mark) {
  std::string all;
  for (const ExactNumber& number : ReadDigits(written, mark)) {
    if (!all.empty()) all += "|";
    all += number.ToText();
  }
  return all;
}

TEST(ReadDigits, GivesTheLikeliestReadingFirst) {
  struct Case {
    const char* written;
    const char* point;
    const char* comma;
  };
  constexpr Case kCases[] = {
      {"5", "5", "5"},
      {"1,234", "1234|1.234", "1.234|1234"},
      {"1.234", "1.234|1234", "1234|1.234"},
      {"1.5", "1.5", "1.5"},
      {"1,5", "1.5", "1.5"},
      {"0.234", "0.234", "0.234"},
      {"1234.567", "1234.567", "1234.567"},
      {"1,234,567", "1234567", "1234567"},
      {"1.234.567,8", "1234567.8", "1234567.8"},
      {"1,234.5", "1234.5", "1234.5"},
      {"1 234,5", "1234.5", "1234.5"},
      {"1'234'567", "1234567", "1234567"},
      {"１，２", "1.2", "1.2"},
      {"1.2.3", "", ""},
      {"12,34,567", "", ""},
      {"1,23.4", "", ""},
      {"1'2", "", ""},
      {"٣", "", ""},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Read(c.written, DecimalMark::kPoint), c.point) << c.written;
    EXPECT_EQ(Read(c.written, DecimalMark::kComma), c.comma) << c.written;
  }
}

}  // namespace
}  // namespace tercet
