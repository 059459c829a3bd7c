#include "service/text/date_reader.h"

#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/text/han_number.h"
#include "service/text/number_reader.h"

namespace tercet {
namespace {

using enum Role;

// A date as far as it is given; 0 for what is not.
struct Date {
  uint64_t year = 0;
  uint64_t month = 0;
  uint64_t day = 0;
};

bool IsValid(const Date& date) {
  static constexpr std::array<uint64_t, 13> kDays = {31, 31, 29, 31, 30, 31, 30,
                                                     31, 31, 30, 31, 30, 31};
  return date.month <= 12 && date.day <= kDays[date.month] && date.year <= 9999;
}

// ISO 8601 as far as it goes: 2008-11-21, 2008-11, --11-21, --11, ---21.
std::string ToText(const Date& date) {
  std::string text =
      date.year == 0 ? std::string("-") : fmt::format("{:04}", date.year);
  text +=
      date.month == 0 ? std::string("-") : fmt::format("-{:02}", date.month);
  if (date.day != 0) text += fmt::format("-{:02}", date.day);
  return text;
}

Reading FoundDate(const Date& date, size_t tokens) {
  if (!IsValid(date)) return NothingIn(1);
  return Found(PlaceableClass::kDate, tokens, ToText(date));
}

// A number of so many ASCII digits, without marks; 0 where there is none.
uint64_t DigitsOf(const LexedText& text, size_t i, size_t least, size_t most) {
  if (!text.Is(i, kDigits)) return 0;
  const std::string_view written = text.written(i);
  if (written.size() < least || written.size() > most) return 0;
  return WholeValue(text, i).value_or(0);
}

uint64_t YearAt(const LexedText& text, size_t i) {
  const uint64_t year = DigitsOf(text, i, 4, 4);
  return year >= 1000 && year <= 2999 ? year : 0;
}

// 21, 21st, 1.º: the day of a month.
DigitOrdinal DayAt(const LexedText& text, size_t i) {
  DigitOrdinal day = ReadDigitOrdinal(text, i);
  if (day.tokens == 0) day = {1, DigitsOf(text, i, 1, 2)};
  if (day.value < 1 || day.value > 31) return {};
  // May 10:30, May 5%, May 5 million.
  const size_t behind = i + day.tokens;
  const bool other = (text.Is(behind, kColon) && text.touches(behind)) ||
                     text.Is(behind, kPercentSign) ||
                     text.Is(behind, kPercent) || text.Is(behind, kScale) ||
                     text.Is(behind, kHundred);
  return other ? DigitOrdinal() : day;
}

bool IsMonth(const LexedText& text, size_t i) {
  return text.Is(i, kMonth) || text.Is(i, kMonthShort);
}

bool IsCapital(const LexedText& text, size_t i) {
  const char first = text.written(i)[0];
  return first >= 'A' && first <= 'Z';
}

// Behind the month at `i` and the stop that shortens it: Nov.
size_t EndOfMonth(const LexedText& text, size_t i) {
  const bool stop =
      text.Is(i, kMonthShort) && text.Is(i + 1, kStop) && text.touches(i + 1);
  return stop ? i + 2 : i + 1;
}

// Names of months that are words or people too.
bool IsAmbiguousMonth(int month) {
  return month == 3 || month == 4 || month == 5 || month == 6 || month == 8;
}

// Nov. 21, 2008; November 2008; November.
Reading ReadMonthFirst(const LexedText& text, size_t i) {
  const bool english = text.language() == LexemeLanguage::kEnglish;
  Date date{.month = static_cast<uint64_t>(text.value(i))};
  size_t end = EndOfMonth(text, i);
  if (english) {
    if (!IsCapital(text, i) && IsAmbiguousMonth(text.value(i))) {
      return NothingIn(1);
    }
    const DigitOrdinal day = DayAt(text, end);
    if (day.tokens > 0) {
      date.day = day.value;
      end += day.tokens;
      const size_t year = text.Is(end, kComma) ? end + 1 : end;
      date.year = YearAt(text, year);
      return FoundDate(date, (date.year > 0 ? year + 1 : end) - i);
    }
  }
  size_t year = end;
  if (english && text.Is(year, kComma)) ++year;
  if (!english && (text.Is(year, kOf) || text.Is(year, kDel))) ++year;
  date.year = YearAt(text, year);
  if (date.year > 0) return FoundDate(date, year + 1 - i);
  if (!text.Is(i, kMonth)) return NothingIn(1);
  const bool safe =
      !english || (IsCapital(text, i) && (!IsAmbiguousMonth(text.value(i)) ||
                                          (i > 0 && text.Is(i - 1, kIn))));
  return safe ? FoundDate(date, 1) : NothingIn(1);
}

// 21 November 2008, the 21st of November; 21 de noviembre de 2008.
Reading ReadDayFirst(const LexedText& text, size_t i) {
  const DigitOrdinal day = DayAt(text, i);
  if (day.tokens == 0) return NothingIn(1);
  size_t at = i + day.tokens;
  if (text.Is(at, kOf)) ++at;
  if (!IsMonth(text, at)) return NothingIn(1);
  if (text.language() == LexemeLanguage::kEnglish && !IsCapital(text, at)) {
    return NothingIn(1);
  }
  Date date{.month = static_cast<uint64_t>(text.value(at)), .day = day.value};
  const size_t end = EndOfMonth(text, at);
  size_t year = end;
  if (text.Is(year, kOf) || text.Is(year, kDel) || text.Is(year, kComma)) {
    ++year;
  }
  date.year = YearAt(text, year);
  return FoundDate(date, (date.year > 0 ? year + 1 : end) - i);
}

// The parts of 2008-11-21, 21/11/2008, 21.11.2008, and how many tokens.
struct NumericDate {
  size_t tokens = 0;
  std::array<uint64_t, 3> parts = {};
  size_t first_bytes = 0;
  size_t last_bytes = 0;
};

// A single token: 2010.01.29.
NumericDate SplitDotted(const LexedText& text, size_t i) {
  const std::string_view written = text.written(i);
  if (written.size() < 8 || written.size() > 10) return {};
  NumericDate date{.tokens = 1};
  size_t part = 0;
  size_t bytes = 0;
  for (const char c : written) {
    if (c == '.') {
      if (bytes == 0 || ++part > 2) return {};
      bytes = 0;
    } else if (c >= '0' && c <= '9') {
      date.parts[part] = date.parts[part] * 10 + static_cast<uint64_t>(c - '0');
      ++bytes;
      if (part == 0) date.first_bytes = bytes;
    } else {
      return {};
    }
  }
  date.last_bytes = bytes;
  return part == 2 && bytes > 0 ? date : NumericDate();
}

NumericDate SplitNumericDate(const LexedText& text, size_t i) {
  const Role mark = text.role(i + 1);
  if (mark != kHyphen && mark != kSlash) return SplitDotted(text, i);
  for (size_t j = i + 1; j < i + 5; ++j) {
    const Role wanted = (j - i) % 2 == 1 ? mark : kDigits;
    if (!text.Is(j, wanted) || !text.touches(j)) return {};
  }
  // 10/11/2008/3 is something else.
  if (text.Is(i + 5, mark) && text.touches(i + 5)) return {};
  if (i > 0 && text.Is(i - 1, mark) && text.touches(i)) return {};
  NumericDate date{
      .tokens = 5,
      .parts = {DigitsOf(text, i, 1, 4), DigitsOf(text, i + 2, 1, 2),
                DigitsOf(text, i + 4, 1, 4)},
      .first_bytes = text.written(i).size(),
      .last_bytes = text.written(i + 4).size()};
  return date;
}

Reading ReadNumericDate(const LexedText& text, size_t i) {
  const NumericDate numeric = SplitNumericDate(text, i);
  const auto [a, b, c] = numeric.parts;
  if (numeric.tokens == 0 || a == 0 || b == 0 || c == 0) return NothingIn(1);
  if (numeric.first_bytes == 4 && numeric.last_bytes <= 2) {
    return FoundDate({.year = a, .month = b, .day = c}, numeric.tokens);
  }
  if (numeric.last_bytes != 4 || numeric.first_bytes > 2) return NothingIn(1);
  Date first{.year = c, .month = b, .day = a};
  Date second{.year = c, .month = a, .day = b};
  if (text.language() == LexemeLanguage::kEnglish) std::swap(first, second);
  if (!IsValid(first)) return FoundDate(second, numeric.tokens);
  Reading reading = FoundDate(first, numeric.tokens);
  if (IsValid(second) && a != b) reading.other_value = ToText(second);
  return reading;
}

// 2008年11月21日 and its parts, but for the year alone.
Reading ReadHanDate(const LexedText& text, size_t i) {
  Date date;
  size_t at = i;
  HanWhole number = ReadHanWhole(text, at);
  if (number.tokens == 0) return NothingIn(1);
  if (text.Is(at + number.tokens, kYear)) {
    date.year = number.value;
    // 49年1月1日 may be counted from 1911.
    if (date.year < 1000 || date.year > 2999) return NothingIn(1);
    at += number.tokens + 1;
    number = ReadHanWhole(text, at);
    if (number.tokens == 0 || !text.Is(at + number.tokens, kMonthSign)) {
      return NothingIn(1);
    }
  }
  if (text.Is(at + number.tokens, kMonthSign)) {
    date.month = number.value;
    if (date.month < 1) return NothingIn(1);
    at += number.tokens + 1;
    number = ReadHanWhole(text, at);
  }
  const size_t day_sign = at + number.tokens;
  const bool has_day = number.tokens > 0 && number.value >= 1 &&
                       number.value <= 31 &&
                       (text.Is(day_sign, kDay) ||
                        (date.month > 0 && text.Is(day_sign, kDayCount)));
  // 十日 may be ten days.
  const bool lone_numeral =
      date.month == 0 && number.tokens == 1 && !text.Is(at, kDigits);
  if (has_day && !lone_numeral) {
    date.day = number.value;
    return FoundDate(date, day_sign + 1 - i);
  }
  return date.month > 0 ? FoundDate(date, at - i) : NothingIn(1);
}

struct Clock {
  uint64_t hour = 0;
  uint64_t minute = 0;
  std::optional<uint64_t> second;
};

std::string ToText(const Clock& clock) {
  std::string text = fmt::format("T{:02}:{:02}", clock.hour, clock.minute);
  if (clock.second.has_value()) text += fmt::format(":{:02}", *clock.second);
  return text;
}

// Half of the day: none said, before noon, after noon.
enum class Half : uint8_t { kUnsaid, kMorning, kAfternoon };

Reading FoundTime(Clock clock, Half half, size_t tokens) {
  if (clock.hour > 24 || clock.minute > 59 || clock.second.value_or(0) > 60) {
    return NothingIn(1);
  }
  if (half == Half::kMorning && clock.hour == 12) clock.hour = 0;
  if (half == Half::kAfternoon && clock.hour < 12) clock.hour += 12;
  std::string other;
  if (half == Half::kUnsaid && clock.hour >= 1 && clock.hour <= 12) {
    Clock late = clock;
    late.hour = (clock.hour + 12) % 24;
    other = ToText(late);
  }
  return Found(PlaceableClass::kTime, tokens, ToText(clock), std::move(other));
}

// a.m., PM, p. m., de la tarde; how many tokens say so.
struct HalfMark {
  size_t tokens = 0;
  Half half = Half::kUnsaid;
};

HalfMark ReadHalf(const LexedText& text, size_t i) {
  const auto half = [](int value) {
    return value == 0 ? Half::kMorning : Half::kAfternoon;
  };
  if (text.Is(i, kAmPm)) {
    const bool stops = text.written(i).size() == 3 && text.Is(i + 1, kStop) &&
                       text.touches(i + 1);
    return {stops ? 2U : 1U, half(text.value(i))};
  }
  if (text.Is(i, kOf) && text.Is(i + 1, kLa) && text.Is(i + 2, kDayPart)) {
    return {3, half(text.value(i + 2))};
  }
  if (text.language() == LexemeLanguage::kSpanish && i + 3 < text.size() &&
      text.Is(i + 1, kStop) && text.Is(i + 3, kStop) &&
      text.written(i + 2) == "m" &&
      (text.written(i) == "a" || text.written(i) == "p")) {
    return {4, half(text.written(i) == "a" ? 0 : 12)};
  }
  return {};
}

// 10:30, 10:30:15. No tokens where there is none.
struct ClockMark {
  size_t tokens = 0;
  Clock clock;
};

ClockMark ReadClock(const LexedText& text, size_t i) {
  const auto two_digits = [&](size_t at) {
    return text.Is(at, kDigits) && text.touches(at) &&
           text.written(at).size() == 2 && WholeValue(text, at).has_value();
  };
  const bool colon_before = i > 0 && text.touches(i) && text.Is(i - 1, kColon);
  const auto hour = WholeValue(text, i);
  if (colon_before || !hour.has_value() || text.written(i).size() > 2 ||
      !text.Is(i + 1, kColon) || !text.touches(i + 1) || !two_digits(i + 2)) {
    return {};
  }
  ClockMark mark{.tokens = 3,
                 .clock = {.hour = *hour, .minute = *WholeValue(text, i + 2)}};
  if (text.Is(i + 3, kColon) && text.touches(i + 3) && two_digits(i + 4)) {
    mark.clock.second = *WholeValue(text, i + 4);
    mark.tokens = 5;
  }
  return mark;
}

// 10am, 3pm: one word. No half where it is another one.
struct JoinedHalf {
  uint64_t number = 0;
  size_t digits = 0;
  Half half = Half::kUnsaid;
};

JoinedHalf SplitJoined(const LexedText& text, size_t i) {
  if (!text.Is(i, kMixed)) return {};
  const std::string_view word = text.written(i);
  JoinedHalf joined{.digits = word.find_first_not_of("0123456789")};
  if (joined.digits == 0 || joined.digits > 2) return {};
  for (const char c : word.substr(0, joined.digits)) {
    joined.number = joined.number * 10 + static_cast<uint64_t>(c - '0');
  }
  const std::string_view half = word.substr(joined.digits);
  if (half == "am" || half == "AM") joined.half = Half::kMorning;
  if (half == "pm" || half == "PM") joined.half = Half::kAfternoon;
  return joined;
}

Reading ReadJoinedTime(const LexedText& text, size_t i) {
  const JoinedHalf joined = SplitJoined(text, i);
  if (joined.half == Half::kUnsaid || joined.number < 1 || joined.number > 12) {
    return NothingIn(1);
  }
  return FoundTime({.hour = joined.number}, joined.half, 1);
}

// 7:56pm: the minutes and the half are one word.
Reading ReadClockWithJoinedHalf(const LexedText& text, size_t i) {
  const uint64_t hour = DigitsOf(text, i, 1, 2);
  const bool colon =
      text.Is(i + 1, kColon) && text.touches(i + 1) && text.touches(i + 2);
  const JoinedHalf joined = SplitJoined(text, i + 2);
  if (hour < 1 || hour > 12 || !colon || joined.digits != 2 ||
      joined.half == Half::kUnsaid) {
    return NothingIn(1);
  }
  return FoundTime({.hour = hour, .minute = joined.number}, joined.half, 3);
}

Reading ReadWesternTime(const LexedText& text, size_t i) {
  const ClockMark mark = ReadClock(text, i);
  if (mark.tokens > 0) {
    const HalfMark half = ReadHalf(text, i + mark.tokens);
    return FoundTime(mark.clock, half.half, mark.tokens + half.tokens);
  }
  Reading joined = ReadClockWithJoinedHalf(text, i);
  if (joined.found) return joined;
  const uint64_t hour = DigitsOf(text, i, 1, 2);
  if (hour == 0 || hour > 12) return NothingIn(1);
  const HalfMark half = ReadHalf(text, i + 1);
  if (half.tokens == 0) return NothingIn(1);
  return FoundTime({.hour = hour}, half.half, 1 + half.tokens);
}

// 上午, 下午 ...: the half, kUnsaid where there is none.
Half HalfOfHanWord(const LexedText& text, size_t i) {
  if (!text.touches(i + 1)) return Half::kUnsaid;
  const std::string_view word = text.written(i, 2);
  for (const std::string_view morning : {"上午", "早上", "早晨", "凌晨"}) {
    if (word == morning) return Half::kMorning;
  }
  for (const std::string_view afternoon : {"下午", "晚上", "中午"}) {
    if (word == afternoon) return Half::kAfternoon;
  }
  return Half::kUnsaid;
}

// 3点, 3点半, 15时30分, 10:30. Without 上午 or the like before it, 3点 alone
// may be three points, 3时 "when it is 3".
Reading ReadHanClock(const LexedText& text, size_t i, Half half) {
  const ClockMark mark = ReadClock(text, i);
  if (mark.tokens > 0) return FoundTime(mark.clock, half, mark.tokens);
  const HanWhole hour = ReadHanWhole(text, i);
  const size_t sign = i + hour.tokens;
  if (hour.tokens == 0 || !(text.Is(sign, kPoint) || text.Is(sign, kHour))) {
    return NothingIn(1);
  }
  Clock clock{.hour = hour.value};
  size_t end = sign + 1;
  const HanWhole minute = ReadHanWhole(text, end);
  if (minute.tokens > 0 && text.Is(end + minute.tokens, kHanPart) &&
      !text.Is(end + minute.tokens + 1, kHanOf)) {
    clock.minute = minute.value;
    end += minute.tokens + 1;
  } else if (text.Is(end, kHanHalf)) {
    clock.minute = 30;
    ++end;
  } else if (text.Is(end, kSharp)) {
    ++end;
  } else if (half == Half::kUnsaid &&
             !(text.Is(sign, kHour) && i > 0 && text.Is(i - 1, kDay))) {
    return NothingIn(1);  // 等于 0 时: when it is 0. But 21日15时.
  }
  return FoundTime(clock, half, end - i);
}

}  // namespace

Reading ReadDate(const LexedText& text, size_t i) {
  if (IsMonth(text, i)) return ReadMonthFirst(text, i);
  if (text.language() == LexemeLanguage::kChinese) {
    Reading reading = ReadHanDate(text, i);
    if (reading.found) return reading;
  }
  if (text.Is(i, kMixed)) return ReadDayFirst(text, i);
  if (!text.Is(i, kDigits)) return NothingIn(1);
  const Reading reading = ReadNumericDate(text, i);
  return reading.found ? reading : ReadDayFirst(text, i);
}

Reading ReadTime(const LexedText& text, size_t i) {
  if (text.Is(i, kMixed)) return ReadJoinedTime(text, i);
  if (text.language() != LexemeLanguage::kChinese) {
    return text.Is(i, kDigits) ? ReadWesternTime(text, i) : NothingIn(1);
  }
  if (text.Is(i, kHanDay)) {
    const Half half = HalfOfHanWord(text, i);
    if (half == Half::kUnsaid) return NothingIn(1);
    Reading reading = ReadHanClock(text, i + 2, half);
    if (reading.found) reading.tokens += 2;
    return reading;
  }
  return ReadHanClock(text, i, Half::kUnsaid);
}

}  // namespace tercet
