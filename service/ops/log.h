// Structured logs: one line an event, a name and key=value fields.
//
//   Logger logger({.level = LogLevel::kInfo});
//   logger.Log(LogLevel::kInfo, "listening", {{"port", 7733}});
//   // 2026-04-17T08:15:00.123Z info listening port=7733
//
// Text of users (segments, queries) is never logged.
#ifndef TERCET_SERVICE_OPS_LOG_H_
#define TERCET_SERVICE_OPS_LOG_H_

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "service/base/clock.h"

namespace tercet {

enum class LogLevel : uint8_t { kDebug, kInfo, kWarning, kError, kOff };

// `debug`, `info`, `warning`, `error`, `off`; nullopt for other names.
std::optional<LogLevel> LogLevelFromName(std::string_view name);

enum class LogFormat : uint8_t {
  kText,  // time level event key=value...
  kJson,  // {"time":...,"level":...,"event":...,"key":value...}
};

// `text`, `json`; nullopt for other names.
std::optional<LogFormat> LogFormatFromName(std::string_view name);

// A fact of an event. Views need to live as long as the call of Log.
struct LogField {
  std::string_view key;  // snake_case, without `time`, `level` and `event`.
  std::variant<std::string_view, int64_t, double, bool> value;
};

struct LogOptions {
  LogLevel level = LogLevel::kInfo;  // Lesser events are dropped.
  LogFormat format = LogFormat::kText;
  const Clock* clock = &SystemClock();  // Must outlive the logger.
  // Where the lines go, each without its line end; empty: stderr. Called by
  // one thread at a time.
  std::function<void(std::string_view line)> sink;
};

// Thread-safe.
class Logger {
 public:
  explicit Logger(LogOptions options);
  ~Logger();
  Logger(const Logger&) = delete;
  Logger& operator=(const Logger&) = delete;

  // Writes one line, unless `level` is too low. `event` is snake_case. A value
  // that is not valid UTF-8 is written with replacement characters.
  void Log(LogLevel level, std::string_view event,
           std::initializer_list<LogField> fields);

  // Whether events of `level` are written.
  bool Enabled(LogLevel level) const;

 private:
  struct Sink;

  const LogOptions options_;
  const std::unique_ptr<Sink> sink_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_OPS_LOG_H_
