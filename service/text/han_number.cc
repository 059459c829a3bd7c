#include "service/text/han_number.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "service/base/utf8.h"
#include "service/text/icu.h"

namespace tercet {
namespace {

using enum Role;

constexpr uint64_t kMost = 1'000'000'000'000'000'000;

uint64_t PowerOfTen(int exponent) {
  uint64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

bool IsNumeral(Role role) {
  return role == kHanDigit || role == kHanTens || role == kHanUnit ||
         role == kHanBig;
}

bool IsOneOf(std::string_view text,
             std::initializer_list<std::string_view> all) {
  return std::ranges::find(all, text) != all.end();
}

// 千 in 5千克, 5千米 belongs to what is counted.
bool BeginsUnitName(const LexedText& text, size_t i) {
  return text.Is(i, kHanUnit, 3) && text.touches(i + 1) &&
         IsOneOf(text.written(i + 1),
                 {"克", "米", "瓦", "卡", "伏", "赫", "帕", "字"});
}

// No number has more numerals; looking no further keeps reading linear.
constexpr size_t kMaxNumerals = 40;

// Behind the last token of the numerals that begin at `first`.
size_t EndOfRun(const LexedText& text, size_t first) {
  size_t end = first + 1;
  for (;; ++end) {
    if (end - first == kMaxNumerals) return end;
    // 1114.61 亿.
    const bool joined =
        text.touches(end) || (end == first + 1 && text.Is(first, kDigits));
    if (!joined) return end;
    const bool behind_unit = text.Is(end - 1, kHanUnit) ||
                             text.Is(end - 1, kHanBig) ||
                             text.Is(end - 1, kHanDigit, 0);
    const bool joins =
        IsNumeral(text.role(end)) || (text.Is(end, kDigits) && behind_unit);
    if (!joins || (text.Is(end - 1, kDigits) && BeginsUnitName(text, end))) {
      return end;
    }
  }
}

// 九百九十九, 5亿1万4千: digits times units, falling within each group of four.
class Compound {
 public:
  // False where the numeral cannot stand there.
  bool Add(const LexedText& text, size_t i) {
    switch (text.role(i)) {
      case kHanDigit:
        if (text.value(i) == 0) return AddZero();
        return AddDigits(static_cast<uint64_t>(text.value(i)), true);
      case kDigits: {
        const std::optional<uint64_t> whole = WholeValue(text, i);
        return whole.has_value() && AddDigits(*whole, false);
      }
      case kHanTens:
        return AddTens(static_cast<uint64_t>(text.value(i)));
      case kHanUnit:
        return AddUnit(text.value(i));
      case kHanBig:
        return text.value(i) == 4 ? AddTenThousand() : AddHundredMillion();
      default:
        return false;
    }
  }

  std::optional<uint64_t> Value() const {
    if (zero_ && !pending_) return std::nullopt;  // 一百零
    uint64_t rest = group_;
    if (pending_) {
      // 九百九 is 990, 九百零九 is 909.
      const bool next_unit = han_ && last_unit_ >= 100 && !zero_;
      if (!han_ && number_ >= last_unit_) return std::nullopt;
      rest += next_unit ? number_ * (last_unit_ / 10) : number_;
    }
    return hundred_millions_ + ten_thousands_ + rest;
  }

 private:
  bool AddZero() {
    zero_ = true;
    return !pending_ && last_unit_ > 1;
  }

  bool AddDigits(uint64_t number, bool han) {
    if (pending_) return false;
    number_ = number;
    han_ = han;
    pending_ = true;
    return true;
  }

  bool AddUnit(int exponent) {
    if (exponent >= last_exponent_) return false;
    if (!pending_ && exponent != 1) return false;  // 十五, but not 百五.
    const uint64_t unit = PowerOfTen(exponent);
    if (number_ > kMost / unit / 10) return false;
    group_ += (pending_ ? number_ : 1) * unit;
    last_exponent_ = exponent;
    EndPart(unit);
    return true;
  }

  // 廿三.
  bool AddTens(uint64_t value) {
    if (pending_ || last_exponent_ <= 1) return false;
    group_ += value;
    last_exponent_ = 1;
    EndPart(10);
    return true;
  }

  bool AddTenThousand() {
    const uint64_t value = group_ + (pending_ ? number_ : 0);
    if (value == 0 || ten_thousands_ != 0 || value > kMost / 10'000) {
      return false;
    }
    ten_thousands_ = value * 10'000;
    EndGroup(10'000);
    return true;
  }

  bool AddHundredMillion() {
    const uint64_t value = ten_thousands_ + group_ + (pending_ ? number_ : 0);
    if (value == 0 || hundred_millions_ != 0 || value > kMost / 100'000'000) {
      return false;
    }
    hundred_millions_ = value * 100'000'000;
    ten_thousands_ = 0;
    EndGroup(100'000'000);
    return true;
  }

  void EndGroup(uint64_t unit) {
    group_ = 0;
    last_exponent_ = kNoExponent;
    EndPart(unit);
  }

  void EndPart(uint64_t unit) {
    last_unit_ = unit;
    pending_ = false;
    zero_ = false;
    number_ = 0;
  }

  static constexpr int kNoExponent = 99;

  uint64_t hundred_millions_ = 0;
  uint64_t ten_thousands_ = 0;
  uint64_t group_ = 0;
  uint64_t number_ = 0;
  uint64_t last_unit_ = 1;
  int last_exponent_ = kNoExponent;
  bool pending_ = false;
  bool han_ = false;
  bool zero_ = false;
};

std::optional<uint64_t> CompoundValue(const LexedText& text, size_t first,
                                      size_t end) {
  Compound compound;
  for (size_t i = first; i < end; ++i) {
    if (!compound.Add(text, i)) return std::nullopt;
  }
  return compound.Value();
}

bool AreDigitsOnly(const LexedText& text, size_t first, size_t end) {
  for (size_t i = first; i < end; ++i) {
    if (!text.Is(i, kHanDigit)) return false;
  }
  return true;
}

// 二〇〇八 digit by digit.
std::string PositionalDigits(const LexedText& text, size_t first, size_t end) {
  std::string digits;
  for (size_t i = first; i < end; ++i) {
    digits.push_back(static_cast<char>('0' + text.value(i)));
  }
  return digits;
}

// Digits in a row are a number where nothing else can be meant: years, and
// those with a zero. Not so 七八个, 五五分成, 九一八.
bool IsPositionalNumber(const LexedText& text, size_t first, size_t end) {
  const size_t count = end - first;
  if (count < 3 || count > 12) return false;
  if (count == 4 && text.Is(end, kYear)) return true;
  for (size_t i = first + 1; i < end; ++i) {
    if (text.Is(i, kHanDigit, 0)) return true;
  }
  return false;
}

std::optional<uint64_t> RunValue(const LexedText& text, size_t first,
                                 size_t end) {
  if (!AreDigitsOnly(text, first, end)) return CompoundValue(text, first, end);
  if (end - first == 1) return static_cast<uint64_t>(text.value(first));
  if (!IsPositionalNumber(text, first, end)) return std::nullopt;
  return std::stoull(PositionalDigits(text, first, end));
}

// A number that needs nothing behind it to be one: after 百分之.
struct Amount {
  size_t tokens = 0;
  ExactNumber value;
};

// 点 and digits behind it. `whole` stands before.
Amount ReadHanDecimals(const LexedText& text, size_t point, uint64_t whole) {
  size_t end = point + 1;
  while (text.touches(end) && text.Is(end, kHanDigit) && end < point + 13) {
    ++end;
  }
  if (end == point + 1) return {};
  const std::string decimals = PositionalDigits(text, point + 1, end);
  return {end - point,
          ExactNumber(std::to_string(whole) + decimals, decimals.size())};
}

Amount ReadAmount(const LexedText& text, size_t i) {
  if (text.Is(i, kDigits)) {
    const auto readings = ReadDigits(text.written(i), text.decimal_mark());
    if (readings.empty()) return {};
    const HanScale scale = ReadHanScale(text, i + 1);
    return {1 + scale.tokens, readings[0].Shifted(scale.exponent)};
  }
  // 百分之百.
  if (text.Is(i, kHanUnit, 2)) return {1, ExactNumber(100)};
  if (!text.Is(i, kHanDigit) && !text.Is(i, kHanUnit, 1)) return {};
  const size_t end = EndOfRun(text, i);
  const std::optional<uint64_t> whole = RunValue(text, i, end);
  if (!whole.has_value()) return {};
  if (text.Is(end, kPoint)) {
    const Amount decimals = ReadHanDecimals(text, end, *whole);
    if (decimals.tokens > 0) {
      return {end - i + decimals.tokens, decimals.value};
    }
  }
  return {end - i, ExactNumber(*whole)};
}

// 百分之五十二, 千分之三.
Reading ReadHanPercent(const LexedText& text, size_t i) {
  const Amount amount = ReadAmount(text, i + 3);
  if (amount.tokens == 0) return NothingIn(1);
  return Found(PlaceableClass::kPercent, 3 + amount.tokens,
               amount.value.Shifted(2 - text.value(i)).ToText());
}

// Whether what is before makes the numeral at `i` a word's part: 几十, 周三.
bool IsBarred(const LexedText& text, size_t i) {
  if (i == 0 || !text.touches(i)) return false;
  return text.Is(i - 1, kHanBarrier) || text.Is(i - 1, kDi) ||
         text.Is(i - 1, kHanDay) || text.Is(i - 1, kHanMinus);
}

// What a lone numeral needs behind it to be a number.
bool CountsSomething(const LexedText& text, size_t i) {
  if (i >= text.size()) return false;
  if (text.Is(i, kYear)) {
    return i + 1 >= text.size() || text.written(i + 1) != "级";
  }
  if (text.Is(i, kHanMeasure)) return true;
  return i + 1 < text.size() &&
         IsOneOf(text.written(i, 2),
                 {"小时", "小時", "公里", "公斤", "公顷", "公頃", "分钟",
                  "分鐘", "英里", "世纪", "世紀", "季度", "星期"});
}

// 三 in 三个, 十 in 十天, 两 in 两次. 一个 is "a", 二级 is a word.
bool IsLoneNumber(const LexedText& text, size_t i) {
  const bool numeral = (text.Is(i, kHanDigit) && text.value(i) >= 2 &&
                        text.written(i) != "二") ||
                       text.Is(i, kHanUnit, 1);
  return numeral && !IsBarred(text, i) && CountsSomething(text, i + 1);
}

}  // namespace

Reading ReadHanNumber(const LexedText& text, size_t i) {
  const bool unit_first = text.Is(i, kHanUnit) || text.Is(i, kHanBig);
  // 十分之一 is a tenth.
  if (unit_first && text.value(i) >= 2 && text.Is(i + 1, kHanPart) &&
      text.Is(i + 2, kHanOf)) {
    return ReadHanPercent(text, i);
  }
  const size_t end = EndOfRun(text, i);
  const size_t count = end - i;
  const std::optional<uint64_t> value = RunValue(text, i, end);
  if (!value.has_value()) return NothingIn(count);
  if (text.Is(end, kHanPart) && text.Is(end + 1, kHanOf)) {
    Reading fraction = ReadHanFraction(text, i, end, *value);
    if (fraction.found) return fraction;
  }
  if (text.Is(end, kPoint)) {
    // 三点五亿; without the 亿 it may be a time.
    const Amount decimals = ReadHanDecimals(text, end, *value);
    const HanScale scale = ReadHanScale(text, end + decimals.tokens);
    if (decimals.tokens > 0 && scale.tokens > 0) {
      return Found(PlaceableClass::kNumber,
                   count + decimals.tokens + scale.tokens,
                   decimals.value.Shifted(scale.exponent).ToText());
    }
  }
  if (count == 1 && !IsLoneNumber(text, i)) return NothingIn(1);
  if (unit_first && IsBarred(text, i)) return NothingIn(count);
  // 十六进制 is hexadecimal.
  if (end < text.size() &&
      (text.written(end) == "进" || text.written(end) == "進")) {
    return NothingIn(count);
  }
  return Found(PlaceableClass::kNumber, count, ExactNumber(*value).ToText());
}

HanScale ReadHanScale(const LexedText& text, size_t i) {
  HanScale scale;
  const auto take = [&](Role role, int exponent) {
    const size_t next = i + scale.tokens;
    const bool joined = scale.tokens == 0 || text.touches(next);
    if (!joined || !text.Is(next, role, exponent)) return false;
    if (BeginsUnitName(text, next)) return false;
    ++scale.tokens;
    scale.exponent += exponent;
    return true;
  };
  if (!take(kHanUnit, 3) && !take(kHanUnit, 2)) take(kHanUnit, 1);
  take(kHanBig, 4);
  take(kHanBig, 8);
  return scale;
}

HanWhole ReadHanWhole(const LexedText& text, size_t i) {
  if (text.Is(i, kDigits)) {
    const std::optional<uint64_t> whole = WholeValue(text, i);
    if (!whole.has_value()) return {};
    if (!text.Is(i + 1, kHanUnit) && !text.Is(i + 1, kHanBig)) {
      return {1, *whole};
    }
  } else if (!text.Is(i, kHanDigit) && !text.Is(i, kHanUnit, 1)) {
    return {};
  }
  const size_t end = EndOfRun(text, i);
  const std::optional<uint64_t> value = RunValue(text, i, end);
  if (!value.has_value()) return {};
  return {end - i, *value};
}

Reading ReadHanFraction(const LexedText& text, size_t first, size_t i,
                        uint64_t denominator) {
  const HanWhole numerator = ReadHanWhole(text, i + 2);
  if (numerator.tokens == 0 || denominator == 0) {
    return NothingIn(i - first);
  }
  return Found(PlaceableClass::kNumber, i + 2 + numerator.tokens - first,
               ExactNumber::Fraction(numerator.value, denominator).ToText());
}

std::optional<uint64_t> WholeValue(const LexedText& text, size_t i) {
  if (!text.Is(i, kDigits)) return std::nullopt;
  const std::string_view written = text.written(i);
  uint64_t value = 0;
  size_t count = 0;
  for (size_t position = 0; position < written.size();) {
    const char32_t c = unicode::FoldCharacter(DecodeUtf8(written, &position));
    if (c < '0' || c > '9' || ++count > 12) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace tercet
