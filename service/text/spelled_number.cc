#include "service/text/spelled_number.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace tercet {
namespace {

using enum Role;

// A whole number while it is put together.
struct Part {
  size_t tokens = 0;
  uint64_t value = 0;
};

uint64_t PowerOfTen(int exponent) {
  uint64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// Whether `i` is a hyphen between two tokens without white space.
bool IsJoint(const LexedText& text, size_t i) {
  return text.Is(i, kHyphen) && text.touches(i) && text.touches(i + 1);
}

// nine, nineteen, ninety-nine; noventa y nueve.
Part ReadBelowHundred(const LexedText& text, size_t i) {
  const auto value = static_cast<uint64_t>(text.value(i));
  if (text.Is(i, kUnit) || text.Is(i, kTeen)) return {1, value};
  if (!text.Is(i, kTens)) return {};
  const bool joint = text.language() == LexemeLanguage::kSpanish
                         ? text.Is(i + 1, kAnd)
                         : IsJoint(text, i + 1);
  const size_t unit = joint ? i + 2 : i + 1;
  if (text.Is(unit, kUnit) &&
      (joint || text.language() == LexemeLanguage::kEnglish)) {
    return {unit + 1 - i, value + static_cast<uint64_t>(text.value(unit))};
  }
  return {1, value};
}

// two hundred and five; doscientos cinco.
Part ReadBelowThousand(const LexedText& text, size_t i) {
  Part part;
  if (text.Is(i, kHundreds)) {
    part = {1, 100 * static_cast<uint64_t>(text.value(i))};
  } else {
    part = text.Is(i, kArticle) ? Part{1, 1} : ReadBelowHundred(text, i);
    if (part.tokens == 0 || !text.Is(i + part.tokens, kHundred)) {
      return text.Is(i, kArticle) ? Part() : part;
    }
    part = {part.tokens + 1, part.value * 100};
  }
  // Between five hundred and six hundred: no 506.
  const size_t rest_at = i + part.tokens +
                         (text.Is(i, kHundreds)            ? 0
                          : text.Is(i + part.tokens, kAnd) ? 1
                                                           : 0);
  const Part rest = ReadBelowHundred(text, rest_at);
  const size_t end = rest_at + rest.tokens;
  if (rest.tokens == 0 || text.Is(end, kHundred)) return part;
  return {end - i, part.value + rest.value};
}

// mil, dos mil, doscientos cinco mil cuatro.
Part ReadSpanishBelowMillion(const LexedText& text, size_t i) {
  Part part = ReadBelowThousand(text, i);
  const size_t mil = i + part.tokens;
  if (!text.Is(mil, kScale, 3)) return part;
  part = {part.tokens + 1, (part.tokens == 0 ? 1 : part.value) * 1000};
  const Part rest = ReadBelowThousand(text, mil + 1);
  return {part.tokens + rest.tokens, part.value + rest.value};
}

// Groups with falling scales.
Part ReadWhole(const LexedText& text, size_t first) {
  const bool spanish = text.language() == LexemeLanguage::kSpanish;
  Part whole;
  // Room for the greatest group in 64 bits.
  int last_exponent = spanish ? 13 : 16;
  for (;;) {
    size_t i = first + whole.tokens;
    const bool joined = !spanish && whole.tokens > 0 && text.Is(i, kAnd);
    if (joined) ++i;
    Part group =
        spanish ? ReadSpanishBelowMillion(text, i) : ReadBelowThousand(text, i);
    // a million; `half a million` was sorted out before.
    if (group.tokens == 0 && text.Is(i, kArticle) && text.Is(i + 1, kScale)) {
      group = {1, 1};
    }
    if (group.tokens == 0) return whole;
    const Scale scale = ReadScale(text, i + group.tokens);
    // Between one thousand and two thousand: no 1002.
    if (joined && (scale.tokens > 0 || group.value >= 100)) return whole;
    if (scale.exponent >= last_exponent) return whole;
    whole.value += group.value * PowerOfTen(scale.exponent);
    whole.tokens = i + group.tokens + scale.tokens - first;
    last_exponent = scale.exponent;
    if (scale.tokens == 0) return whole;
  }
}

// Whether `one third` at `i` is followed by what leaves no doubt.
bool EndsFraction(const LexedText& text, size_t end) {
  return end >= text.size() || text.Is(end, kOf) ||
         text.token(end).kind == SpanKind::kPunctuation;
}

// two thirds, one-third, three quarters of.
SpelledNumber ReadEnglishFraction(const LexedText& text, size_t i,
                                  const Part& numerator) {
  const size_t behind = i + numerator.tokens;
  const bool joint = IsJoint(text, behind);
  const size_t at = joint ? behind + 1 : behind;
  const size_t end = at + 1;
  if (numerator.value == 1 && text.Is(at, kHalf) &&
      (joint || EndsFraction(text, end))) {
    return {end - i, ExactNumber::Fraction(1, 2)};
  }
  const auto denominator = static_cast<uint64_t>(text.value(at));
  const bool fits = numerator.value == 1 ? text.Is(at, kDenominator)
                                         : text.Is(at, kDenominators);
  if (!fits || numerator.value >= denominator) return {};
  // three quarters may be nine months, one third may be a third party.
  const bool doubtful = numerator.value == 1 || denominator == 4;
  if (doubtful && !joint && !EndsFraction(text, end)) return {};
  return {end - i, ExactNumber::Fraction(numerator.value, denominator)};
}

// un tercio, dos tercios, una cuarta parte, tres cuartas partes.
SpelledNumber ReadSpanishFraction(const LexedText& text, size_t i,
                                  const Part& numerator) {
  const size_t at = i + numerator.tokens;
  if (!text.Is(at, kDenominator) && !text.Is(at, kDenominators)) return {};
  const auto denominator = static_cast<uint64_t>(text.value(at));
  const bool plural = text.Is(at, kDenominators);
  if (plural != (numerator.value > 1) || numerator.value >= denominator) {
    return {};
  }
  const bool part = text.Is(at + 1, kPart);
  const bool feminine =
      text.written(at).back() == 'a' || text.written(at).ends_with("as");
  if (feminine != part) return {};
  // un cuarto is a room, un quinto a conscript.
  const bool safe = part || denominator == 3 || numerator.value == 3 ||
                    (plural && denominator != 4);
  if (!safe) return {};
  return {at + (part ? 2 : 1) - i,
          ExactNumber::Fraction(numerator.value, denominator)};
}

// two and a half million; `whole` is the two.
SpelledNumber ReadAndAHalf(const LexedText& text, size_t i, const Part& whole) {
  const size_t at = i + whole.tokens;
  if (!text.Is(at, kAnd) || !text.Is(at + 1, kArticle) ||
      !text.Is(at + 2, kHalf)) {
    return {};
  }
  const Scale scale = ReadScale(text, at + 3);
  return {
      at + 3 + scale.tokens - i,
      ExactNumber::Fraction(2 * whole.value + 1, 2).Shifted(scale.exponent)};
}

// three in three-way is no number, in three-day it is.
bool IsPartOfWord(const LexedText& text, size_t first, size_t end) {
  const auto is_hyphen = [&text](size_t i) {
    return text.Is(i, kHyphen) && text.touches(i);
  };
  if (first > 0 && is_hyphen(first - 1) && text.touches(first)) return true;
  return is_hyphen(end) && text.touches(end + 1) &&
         text.token(end + 1).kind == SpanKind::kWord &&
         !text.Is(end + 1, kPeriodWord);
}

// DOS is no dos.
bool IsAllCapitals(std::string_view word) {
  return word.size() > 1 &&
         std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool IsSafe(const LexedText& text, size_t i, const Part& whole) {
  if (whole.value == 1) return false;  // one, un
  const bool half_before = i > 0 && text.Is(i - 1, kHalf);
  return !half_before && !IsPartOfWord(text, i, i + whole.tokens);
}

}  // namespace

SpelledNumber ReadSpelledNumber(const LexedText& text, size_t i) {
  if (IsAllCapitals(text.written(i))) return {};
  switch (text.role(i)) {
    case kUnit:
    case kTeen:
    case kTens:
    case kHundreds:
      break;
    case kArticle:
      if (!text.Is(i + 1, kHundred) && !text.Is(i + 1, kScale)) return {};
      break;
    case kScale:
      // mil personas; a bare `million` is a word.
      if (!text.Is(i, kScale, 3) ||
          text.language() != LexemeLanguage::kSpanish) {
        return {};
      }
      break;
    default:
      return {};
  }
  const Part whole = ReadWhole(text, i);
  if (whole.tokens == 0) return {};
  SpelledNumber fraction = text.language() == LexemeLanguage::kSpanish
                               ? ReadSpanishFraction(text, i, whole)
                               : ReadEnglishFraction(text, i, whole);
  if (fraction.tokens > 0) return fraction;
  SpelledNumber with_half = ReadAndAHalf(text, i, whole);
  if (with_half.tokens > 0) return with_half;
  if (!IsSafe(text, i, whole)) return {};
  const size_t end = i + whole.tokens;
  if (IsAndAHalf(text, end)) {
    const uint64_t half = PowerOfTen(text.value(end - 1)) / 2;
    return {whole.tokens + 2, ExactNumber(whole.value + half)};
  }
  return {whole.tokens, ExactNumber(whole.value)};
}

Scale ReadScale(const LexedText& text, size_t i) {
  Scale scale;
  size_t at = i;
  if (text.language() == LexemeLanguage::kEnglish && text.Is(at, kHundred)) {
    scale.exponent = 2;
    ++at;
  }
  // Thousand million and mil millones, no more: others are no numbers.
  for (int words = 0; words < 2 && text.Is(at, kScale); ++words) {
    if (words > 0 && text.value(at) <= text.value(at - 1)) break;
    scale.exponent += text.value(at);
    ++at;
  }
  scale.tokens = at - i;
  return scale;
}

bool IsAndAHalf(const LexedText& text, size_t i) {
  return text.language() == LexemeLanguage::kSpanish && text.Is(i, kAnd) &&
         text.Is(i + 1, kHalf) && i > 0 && text.Is(i - 1, kScale) &&
         text.value(i - 1) >= 6;
}

}  // namespace tercet
