#include "service/text/possible_numbers.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "service/base/utf8.h"
#include "service/text/icu.h"
#include "service/text/lexeme.h"
#include "service/text/tokenize.h"

namespace tercet {
namespace {

struct WordNumber {
  std::string_view word;
  uint64_t number;
};

// What text/lexeme.h does not have: ordinals, and what contains a number. A
// word may stand here several times.
constexpr WordNumber kEnglish[] = {
    {"zero", 0},          {"nil", 0},         {"once", 1},
    {"single", 1},        {"first", 1},       {"second", 2},
    {"twice", 2},         {"both", 2},        {"couple", 2},
    {"pair", 2},          {"double", 2},      {"doubled", 2},
    {"thrice", 3},        {"triple", 3},      {"tripled", 3},
    {"quarter", 3},       {"quarter", 15},    {"quarter", 25},
    {"eleventh", 11},     {"twelfth", 12},    {"thirteenth", 13},
    {"fourteenth", 14},   {"fifteenth", 15},  {"sixteenth", 16},
    {"seventeenth", 17},  {"eighteenth", 18}, {"nineteenth", 19},
    {"twentieth", 20},    {"thirtieth", 30},  {"fortieth", 40},
    {"fiftieth", 50},     {"sixtieth", 60},   {"seventieth", 70},
    {"eightieth", 80},    {"ninetieth", 90},  {"hundredth", 100},
    {"thousandth", 1000}, {"twenties", 20},   {"thirties", 30},
    {"forties", 40},      {"fifties", 50},    {"sixties", 60},
    {"seventies", 70},    {"eighties", 80},   {"nineties", 90},
    {"teens", 10},        {"dozen", 12},      {"decade", 10},
    {"decades", 10},      {"century", 100},   {"centenary", 100},
    {"centennial", 100},  {"hundreds", 100},  {"thousands", 1000},
    {"year", 12},         {"week", 7},        {"fortnight", 14},
    {"fortnight", 15},    {"day", 24},        {"hour", 60},
    {"minute", 60},
};
constexpr WordNumber kSpanish[] = {
    {"cero", 0},           {"primer", 1},          {"primero", 1},
    {"primera", 1},        {"primeros", 1},        {"primeras", 1},
    {"segundo", 2},        {"segunda", 2},         {"ambos", 2},
    {"ambas", 2},          {"doble", 2},           {"par", 2},
    {"pareja", 2},         {"tercer", 3},          {"tercero", 3},
    {"triple", 3},         {"trimestre", 3},       {"cuatrimestre", 4},
    {"sexto", 6},          {"semestre", 6},        {"séptimo", 7},
    {"septimo", 7},        {"octavo", 8},          {"noveno", 9},
    {"undécimo", 11},      {"undécima", 11},       {"duodécimo", 12},
    {"duodécima", 12},     {"decimotercero", 13},  {"decimotercera", 13},
    {"decimocuarto", 14},  {"decimocuarta", 14},   {"decimoquinto", 15},
    {"decimoquinta", 15},  {"decimosexto", 16},    {"decimosexta", 16},
    {"decimoséptimo", 17}, {"decimoséptima", 17},  {"decimoctavo", 18},
    {"decimoctava", 18},   {"decimonoveno", 19},   {"decimonovena", 19},
    {"vigésimo", 20},      {"vigésima", 20},       {"trigésimo", 30},
    {"trigésima", 30},     {"cuadragésimo", 40},   {"cuadragésima", 40},
    {"quincuagésimo", 50}, {"quincuagésima", 50},  {"sexagésimo", 60},
    {"sexagésima", 60},    {"septuagésimo", 70},   {"septuagésima", 70},
    {"octogésimo", 80},    {"octogésima", 80},     {"nonagésimo", 90},
    {"nonagésima", 90},    {"centésimo", 100},     {"centésima", 100},
    {"milésimo", 1000},    {"milésima", 1000},     {"centenario", 100},
    {"bicentenario", 200}, {"cincuentenario", 50}, {"década", 10},
    {"décadas", 10},       {"decena", 10},         {"decenas", 10},
    {"docena", 12},        {"quincena", 15},       {"veintena", 20},
    {"treintena", 30},     {"cincuentena", 50},    {"centenar", 100},
    {"centenares", 100},   {"cientos", 100},       {"siglo", 100},
    {"millar", 1000},      {"millares", 1000},     {"miles", 1000},
    {"año", 12},           {"semana", 7},          {"día", 24},
    {"hora", 60},          {"minuto", 60},         {"veinteañero", 20},
};
struct HanNumber {
  char32_t character;
  uint64_t number;
};
constexpr HanNumber kHan[] = {{U'头', 1},  {U'双', 2},   {U'俩', 2},
                              {U'首', 1},  {U'季', 3},   {U'周', 7},
                              {U'旬', 10}, {U'打', 12},  {U'年', 12},
                              {U'天', 24}, {U'纪', 100}, {U'元', 1}};
// Of an hour, a year, a whole.
constexpr std::array<uint64_t, 4> kHalves = {2, 6, 30, 50};

// thousand, 万, million, 亿, billion, trillion.
constexpr std::array<uint64_t, 6> kMagnitudes = {
    1'000, 10'000, 1'000'000, 100'000'000, 1'000'000'000, 1'000'000'000'000};

constexpr uint64_t kTooLarge = std::numeric_limits<uint64_t>::max();

uint64_t TimesTen(uint64_t number, uint64_t digit) {
  if (number > (kTooLarge - digit) / 10) return kTooLarge;
  return number * 10 + digit;
}

uint64_t PowerOfTen(int exponent) {
  uint64_t power = 1;
  for (int i = 0; i < exponent; ++i) power = TimesTen(power, 0);
  return power;
}

// 14 of 1400.
uint64_t WithoutZeros(uint64_t number) {
  while (number > 0 && number % 10 == 0) number /= 10;
  return number;
}

// The digit of any width; nullopt for other characters.
std::optional<uint64_t> DigitOf(char32_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= U'０' && c <= U'９') return c - U'０';
  return std::nullopt;
}

// XXI; 0 for what is no numeral.
uint64_t RomanValue(std::string_view word) {
  constexpr std::string_view kLetters = "IVXLCDM";
  constexpr std::array<uint64_t, 7> kValues = {1, 5, 10, 50, 100, 500, 1000};
  constexpr size_t kLongest = 12;
  if (word.empty() || word.size() > kLongest) return 0;
  uint64_t total = 0;
  uint64_t next = 0;
  for (size_t i = word.size(); i-- > 0;) {
    const size_t at = kLetters.find(word[i]);
    if (at == std::string_view::npos) return 0;
    const uint64_t value = kValues[at];
    if (value < next && total < value) return 0;
    total = value < next ? total - value : total + value;
    next = std::max(value, next);
  }
  return total;
}

std::string Folded(std::string_view word) {
  std::string folded;
  for (size_t at = 0; at < word.size();) {
    AppendUtf8(folded, unicode::FoldCharacter(DecodeUtf8(word, &at)));
  }
  return folded;
}

// Numbers in Han numerals and in words, one behind the other.
class WordReader {
 public:
  WordReader(const LexedText& text, std::set<uint64_t>& numbers)
      : text_(text), numbers_(numbers) {}

  void Read() {
    for (size_t i = 0; i < text_.size(); ++i) {
      if (text_.touches(i) || !IsHan(text_.role(i))) EndWhereNoneFollows(i);
      if (IsHan(text_.role(i))) {
        AddHan(i);
      } else {
        AddWord(i);
      }
    }
    EndHan();
  }

 private:
  static bool IsHan(Role role) {
    return role == Role::kHanDigit || role == Role::kHanTens ||
           role == Role::kHanUnit || role == Role::kHanBig;
  }

  void EndWhereNoneFollows(size_t i) {
    if (!IsHan(text_.role(i))) EndHan();
  }

  // 十四五 is 14 and 5; 二〇〇八 is 2008.
  void AddHan(size_t i) {
    const auto value = static_cast<uint64_t>(text_.value(i));
    switch (text_.role(i)) {
      case Role::kHanDigit:
        numbers_.insert(value);
        if (digit_.has_value()) {
          row_ = TimesTen(row_, value);
          numbers_.insert(row_);
          EndNumber();
        } else {
          row_ = value;
        }
        digit_ = value;
        return;
      case Role::kHanTens:
        section_ += value;
        break;
      case Role::kHanUnit:
        section_ += digit_.value_or(1) * PowerOfTen(text_.value(i));
        break;
      default:
        total_ += std::max<uint64_t>(section_ + digit_.value_or(0), 1) *
                  PowerOfTen(text_.value(i));
        section_ = 0;
    }
    digit_.reset();
    numbers_.insert(total_ + section_);
  }

  void EndNumber() {
    numbers_.insert(total_ + section_ + digit_.value_or(0));
    total_ = 0;
    section_ = 0;
    digit_.reset();
  }

  void EndHan() {
    if (total_ + section_ > 0 || digit_.has_value()) EndNumber();
  }

  void AddWord(size_t i) {
    const auto value = static_cast<uint64_t>(text_.value(i));
    switch (text_.role(i)) {
      case Role::kUnit:
      case Role::kDenominator:
      case Role::kDenominators:
        return AddBehindTens(value);
      case Role::kTeen:
      case Role::kMonth:
      case Role::kMonthShort:
        numbers_.insert(value);
        return;
      case Role::kTens:
        return SetTens(value);
      case Role::kHundred:
        numbers_.insert(100);
        return;
      case Role::kHundreds:
        numbers_.insert(100 * value);
        return;
      case Role::kArticle:
        numbers_.insert(1);
        return;
      case Role::kScale:
        numbers_.insert(PowerOfTen(text_.value(i)));
        numbers_.insert(PowerOfTen(text_.value(i) - 1) * 5);
        return;
      case Role::kHalf:
      case Role::kHanHalf:
        numbers_.insert(kHalves.begin(), kHalves.end());
        return;
      default:
        AddOther(text_.written(i));
    }
  }

  void SetTens(uint64_t value) {
    tens_ = value;
    numbers_.insert(value);
  }

  // thirty-first; trigésimo primero.
  void AddBehindTens(uint64_t value) {
    numbers_.insert(value);
    numbers_.insert(tens_ + value);
    tens_ = 0;
  }

  void AddOther(std::string_view written) {
    if (const uint64_t roman = RomanValue(written); roman > 0) {
      numbers_.insert(roman);
    }
    if (text_.language() == LexemeLanguage::kChinese) {
      AddCharacter(written);
      return;
    }
    const std::string word = Folded(written);
    const std::span<const WordNumber> words =
        text_.language() == LexemeLanguage::kSpanish
            ? std::span<const WordNumber>(kSpanish)
            : std::span<const WordNumber>(kEnglish);
    for (const WordNumber& known : words) {
      if (known.word != word) continue;
      const bool is_tens = known.number >= 20 && known.number < 100;
      if (is_tens) SetTens(known.number);
      if (!is_tens) AddBehindTens(known.number);
    }
  }

  void AddCharacter(std::string_view written) {
    size_t at = 0;
    const char32_t c = unicode::FoldCharacter(DecodeUtf8(written, &at));
    for (const HanNumber& known : kHan) {
      if (known.character == c) numbers_.insert(known.number);
    }
  }

  const LexedText& text_;
  std::set<uint64_t>& numbers_;
  uint64_t tens_ = 0;  // The last that was read.
  // Of Han numerals.
  uint64_t total_ = 0;
  uint64_t section_ = 0;
  uint64_t row_ = 0;
  std::optional<uint64_t> digit_;
};

}  // namespace

std::set<uint64_t> NumbersIn(std::string_view value) {
  std::set<uint64_t> numbers;
  std::optional<uint64_t> number;
  for (const char c : std::string(value) + " ") {
    if (const auto digit = DigitOf(static_cast<unsigned char>(c))) {
      number = TimesTen(number.value_or(0), *digit);
    } else if (number.has_value()) {
      numbers.insert(*std::exchange(number, std::nullopt));
    }
  }
  // T17:00 says 17.
  if (numbers.size() > 1) numbers.erase(0);
  return numbers;
}

PossibleNumbers::PossibleNumbers(std::string_view text,
                                 std::string_view language,
                                 std::span<const Placeable> placeables)
    : knows_words_(language == "en" || language == "es" || language == "zh") {
  AddPlaceables(placeables);
  AddDigits(text, placeables);
  AddWords(text, language);
}

PossibleNumbers::PossibleNumbers(std::string_view text,
                                 std::string_view language)
    : PossibleNumbers(text, language, FindPlaceables(text, language)) {}

bool PossibleNumbers::Has(uint64_t number) const {
  constexpr uint64_t kMostInAWord = 100;
  if (Holds(number)) return true;
  if (!knows_words_ && WithoutZeros(number) <= kMostInAWord) return true;
  if (number >= 1000 && number < 3000) {
    // 1998 and '98, 1990s and 90年代, 1800s and siglo XIX.
    if (Holds(number % 100)) return true;
    if (number % 100 == 0 && Holds(number / 100 + 1)) return true;
  }
  if (number < 100) {
    for (const uint64_t century : {1800, 1900, 2000}) {
      if (Holds(century + number)) return true;
    }
  }
  if (MayHaveCentury(number)) return true;
  if (number >= kMagnitudes.front() && digits_.contains(WithoutZeros(number))) {
    return true;
  }
  // 3 or 4 million: 3 to 4 million.
  return std::ranges::any_of(kMagnitudes, [&](uint64_t magnitude) {
    assert(magnitude > 0);
    return (number > 0 && number < 10'000 && Holds(number * magnitude)) ||
           (number >= magnitude && number % magnitude == 0 &&
            Holds(number / magnitude));
  });
}

// The 20th century may be the 1900s, and 20世纪80年代 the 1980s or los 80.
bool PossibleNumbers::MayHaveCentury(uint64_t century) const {
  if (century < 11 || century > 21) return false;
  const auto year = numbers_.lower_bound((century - 1) * 100);
  if (year != numbers_.end() && *year < century * 100) return true;
  if (century < 19) return false;
  for (uint64_t decade = 30; decade < 100; decade += 10) {
    if (Holds(decade)) return true;
  }
  return false;
}

void PossibleNumbers::AddPlaceables(std::span<const Placeable> placeables) {
  for (const Placeable& placeable : placeables) {
    numbers_.merge(NumbersIn(placeable.value));
    numbers_.merge(NumbersIn(placeable.other_value));
  }
}

// Those in words and addresses, too: COVID-19, 10km, A4. Where a placeable has
// them, with their magnitude, they are left to it.
void PossibleNumbers::AddDigits(std::string_view text,
                                std::span<const Placeable> placeables) {
  auto next = placeables.begin();
  std::optional<uint64_t> number;
  uint64_t digits = 0;  // With those before a decimal mark.
  for (size_t at = 0; at <= text.size();) {
    while (next != placeables.end() && next->end <= at) ++next;
    const bool is_read = next != placeables.end() && next->begin <= at;
    const char32_t c = at < text.size() ? DecodeUtf8(text, &at) : (++at, 0);
    const std::optional<uint64_t> digit = DigitOf(c);
    if (digit.has_value() && !is_read) {
      number = TimesTen(number.value_or(0), *digit);
      digits = TimesTen(digits, *digit);
      continue;
    }
    if (number.has_value()) numbers_.insert(*number);
    number.reset();
    if (c == '.' || c == ',') continue;
    if (digits > 0) digits_.insert(WithoutZeros(digits));
    digits = 0;
  }
}

void PossibleNumbers::AddWords(std::string_view text,
                               std::string_view language) {
  const std::vector<TokenSpan> tokens = Tokenize(text);
  WordReader(LexedText(text, tokens, language), numbers_).Read();
}

}  // namespace tercet
