#include "service/text/number_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "service/base/utf8.h"
#include "service/text/han_number.h"
#include "service/text/icu.h"
#include "service/text/spelled_number.h"

namespace tercet {
namespace {

using enum Role;

// A number's readings, likeliest first, and how many tokens it takes.
struct Quantity {
  size_t tokens = 0;
  std::vector<ExactNumber> values;
};

Reading FoundValues(PlaceableClass placeable_class, size_t tokens,
                    const std::vector<ExactNumber>& values) {
  std::string other = values.size() > 1 ? values[1].ToText() : "";
  std::string value = values[0].ToText();
  if (other == value) other.clear();
  return Found(placeable_class, tokens, std::move(value), std::move(other));
}

void ShiftAll(std::vector<ExactNumber>& values, int exponent) {
  for (ExactNumber& value : values) value = value.Shifted(exponent);
}

// How many tokens from `i` on say "percent"; `exponent` is 0, or -1 for ‰.
struct PercentMark {
  size_t tokens = 0;
  int exponent = 0;
};

PercentMark ReadPercentMark(const LexedText& text, size_t i) {
  if (text.Is(i, kPercentSign) || text.Is(i, kPercent)) return {1, 0};
  if (text.Is(i, kPermilleSign)) return {1, -1};
  if (text.Is(i, kPer) &&
      (text.Is(i + 1, kCent) || text.Is(i + 1, kHundreds, 1))) {
    return {2, 0};
  }
  return {};
}

// A number is read; a percent sign behind it makes it a percentage.
Reading Finish(const LexedText& text, size_t first, Quantity quantity) {
  const PercentMark percent = ReadPercentMark(text, first + quantity.tokens);
  if (percent.tokens == 0) {
    return FoundValues(PlaceableClass::kNumber, quantity.tokens,
                       quantity.values);
  }
  ShiftAll(quantity.values, percent.exponent);
  return FoundValues(PlaceableClass::kPercent, quantity.tokens + percent.tokens,
                     quantity.values);
}

// COVID-19, F-16, CVE-2017-7480, but not mid-2008.
bool IsPartOfName(const LexedText& text, size_t i) {
  // Names have few numbers; looking back no further keeps reading linear.
  for (int numbers = 0; numbers < 3; ++numbers, i -= 2) {
    if (i < 2 || !text.touches(i) || !text.Is(i - 1, kHyphen) ||
        !text.touches(i - 1)) {
      return false;
    }
    const std::string_view before = text.written(i - 2);
    if (text.token(i - 2).kind == SpanKind::kWord) {
      return std::ranges::any_of(before,
                                 [](char c) { return c >= 'A' && c <= 'Z'; });
    }
    if (!text.Is(i - 2, kDigits)) return false;
  }
  return false;
}

// 10 000: groups of three behind white space that does not break, and in
// Spanish behind any.
size_t CountSpacedGroups(const LexedText& text, size_t i) {
  const auto first = WholeValue(text, i);
  const size_t first_bytes = text.written(i).size();
  if (!first.has_value() || *first == 0 || first_bytes > 3) return 0;
  size_t count = 0;
  for (size_t next = i + 1; text.Is(next, kDigits); ++next) {
    const size_t gap = text.token(next).begin - text.token(next - 1).end;
    const bool plain = gap == 1;
    const std::string_view group = text.written(next);
    const size_t digits = std::min(group.find_first_of(",."), group.size());
    if (gap == 0 || gap > 3 || digits != 3 ||
        (plain && text.language() != LexemeLanguage::kSpanish)) {
      break;
    }
    ++count;
    if (group.size() > 3) break;  // 234,5
  }
  return count;
}

// 1/2, 3/4; not 9/11, 24/7, 1/2/2008.
Reading ReadSlashFraction(const LexedText& text, size_t i) {
  static constexpr std::array<uint64_t, 13> kDenominators = {
      2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 100, 1000};
  const bool touching = text.Is(i + 1, kSlash) && text.touches(i + 1) &&
                        text.Is(i + 2, kDigits) && text.touches(i + 2);
  const bool longer = (text.Is(i + 3, kSlash) && text.touches(i + 3)) ||
                      (i > 0 && text.Is(i - 1, kSlash) && text.touches(i));
  if (!touching || longer) return NothingIn(1);
  const auto numerator = WholeValue(text, i);
  const auto denominator = WholeValue(text, i + 2);
  if (!numerator.has_value() || !denominator.has_value() || *numerator == 0 ||
      *numerator >= *denominator ||
      std::ranges::find(kDenominators, *denominator) == kDenominators.end()) {
    return NothingIn(1);
  }
  Quantity quantity = {.tokens = 3};
  quantity.values.push_back(ExactNumber::Fraction(*numerator, *denominator));
  return Finish(text, i, std::move(quantity));
}

// Multiplies what `quantity` has by the words behind it.
void TakeScale(const LexedText& text, size_t i, Quantity& quantity) {
  if (text.language() == LexemeLanguage::kChinese) {
    const HanScale scale = ReadHanScale(text, i + quantity.tokens);
    ShiftAll(quantity.values, scale.exponent);
    quantity.tokens += scale.tokens;
    return;
  }
  size_t at = i + quantity.tokens;
  // 10-million.
  if (text.Is(at, kHyphen) && text.touches(at) && text.touches(at + 1)) ++at;
  const Scale scale = ReadScale(text, at);
  if (scale.tokens == 0) return;
  const auto whole = WholeValue(text, i);
  ShiftAll(quantity.values, scale.exponent);
  quantity.tokens = at + scale.tokens - i;
  // 111.461 mil millones: nobody has thousands of thousands of millions.
  if (text.Is(at, kScale, 3) && quantity.values.size() == 2 &&
      text.written(i).find('.') != std::string_view::npos &&
      text.language() == LexemeLanguage::kSpanish) {
    std::swap(quantity.values[0], quantity.values[1]);
  }
  if (IsAndAHalf(text, i + quantity.tokens) && whole.has_value()) {
    quantity.values = {
        ExactNumber(*whole * 10 + 5).Shifted(scale.exponent - 1)};
    quantity.tokens += 2;
  }
}

// 5亿1万4千, 1亿2000万: more numerals than a scale.
Reading ReadDigitsInCompound(const LexedText& text, size_t i) {
  if (text.language() != LexemeLanguage::kChinese ||
      !(text.Is(i + 1, kHanUnit) || text.Is(i + 1, kHanBig))) {
    return NothingIn(1);
  }
  const HanScale scale = ReadHanScale(text, i + 1);
  const HanWhole compound = ReadHanWhole(text, i);
  if (compound.tokens <= 1 + scale.tokens) return NothingIn(1);
  Quantity quantity = {.tokens = compound.tokens};
  quantity.values.emplace_back(compound.value);
  return Finish(text, i, std::move(quantity));
}

Reading ReadDigitNumber(const LexedText& text, size_t i) {
  if (IsPartOfName(text, i)) return NothingIn(1);
  const DigitOrdinal ordinal = ReadDigitOrdinal(text, i);
  if (ordinal.tokens > 0) {
    return Found(PlaceableClass::kOrdinal, ordinal.tokens,
                 ExactNumber(ordinal.value).ToText());
  }
  Reading reading = ReadSlashFraction(text, i);
  if (reading.found) return reading;
  reading = ReadDigitsInCompound(text, i);
  if (reading.found) return reading;
  if (text.Is(i + 1, kHanPart) && text.Is(i + 2, kHanOf)) {
    reading = ReadHanFraction(text, i, i + 1, WholeValue(text, i).value_or(0));
    if (reading.found) return reading;
  }
  const size_t groups = CountSpacedGroups(text, i);
  Quantity quantity = {.tokens = 1 + groups};
  quantity.values =
      ReadDigits(text.written(i, quantity.tokens), text.decimal_mark());
  if (quantity.values.empty()) {
    return Found(PlaceableClass::kCode, 1, std::string(text.written(i)));
  }
  TakeScale(text, i, quantity);
  return Finish(text, i, std::move(quantity));
}

// A minus before digits, where nothing that it could join stands before it.
Reading ReadNegative(const LexedText& text, size_t i) {
  const bool sign =
      text.Is(i + 1, kDigits) && text.touches(i + 1) &&
      (i == 0 || !text.touches(i) ||
       (text.token(i - 1).kind == SpanKind::kPunctuation &&
        (text.written(i - 1) == "(" || text.written(i - 1) == "（")));
  if (!sign) return NothingIn(1);
  Reading reading = ReadDigitNumber(text, i + 1);
  if (!reading.found || reading.placeable_class == PlaceableClass::kOrdinal ||
      reading.placeable_class == PlaceableClass::kCode) {
    return NothingIn(1);
  }
  ++reading.tokens;
  if (reading.value != "0") reading.value.insert(0, "-");
  if (!reading.other_value.empty()) reading.other_value.insert(0, "-");
  return reading;
}

// ½ and its like: numerator and denominator; 0 for others.
struct Vulgar {
  uint64_t numerator = 0;
  uint64_t denominator = 1;
};

Vulgar VulgarFraction(char32_t c) {
  static constexpr std::array<Vulgar, 15> kOthers = {{{1, 7},
                                                      {1, 9},
                                                      {1, 10},
                                                      {1, 3},
                                                      {2, 3},
                                                      {1, 5},
                                                      {2, 5},
                                                      {3, 5},
                                                      {4, 5},
                                                      {1, 6},
                                                      {5, 6},
                                                      {1, 8},
                                                      {3, 8},
                                                      {5, 8},
                                                      {7, 8}}};
  if (c >= 0xBC && c <= 0xBD) return {1, c == 0xBC ? 4U : 2U};
  if (c == 0xBE) return {3, 4};
  if (c >= 0x2150 && c <= 0x215E) return kOthers[c - 0x2150];
  return {};
}

// The digits that a mixed word begins with, and the bytes behind them.
struct MixedWord {
  bool has_digits = false;
  uint64_t value = 0;
  std::string_view rest;
};

MixedWord SplitMixed(std::string_view word) {
  MixedWord mixed = {.rest = word};
  size_t count = 0;
  while (count < word.size() && count < 9 && word[count] >= '0' &&
         word[count] <= '9') {
    mixed.value = mixed.value * 10 + static_cast<uint64_t>(word[count] - '0');
    ++count;
  }
  mixed.has_digits = count > 0;
  mixed.rest.remove_prefix(count);
  return mixed;
}

// 2½, ½ million, 21st. Others (5G, 10km, 3D) are words.
Reading ReadMixed(const LexedText& text, size_t i) {
  const DigitOrdinal ordinal = ReadDigitOrdinal(text, i);
  if (ordinal.tokens > 0) {
    return Found(PlaceableClass::kOrdinal, ordinal.tokens,
                 ExactNumber(ordinal.value).ToText());
  }
  const MixedWord mixed = SplitMixed(text.written(i));
  if (mixed.rest.empty()) return NothingIn(1);
  size_t position = 0;
  const Vulgar part = VulgarFraction(DecodeUtf8(mixed.rest, &position));
  if (part.numerator == 0 || position != mixed.rest.size()) {
    return NothingIn(1);
  }
  Quantity quantity = {.tokens = 1};
  quantity.values.push_back(ExactNumber::Fraction(
      mixed.value * part.denominator + part.numerator, part.denominator));
  TakeScale(text, i, quantity);
  return Finish(text, i, std::move(quantity));
}

// 第21, 第二十一. 第一 and the like are words as often as not.
Reading ReadHanOrdinal(const LexedText& text, size_t i) {
  if (!text.touches(i + 1)) return NothingIn(1);
  const HanWhole whole = ReadHanWhole(text, i + 1);
  if (whole.tokens == 0) return NothingIn(1);
  if (whole.tokens == 1 && !text.Is(i + 1, kDigits)) return NothingIn(2);
  return Found(PlaceableClass::kOrdinal, 1 + whole.tokens,
               ExactNumber(whole.value).ToText());
}

// @name, #topic: with the word that follows at once.
Reading ReadHandle(const LexedText& text, size_t i) {
  const bool name =
      text.touches(i + 1) && (i == 0 || !text.touches(i)) &&
      text.token(i + 1).kind == SpanKind::kWord && !text.Is(i + 1, kMixed) &&
      unicode::Classify(static_cast<unsigned char>(text.written(i + 1)[0])) !=
          unicode::CharClass::kSymbol;
  const bool ascii = name && (text.written(i + 1)[0] & 0x80) == 0;
  if (!ascii) return NothingIn(1);
  return Found(
      text.Is(i, kAt) ? PlaceableClass::kHandle : PlaceableClass::kHashtag, 2,
      std::string(text.written(i, 2)));
}

Reading ReadAddress(std::string_view written) {
  PlaceableClass address = PlaceableClass::kUrl;
  if (written.starts_with('/') || written.starts_with('~')) {
    address = PlaceableClass::kPath;
  } else if (written.find("://") == std::string_view::npos &&
             written.find('@') != std::string_view::npos) {
    address = PlaceableClass::kEmail;
  }
  return Found(address, 1, std::string(written));
}

// One percent, un por ciento. Elsewhere a lone one is an article or a pronoun.
Reading ReadOnePercent(const LexedText& text, size_t i) {
  const bool joined = i > 0 && text.Is(i - 1, kHyphen) && text.touches(i);
  if (!text.Is(i, kUnit, 1) || joined ||
      ReadPercentMark(text, i + 1).tokens == 0) {
    return NothingIn(1);
  }
  Quantity quantity = {.tokens = 1};
  quantity.values.emplace_back(1);
  return Finish(text, i, std::move(quantity));
}

}  // namespace

Reading ReadNumber(const LexedText& text, size_t i) {
  switch (text.role(i)) {
    case kDigits:
      return ReadDigitNumber(text, i);
    case kMixed:
      return ReadMixed(text, i);
    case kHyphen:
      return ReadNegative(text, i);
    case kAddress:
      return ReadAddress(text.written(i));
    case kAt:
    case kHash:
      return ReadHandle(text, i);
    case kDi:
      return ReadHanOrdinal(text, i);
    case kHanDigit:
    case kHanTens:
    case kHanUnit:
    case kHanBig: {
      Reading reading = ReadHanNumber(text, i);
      const PercentMark percent = ReadPercentMark(text, i + reading.tokens);
      if (reading.found && percent.tokens > 0 && percent.exponent == 0) {
        reading.placeable_class = PlaceableClass::kPercent;
        reading.tokens += percent.tokens;
      }
      return reading;
    }
    default:
      break;
  }
  const SpelledNumber spelled = ReadSpelledNumber(text, i);
  if (spelled.tokens == 0) return ReadOnePercent(text, i);
  Quantity quantity = {.tokens = spelled.tokens};
  quantity.values.push_back(spelled.value);
  return Finish(text, i, std::move(quantity));
}

DigitOrdinal ReadDigitOrdinal(const LexedText& text, size_t i) {
  if (text.Is(i, kMixed)) {
    const MixedWord mixed = SplitMixed(text.written(i));
    static constexpr std::array<std::string_view, 10> kEndings = {
        "st", "nd", "rd", "th", "ST", "ND", "RD", "TH", "º", "ª"};
    const bool ordinal =
        mixed.has_digits &&
        std::ranges::find(kEndings, mixed.rest) != kEndings.end();
    return ordinal ? DigitOrdinal{1, mixed.value} : DigitOrdinal{};
  }
  // 1.º
  if (!text.Is(i, kDigits) || !text.Is(i + 1, kStop) || !text.touches(i + 1) ||
      !text.touches(i + 2)) {
    return {};
  }
  const std::string_view sign = text.written(i + 2);
  const auto value = WholeValue(text, i);
  if ((sign != "º" && sign != "ª") || !value.has_value()) return {};
  return {3, *value};
}

}  // namespace tercet
