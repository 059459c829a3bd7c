#include "service/ops/log.h"

#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "fmt/chrono.h"
#include "fmt/format.h"
#include "spdlog/logger.h"
#include "spdlog/sinks/base_sink.h"
#include "spdlog/sinks/stdout_sinks.h"

namespace tercet {
namespace {

constexpr std::array<std::string_view, 5> kLevelNames = {
    "debug", "info", "warning", "error", "off"};

// 2026-04-17T08:15:00.123Z
std::string FormatTime(int64_t micros) {
  const std::chrono::sys_time<std::chrono::microseconds> time{
      std::chrono::microseconds(micros)};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format(
      "{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
      fmt::gmtime(std::chrono::system_clock::to_time_t(
          std::chrono::time_point_cast<std::chrono::system_clock::duration>(
              seconds))),
      (time - seconds).count() / 1000);
}

nlohmann::ordered_json ToJson(const LogField& field) {
  return std::visit(
      [](const auto& value) -> nlohmann::ordered_json { return value; },
      field.value);
}

// One line whatever is in `json`: control characters are escaped, and what is
// not UTF-8 is replaced.
std::string Dump(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace);
}

// Whether a text needs no quotes to be read back by people and tools.
bool IsPlain(std::string_view text) {
  constexpr std::string_view kSpecial = " \"=\\";
  for (unsigned char byte : text) {
    if (byte <= 0x20 || byte >= 0x7F || kSpecial.find(byte) != kSpecial.npos) {
      return false;
    }
  }
  return !text.empty();
}

std::string FormatValue(const LogField& field) {
  const auto* text = std::get_if<std::string_view>(&field.value);
  if (text != nullptr && IsPlain(*text)) return std::string(*text);
  return Dump(ToJson(field));
}

std::string FormatText(std::string_view time, std::string_view level,
                       std::string_view event,
                       std::initializer_list<LogField> fields) {
  std::string line = fmt::format("{} {} {}", time, level, event);
  for (const LogField& field : fields) {
    line += fmt::format(" {}={}", field.key, FormatValue(field));
  }
  return line;
}

std::string FormatJson(std::string_view time, std::string_view level,
                       std::string_view event,
                       std::initializer_list<LogField> fields) {
  nlohmann::ordered_json line = {
      {"time", time}, {"level", level}, {"event", event}};
  for (const LogField& field : fields) {
    line[std::string(field.key)] = ToJson(field);
  }
  return Dump(line);
}

// Hands lines to a function.
class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit FunctionSink(std::function<void(std::string_view)> function)
      : function_(std::move(function)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    function_({message.payload.data(), message.payload.size()});
  }
  void flush_() override {}

  const std::function<void(std::string_view)> function_;
};

spdlog::sink_ptr MakeSink(const LogOptions& options) {
  if (options.sink != nullptr) {
    return std::make_shared<FunctionSink>(options.sink);
  }
  return std::make_shared<spdlog::sinks::stderr_sink_mt>();
}

}  // namespace

std::optional<LogLevel> LogLevelFromName(std::string_view name) {
  for (size_t i = 0; i < kLevelNames.size(); ++i) {
    if (kLevelNames[i] == name) return static_cast<LogLevel>(i);
  }
  return std::nullopt;
}

std::optional<LogFormat> LogFormatFromName(std::string_view name) {
  if (name == "text") return LogFormat::kText;
  if (name == "json") return LogFormat::kJson;
  return std::nullopt;
}

struct Logger::Sink {
  explicit Sink(const LogOptions& options)
      : logger("tercet", MakeSink(options)) {
    logger.set_pattern("%v");
    logger.flush_on(spdlog::level::trace);
  }

  spdlog::logger logger;
};

Logger::Logger(LogOptions options)
    : options_(std::move(options)), sink_(std::make_unique<Sink>(options_)) {}

Logger::~Logger() = default;

bool Logger::Enabled(LogLevel level) const {
  return level >= options_.level && level != LogLevel::kOff;
}

void Logger::Log(LogLevel level, std::string_view event,
                 std::initializer_list<LogField> fields) {
  if (!Enabled(level)) return;
  const std::string time = FormatTime(options_.clock->NowMicros());
  const std::string_view level_name = kLevelNames[static_cast<size_t>(level)];
  const std::string line = options_.format == LogFormat::kJson
                               ? FormatJson(time, level_name, event, fields)
                               : FormatText(time, level_name, event, fields);
  sink_->logger.log(spdlog::level::info,
                    spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace tercet
