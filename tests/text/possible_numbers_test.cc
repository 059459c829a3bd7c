#include "service/text/possible_numbers.h"

#include <gtest/gtest.h>

#include <string>

namespace tercet {
namespace {

TEST(PossibleNumbers, ReadsWhatMayBeANumber) {
  struct Case {
    const char* language;
    const char* text;
    uint64_t number;
    bool has;
  };
  const Case kCases[] = {
      {"en", "The twenty-first of them", 21, true},
      {"en", "The twenty-first of them", 22, false},
      {"en", "A dozen men", 12, true},
      {"en", "Half a million", 500'000, true},
      {"en", "World War II", 2, true},
      {"en", "COVID-19", 19, true},
      {"en", "£16bn", 16'000'000'000, true},
      {"en", "£16bn", 17'000'000'000, false},
      {"en", "3 or 4 million", 3'000'000, true},
      {"en", "No number", 5, false},
      {"es", "La undécima vez", 11, true},
      {"es", "El siglo XVI", 16, true},
      {"es", "El siglo XVI", 15, false},
      {"es", "Once hombres", 11, true},
      {"es", "Cero", 0, true},
      {"zh", "第一", 1, true},
      {"zh", "二〇〇八年", 2008, true},
      {"zh", "一百二十三", 123, true},
      {"zh", "一百二十三", 124, false},
      {"zh", "“十四五”", 14, true},
      {"zh", "“十四五”", 5, true},
      {"zh", "二十國集團", 20, true},
      {"zh", "两万三千", 23'000, true},
      {"zh", "１２３人", 123, true},
      {"de", "drei Millionen", 3'000'000, true},
      {"de", "viele", 2345, false},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(PossibleNumbers(c.text, c.language).Has(c.number), c.has)
        << c.text << " " << c.number;
  }
}

// Twenty digits and more are too many for 64 bits.
TEST(PossibleNumbers, BearsNumbersThatAreTooLarge) {
  const std::string digits(40, '9');
  EXPECT_FALSE(PossibleNumbers(digits + "x", "en").Has(7));
  EXPECT_FALSE(
      PossibleNumbers("亿亿亿亿九九九九九九九九九九九九九九九九九九九九"
                      "九九九九九九九九九",
                      "zh")
          .Has(7));
}

TEST(NumbersIn, TakesWholeNumbersApart) {
  EXPECT_EQ(NumbersIn("2008-11-21"), (std::set<uint64_t>{2008, 11, 21}));
  EXPECT_EQ(NumbersIn("T17:00"), (std::set<uint64_t>{17}));
  EXPECT_EQ(NumbersIn("0"), (std::set<uint64_t>{0}));
  EXPECT_EQ(NumbersIn("7.2"), (std::set<uint64_t>{7, 2}));
}

}  // namespace
}  // namespace tercet
