#include "service/text/date_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "fmt/format.h"
#include "service/text/lexeme.h"
#include "service/text/tokenize.h"

namespace tercet {
namespace {

using std::string_view;
using Names = std::array<string_view, 12>;

constexpr Names kEnglish = {"January",   "February", "March",    "April",
                            "May",       "June",     "July",     "August",
                            "September", "October",  "November", "December"};
// As news agencies shorten them.
constexpr Names kEnglishShort = {"Jan.",  "Feb.", "March", "April",
                                 "May",   "June", "July",  "Aug.",
                                 "Sept.", "Oct.", "Nov.",  "Dec."};
constexpr Names kSpanish = {"enero",      "febrero", "marzo",     "abril",
                            "mayo",       "junio",   "julio",     "agosto",
                            "septiembre", "octubre", "noviembre", "diciembre"};

int ToInt(string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// The parts of a value: `2008-11-21`, `--11-21`, `---21`; 0 for none.
struct DateParts {
  int year = 0;
  int month = 0;
  int day = 0;
};

DateParts Split(string_view value) {
  DateParts parts;
  if (value.starts_with("---")) {
    parts.day = ToInt(value.substr(3));
    return parts;
  }
  if (value.starts_with("--")) {
    value.remove_prefix(2);
  } else {
    parts.year = ToInt(value.substr(0, 4));
    value.remove_prefix(std::min<size_t>(5, value.size()));
  }
  parts.month = ToInt(value.substr(0, 2));
  if (value.size() > 3) parts.day = ToInt(value.substr(3));
  return parts;
}

// The name of a month in the style of another one; empty in doubt.
std::string MonthName(int month, string_view model, bool stop,
                      LexemeLanguage language) {
  const auto i = static_cast<size_t>(month - 1);
  if (language == LexemeLanguage::kSpanish) {
    std::string name(kSpanish[i]);
    const bool full = std::ranges::find(kSpanish, model) != kSpanish.end();
    return full ? name : "";
  }
  if (std::ranges::find(kEnglish, model) != kEnglish.end()) {
    return std::string(kEnglish[i]);
  }
  const bool agency =
      stop && std::ranges::find(kEnglishShort, std::string(model) + ".") !=
                  kEnglishShort.end();
  return agency ? std::string(kEnglishShort[i]) : "";
}

std::string Digits(int value, string_view model) {
  const bool padded = model.size() == 2 && model[0] == '0';
  return padded ? fmt::format("{:02}", value) : std::to_string(value);
}

bool IsAllDigits(string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Rewrites a date token by token; what is between stays.
class DateRewriter {
 public:
  DateRewriter(const WritingModel& model, string_view value)
      : model_(model),
        tokens_(Tokenize(model.written)),
        lexed_(model.written, tokens_, model.language),
        old_(Split(model.value)),
        new_(Split(value)) {}

  std::optional<std::string> Run() {
    std::string text;
    size_t end = 0;
    for (size_t i = 0; i < tokens_.size(); ++i) {
      text += model_.written.substr(end, tokens_[i].begin - end);
      end = tokens_[i].end;
      switch (lexed_.role(i)) {
        case Role::kMonth:
        case Role::kMonthShort: {
          const bool stop =
              lexed_.Is(i + 1, Role::kStop) && lexed_.touches(i + 1);
          const std::string name =
              MonthName(new_.month, lexed_.written(i), stop, lexed_.language());
          if (name.empty()) return std::nullopt;
          text += name;
          if (stop) end = tokens_[++i].end;
          break;
        }
        case Role::kDigits: {
          const std::optional<int> number = Replacement(i);
          if (!number.has_value()) return std::nullopt;
          text += Digits(*number, lexed_.written(i));
          break;
        }
        case Role::kMixed: {
          const std::string old_day = std::to_string(old_.day);
          const std::string new_day = std::to_string(new_.day);
          const auto ordinal =
              WriteNumberLike({lexed_.written(i), old_day, model_.language},
                              {new_day, new_day});
          if (!ordinal.has_value()) return std::nullopt;
          text += *ordinal;
          break;
        }
        case Role::kHanDigit:
        case Role::kHanUnit:
        case Role::kHanTens:
        case Role::kAddress:
          return std::nullopt;
        default:
          text += lexed_.written(i);
      }
    }
    return text;
  }

 private:
  bool HasMonthName() const {
    for (size_t i = 0; i < tokens_.size(); ++i) {
      if (lexed_.Is(i, Role::kMonth) || lexed_.Is(i, Role::kMonthShort)) {
        return true;
      }
    }
    return false;
  }

  // What takes the place of the digits at `i`.
  std::optional<int> Replacement(size_t i) const {
    const string_view digits = lexed_.written(i);
    if (!IsAllDigits(digits)) return std::nullopt;
    switch (lexed_.role(i + 1)) {
      case Role::kYear:
        return new_.year;
      case Role::kMonthSign:
        return new_.month;
      case Role::kDay:
      case Role::kDayCount:
        return new_.day;
      default:
        break;
    }
    const int number = ToInt(digits);
    if (digits.size() == 4) {
      return number == old_.year ? std::optional(new_.year) : std::nullopt;
    }
    const bool has_name = HasMonthName();
    if (has_name) {
      return number == old_.day ? std::optional(new_.day) : std::nullopt;
    }
    // 21/11/2008: told apart by the value, when that can be.
    if (old_.day == old_.month) return std::nullopt;
    if (number == old_.day) return new_.day;
    if (number == old_.month) return new_.month;
    return std::nullopt;
  }

  const WritingModel& model_;
  const std::vector<TokenSpan> tokens_;
  const LexedText lexed_;
  const DateParts old_;
  const DateParts new_;
};

// T10:30, T10:30:15.
struct Clock {
  int hour = 0;
  int minute = 0;
  bool has_seconds = false;
};

Clock SplitTime(string_view value) {
  return {.hour = ToInt(value.substr(1, 2)),
          .minute = ToInt(value.substr(4, 2)),
          .has_seconds = value.size() > 6};
}

// a.m. for p.m., in the same letters.
std::string OtherHalf(string_view mark, bool afternoon) {
  std::string text(mark);
  for (char& c : text) {
    if (c == 'a' || c == 'p') c = afternoon ? 'p' : 'a';
    if (c == 'A' || c == 'P') c = afternoon ? 'P' : 'A';
  }
  return text;
}

// 10:30, 10:30 a.m., 3 p.m., 3pm.
std::optional<std::string> WriteWesternTime(const WritingModel& model,
                                            const Clock& clock) {
  const string_view written = model.written;
  const size_t clock_end =
      std::min(written.find_first_not_of("0123456789:"), written.size());
  const string_view digits = written.substr(0, clock_end);
  const string_view rest = written.substr(clock_end);
  constexpr std::array<string_view, 8> kHalves = {
      "am", "pm", "AM", "PM", "a.m.", "p.m.", "a. m.", "p. m."};
  const size_t mark = std::min(rest.find_first_not_of(' '), rest.size());
  const bool has_half =
      std::ranges::find(kHalves, rest.substr(mark)) != kHalves.end();
  if (digits.empty() || (!rest.empty() && !has_half)) return std::nullopt;
  const bool has_minutes = digits.find(':') != string_view::npos;
  const bool padded = digits.size() > 1 && digits[0] == '0';
  int hour = clock.hour;
  if (has_half) hour = hour % 12 == 0 ? 12 : hour % 12;
  std::string text = padded ? fmt::format("{:02}", hour) : std::to_string(hour);
  if (has_minutes || clock.minute != 0) {
    text += fmt::format(":{:02}", clock.minute);
  }
  text += rest.substr(0, mark);
  return text + OtherHalf(rest.substr(mark), clock.hour >= 12);
}

// 下午3点, 上午10点30分, 15时30分.
std::optional<std::string> WriteHanTime(const WritingModel& model,
                                        const Clock& clock) {
  string_view written = model.written;
  const size_t begin = written.find_first_of("0123456789");
  if (begin == string_view::npos) return std::nullopt;
  const string_view half = written.substr(0, begin);
  written.remove_prefix(begin);
  const size_t hour_end =
      std::min(written.find_first_not_of("0123456789"), written.size());
  written.remove_prefix(hour_end);
  std::string text;
  int hour = clock.hour;
  if (!half.empty()) {
    text = clock.hour < 6    ? "凌晨"
           : clock.hour < 12 ? "上午"
           : clock.hour < 18 ? "下午"
                             : "晚上";
    hour = hour > 12 ? hour - 12 : hour;
  }
  text += std::to_string(hour);
  for (const string_view colon : {":", "："}) {
    if (!written.starts_with(colon)) continue;
    return text + fmt::format("{}{:02}", colon, clock.minute);
  }
  for (const string_view sign : {"点", "點", "时", "時"}) {
    if (!written.starts_with(sign)) continue;
    text += sign;
    return clock.minute == 0 ? text
                             : text + fmt::format("{:02}分", clock.minute);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> WriteDateLike(const WritingModel& model,
                                         string_view value) {
  return DateRewriter(model, value).Run();
}

std::optional<std::string> WriteTimeLike(const WritingModel& model,
                                         string_view value) {
  const Clock clock = SplitTime(value);
  if (clock.has_seconds || SplitTime(model.value).has_seconds) {
    return std::nullopt;
  }
  return model.language == "zh" ? WriteHanTime(model, clock)
                                : WriteWesternTime(model, clock);
}

}  // namespace tercet
