// The whole numbers that a text may mean, in whatever way: also where a word or
// numeral is no placeable (text/placeables.h), since it may be none.
//
//   PossibleNumbers("a mediados del siglo XX", "es").Has(20)
//   PossibleNumbers("“十四五”规划", "zh").Has(14)
//   PossibleNumbers("上世纪90年代", "zh").Has(1990)
//
// Rather too many than too few: it tells that two texts cannot agree.
#ifndef TERCET_SERVICE_TEXT_POSSIBLE_NUMBERS_H_
#define TERCET_SERVICE_TEXT_POSSIBLE_NUMBERS_H_

#include <cstdint>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "service/text/placeables.h"

namespace tercet {

// The whole numbers in a placeable's value: 2008, 11, 21 of `2008-11-21`.
std::set<uint64_t> NumbersIn(std::string_view value);

class PossibleNumbers {
 public:
  // `language` is a base language, `placeables` are those of the text.
  // REQUIRES: text is valid UTF-8.
  PossibleNumbers(std::string_view text, std::string_view language,
                  std::span<const Placeable> placeables);
  PossibleNumbers(std::string_view text, std::string_view language);

  // Whether the text may mean the number. In a language other than en, es and
  // zh, whose words are unknown, it may mean any that is said in a word or two.
  bool Has(uint64_t number) const;

 private:
  void AddPlaceables(std::span<const Placeable> placeables);
  void AddDigits(std::string_view text, std::span<const Placeable> placeables);
  void AddWords(std::string_view text, std::string_view language);
  bool MayHaveCentury(uint64_t century) const;
  bool Holds(uint64_t number) const { return numbers_.contains(number); }

  bool knows_words_;
  std::set<uint64_t> numbers_;
  // The digits, without zeros at the end, of numbers whose magnitude was not
  // read: 14 of `£1.4bn`.
  std::set<uint64_t> digits_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_POSSIBLE_NUMBERS_H_
