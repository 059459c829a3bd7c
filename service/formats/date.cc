#include "service/formats/date.h"

#include <chrono>

#include "fmt/format.h"

namespace tercet {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int kSecondsPerDay = 24 * 60 * 60;

// The years 1 to 9999.
constexpr int64_t kMinMicros = -62'135'596'800'000'000;
constexpr int64_t kMaxMicros = 253'402'300'799'999'999;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes a date apart from the left.
class DateScanner {
 public:
  explicit DateScanner(std::string_view text) : rest_(text) {}

  bool AtEnd() const { return rest_.empty(); }

  bool Skip(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Exactly `count` digits, with a value of at most `most`.
  std::optional<int> Number(size_t count, int most) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (size_t i = 0; i < count; ++i) {
      if (!IsDigit(rest_[i])) return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    if (value > most) return std::nullopt;
    return value;
  }

  // The digits behind a decimal point, as microseconds; more precise ones are
  // passed over.
  std::optional<int> Micros() {
    if (rest_.empty() || !IsDigit(rest_.front())) return std::nullopt;
    int value = 0;
    for (int unit = kMicrosPerSecond / 10;
         !rest_.empty() && IsDigit(rest_.front()); unit /= 10) {
      value += (rest_.front() - '0') * unit;
      rest_.remove_prefix(1);
    }
    return value;
  }

 private:
  std::string_view rest_;
};

struct TimeOfDay {
  int64_t seconds = 0;
  int64_t micros = 0;
};

// Days since 1970 of `YYYY-MM-DD` or `YYYYMMDD`.
std::optional<int64_t> ScanDay(DateScanner& scanner) {
  const auto year = scanner.Number(4, 9999);
  const bool extended = scanner.Skip('-');
  const auto month = scanner.Number(2, 12);
  if (extended && !scanner.Skip('-')) return std::nullopt;
  const auto day = scanner.Number(2, 31);
  if (!year || *year == 0 || !month || !day) return std::nullopt;

  const std::chrono::year_month_day date{
      std::chrono::year(*year),
      std::chrono::month(static_cast<unsigned>(*month)),
      std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

// `hh:mm[:ss[.fraction]]` or `hhmm[ss[.fraction]]`.
std::optional<TimeOfDay> ScanTime(DateScanner& scanner) {
  const auto hour = scanner.Number(2, 23);
  const bool extended = scanner.Skip(':');
  const auto minute = scanner.Number(2, 59);
  if (!hour || !minute) return std::nullopt;

  TimeOfDay time{.seconds = *hour * 3600 + *minute * 60};
  DateScanner without_seconds = scanner;
  if (!extended || scanner.Skip(':')) {
    // 60 is a leap second: the first of the next minute.
    const auto second = scanner.Number(2, 60);
    if (!second) {
      if (extended) return std::nullopt;
      scanner = without_seconds;
      return time;
    }
    time.seconds += *second;
  }
  if (scanner.Skip('.') || scanner.Skip(',')) {
    const auto micros = scanner.Micros();
    if (!micros) return std::nullopt;
    time.micros = *micros;
  }
  return time;
}

// Seconds east of UTC: `Z`, `+hh:mm`, `-hhmm`, `+hh` or nothing.
std::optional<int64_t> ScanZone(DateScanner& scanner) {
  if (scanner.AtEnd() || scanner.Skip('Z') || scanner.Skip('z')) return 0;
  const bool east = scanner.Skip('+');
  if (!east && !scanner.Skip('-')) return std::nullopt;
  const auto hours = scanner.Number(2, 23);
  if (!hours) return std::nullopt;
  int64_t seconds = *hours * 3600;
  if (!scanner.AtEnd()) {
    scanner.Skip(':');
    const auto minutes = scanner.Number(2, 59);
    if (!minutes) return std::nullopt;
    seconds += *minutes * 60;
  }
  return east ? seconds : -seconds;
}

struct CivilTime {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int64_t hour = 0;
  int64_t minute = 0;
  int64_t second = 0;
  int64_t micros = 0;
};

std::optional<CivilTime> ToCivil(int64_t micros) {
  if (micros < kMinMicros || micros > kMaxMicros) return std::nullopt;
  const auto time = std::chrono::microseconds(micros);
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{std::chrono::sys_days(days)};
  const int64_t rest = (time - days).count();
  const int64_t seconds = rest / kMicrosPerSecond;
  return CivilTime{.year = static_cast<int>(date.year()),
                   .month = static_cast<unsigned>(date.month()),
                   .day = static_cast<unsigned>(date.day()),
                   .hour = seconds / 3600,
                   .minute = seconds / 60 % 60,
                   .second = seconds % 60,
                   .micros = rest % kMicrosPerSecond};
}

}  // namespace

std::optional<int64_t> ParseDate(std::string_view text) {
  DateScanner scanner(text);
  const auto day = ScanDay(scanner);
  if (!day) return std::nullopt;
  const int64_t day_seconds = *day * kSecondsPerDay;
  if (scanner.AtEnd()) return day_seconds * kMicrosPerSecond;

  if (!scanner.Skip('T') && !scanner.Skip('t') && !scanner.Skip(' ')) {
    return std::nullopt;
  }
  const auto time = ScanTime(scanner);
  if (!time) return std::nullopt;
  const auto zone = ScanZone(scanner);
  if (!zone || !scanner.AtEnd()) return std::nullopt;
  return (day_seconds + time->seconds - *zone) * kMicrosPerSecond +
         time->micros;
}

std::optional<std::string> FormatTmxDate(int64_t micros) {
  const auto civil = ToCivil(micros);
  if (!civil) return std::nullopt;
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", civil->year,
                     civil->month, civil->day, civil->hour, civil->minute,
                     civil->second);
}

std::optional<std::string> FormatIsoDate(int64_t micros) {
  const auto civil = ToCivil(micros);
  if (!civil) return std::nullopt;
  std::string date = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
                                 civil->year, civil->month, civil->day,
                                 civil->hour, civil->minute, civil->second);
  if (civil->micros != 0) date += fmt::format(".{:06}", civil->micros);
  return date + "Z";
}

}  // namespace tercet
