#include "service/release/release_date.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

#include "service/base/utf8.h"
#include "service/release/plain_text.h"

namespace tercet {
namespace {

constexpr size_t kMaxDateBytes = 512;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
// Of a word, in UTF-8.
bool IsWordByte(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0;
}

struct Month {
  std::string_view name;
  int number;
};

// English and Spanish, in full and as they are shortened.
constexpr std::array<Month, 42> kMonths = {{
    {"january", 1},    {"jan", 1},        {"enero", 1},     {"ene", 1},
    {"february", 2},   {"feb", 2},        {"febrero", 2},   {"march", 3},
    {"mar", 3},        {"marzo", 3},      {"april", 4},     {"apr", 4},
    {"abril", 4},      {"abr", 4},        {"may", 5},       {"mayo", 5},
    {"june", 6},       {"jun", 6},        {"junio", 6},     {"july", 7},
    {"jul", 7},        {"julio", 7},      {"august", 8},    {"aug", 8},
    {"agosto", 8},     {"ago", 8},        {"september", 9}, {"sept", 9},
    {"sep", 9},        {"septiembre", 9}, {"setiembre", 9}, {"set", 9},
    {"october", 10},   {"oct", 10},       {"octubre", 10},  {"november", 11},
    {"nov", 11},       {"noviembre", 11}, {"december", 12}, {"dec", 12},
    {"diciembre", 12}, {"dic", 12},
}};

int MonthOf(std::string_view word) {
  for (const Month& month : kMonths) {
    if (month.name == word) return month.number;
  }
  return 0;
}

bool IsRealDay(const CivilDate& date) {
  static constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30,
                                                31, 31, 30, 31, 30, 31};
  if (date.month < 1 || date.month > 12 || date.day < 1) return false;
  if (date.day > kDays[static_cast<size_t>(date.month - 1)]) return false;
  const int y = date.year;
  const bool leap = y == 0 || (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
  return leap || date.month != 2 || date.day < 29;
}

bool IsYear(int year) { return year >= 1900 && year <= 2199; }

// Reads a date from a place on; each function returns whether it could, and
// moves the place only then.
class Scanner {
 public:
  Scanner(std::string_view text, size_t at) : text_(text), at_(at) {}

  size_t at() const { return at_; }

  bool Take(std::string_view what) {
    if (!text_.substr(at_).starts_with(what)) return false;
    at_ += what.size();
    return true;
  }

  bool TakeAny(std::string_view marks) {
    if (at_ == text_.size() || marks.find(text_[at_]) == marks.npos) {
      return false;
    }
    ++at_;
    return true;
  }

  void SkipSpaces() {
    while (Take(" ") || Take("\u00A0")) {
    }
  }

  // A whole run of digits; 0 where there is none or it is longer.
  int TakeNumber(size_t most_digits) {
    size_t end = at_;
    while (end < text_.size() && IsDigit(text_[end])) ++end;
    if (end == at_ || end - at_ > most_digits) return 0;
    int number = 0;
    for (; at_ < end; ++at_) number = number * 10 + (text_[at_] - '0');
    return number;
  }

  int TakeMonthName() {
    size_t end = at_;
    while (end < text_.size() && IsWordByte(text_[end])) ++end;
    const int month = MonthOf(text_.substr(at_, end - at_));
    if (month == 0) return 0;
    at_ = end;
    Take(".");
    return month;
  }

  // `, 2008`, ` de 2008`; 0 where none follows.
  int TakeYearAfter() {
    const size_t before = at_;
    SkipSpaces();
    if (!Take("de ") && !Take("del ")) Take(",");
    SkipSpaces();
    const int year = TakeNumber(4);
    if (IsYear(year)) return year;
    at_ = before;
    return 0;
  }

 private:
  std::string_view text_;
  size_t at_;
};

std::optional<FoundDate> Accept(const CivilDate& date, size_t begin,
                                const Scanner& scanner) {
  if (!IsRealDay(date)) return std::nullopt;
  return FoundDate{date, begin, scanner.at()};
}

// `2008-11-21`, `2008/11/21`, `2008年11月21日`.
std::optional<FoundDate> YearFirst(std::string_view text, size_t begin) {
  Scanner s(text, begin);
  CivilDate date;
  date.year = s.TakeNumber(4);
  if (!IsYear(date.year)) return std::nullopt;
  if (s.Take("年")) {
    s.SkipSpaces();
    date.month = s.TakeNumber(2);
    s.SkipSpaces();
    if (!s.Take("月")) return std::nullopt;
    s.SkipSpaces();
    date.day = s.TakeNumber(2);
    s.SkipSpaces();
    if (!s.Take("日") && !s.Take("号") && !s.Take("號")) return std::nullopt;
    return Accept(date, begin, s);
  }
  if (!s.TakeAny("-/.")) return std::nullopt;
  date.month = s.TakeNumber(2);
  if (!s.TakeAny("-/.")) return std::nullopt;
  date.day = s.TakeNumber(2);
  return Accept(date, begin, s);
}

// `20081121`.
std::optional<FoundDate> Compact(std::string_view text, size_t begin) {
  Scanner s(text, begin);
  const int number = s.TakeNumber(8);
  const CivilDate date = {number / 10000, number / 100 % 100, number % 100};
  if (!IsYear(date.year)) return std::nullopt;
  return Accept(date, begin, s);
}

// `11月21日`.
std::optional<FoundDate> ChineseWithoutYear(std::string_view text,
                                            size_t begin) {
  Scanner s(text, begin);
  CivilDate date;
  date.month = s.TakeNumber(2);
  if (!s.Take("月")) return std::nullopt;
  date.day = s.TakeNumber(2);
  if (!s.Take("日") && !s.Take("号") && !s.Take("號")) return std::nullopt;
  return Accept(date, begin, s);
}

// `21 November 2008`, `21 de noviembre de 2008`, `21 nov`.
std::optional<FoundDate> DayFirst(std::string_view text, size_t begin) {
  Scanner s(text, begin);
  CivilDate date;
  date.day = s.TakeNumber(2);
  if (date.day == 0) return std::nullopt;
  if (!s.Take("st") && !s.Take("nd") && !s.Take("rd")) s.Take("th");
  s.SkipSpaces();
  s.Take("de ");
  s.Take("of ");
  date.month = s.TakeMonthName();
  if (date.month == 0) return std::nullopt;
  date.year = s.TakeYearAfter();
  return Accept(date, begin, s);
}

// `Nov. 21, 2008`.
std::optional<FoundDate> MonthFirst(std::string_view text, size_t begin) {
  Scanner s(text, begin);
  CivilDate date;
  date.month = s.TakeMonthName();
  if (date.month == 0) return std::nullopt;
  s.SkipSpaces();
  date.day = s.TakeNumber(2);
  if (date.day == 0) return std::nullopt;
  if (!s.Take("st") && !s.Take("nd") && !s.Take("rd")) s.Take("th");
  date.year = s.TakeYearAfter();
  return Accept(date, begin, s);
}

// `11/22/08`, `22/11/2008`, `22.11.2008`.
std::optional<FoundDate> NumbersOnly(std::string_view text, size_t begin,
                                     std::string_view language) {
  Scanner s(text, begin);
  const int first = s.TakeNumber(2);
  const bool dotted =
      begin + 2 < text.size() && text.substr(begin, 3).find('.') != text.npos;
  if (first == 0 || !s.TakeAny("/-.")) return std::nullopt;
  const int second = s.TakeNumber(2);
  if (second == 0 || !s.TakeAny("/-.")) return std::nullopt;
  const size_t year_at = s.at();
  int year = s.TakeNumber(4);
  const size_t year_digits = s.at() - year_at;
  if (year_digits == 2) year += year < 70 ? 2000 : 1900;
  // `2.6.26` is a version of something.
  if (year_digits < 4 && dotted) return std::nullopt;
  if (year_digits == 3 || !IsYear(year)) return std::nullopt;
  const CivilDate month_first = {year, first, second};
  const CivilDate day_first = {year, second, first};
  const bool english = language.empty() || language.starts_with("en");
  const auto [wanted, other] = english ? std::pair(month_first, day_first)
                                       : std::pair(day_first, month_first);
  return Accept(IsRealDay(wanted) ? wanted : other, begin, s);
}

std::optional<FoundDate> DateAt(std::string_view text, size_t at,
                                std::string_view language) {
  if (!IsDigit(text[at])) return MonthFirst(text, at);
  if (const auto found = YearFirst(text, at)) return found;
  if (const auto found = Compact(text, at)) return found;
  if (const auto found = ChineseWithoutYear(text, at)) return found;
  if (const auto found = DayFirst(text, at)) return found;
  return NumbersOnly(text, at, language);
}

// Words that stand beside dates in lines of dates.
bool IsDateWord(std::string_view word) {
  static constexpr std::array<std::string_view, 40> kWords = {
      "updated",   "published", "posted",      "date",      "release",
      "released",  "time",      "last",        "on",        "at",
      "gmt",       "utc",       "bjt",         "beijing",   "am",
      "pm",        "monday",    "tuesday",     "wednesday", "thursday",
      "friday",    "saturday",  "sunday",      "lunes",     "martes",
      "miércoles", "jueves",    "viernes",     "sábado",    "domingo",
      "publicado", "el",        "actualizado", "fecha",     "hora",
      "a",         "las",       "de",          "h",         "t"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::string WithoutChineseDateWords(std::string text) {
  for (const std::string_view word :
       {"发布时间", "发表时间", "更新时间", "發布時間", "发布", "日期", "时间",
        "時間",     "星期",     "一",       "二",       "三",   "四",   "五",
        "六",       "：",       "（",       "）",       "　",   "北京"}) {
    size_t at = 0;
    while ((at = text.find(word, at)) != std::string::npos) {
      text.replace(at, word.size(), " ");
    }
  }
  return text;
}

}  // namespace

std::optional<FoundDate> FindDate(std::string_view text,
                                  std::string_view language) {
  const std::string lower = ToLower(TruncateUtf8(text, kMaxDateBytes));
  for (size_t at = 0; at < lower.size(); ++at) {
    const bool digit = IsDigit(lower[at]);
    if (!digit && std::isalpha(static_cast<unsigned char>(lower[at])) == 0) {
      continue;
    }
    if (at > 0 && digit && IsDigit(lower[at - 1])) continue;
    if (at > 0 && !digit && IsWordByte(lower[at - 1])) continue;
    if (const auto found = DateAt(lower, at, language)) return found;
  }
  return std::nullopt;
}

bool IsDateLine(std::string_view text, std::string_view language) {
  if (text.size() > 120) return false;
  const std::optional<FoundDate> found = FindDate(text, language);
  if (!found.has_value() || found->date.year == 0) return false;
  std::string rest = ToLower(text);
  rest.replace(found->begin, found->end - found->begin, " ");
  rest = WithoutChineseDateWords(rest);
  std::string word;
  for (const char c : rest + " ") {
    if (IsWordByte(c)) {
      word.push_back(c);
      continue;
    }
    if (!word.empty() && !IsDateWord(word)) return false;
    word.clear();
  }
  return true;
}

}  // namespace tercet
