#include "service/server/config.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/server/config_file.h"
#include "service/server/version.h"

namespace tercet {
namespace {

using Environment =
    std::function<std::optional<std::string>(const std::string&)>;

Status ConfigError(std::string_view message) {
  return MakeError(StatusCode::kInvalidArgument, message,
                   {.reason = "CONFIG_INVALID"});
}

Status ValueError(std::string_view key, const SettingValue& value,
                  std::string_view what) {
  return ConfigError(fmt::format("{}: {} must be {}, not '{}'", value.origin,
                                 key, what, value.text));
}

// $`variable`, else $HOME/`below_home`; nullopt where there is no home.
std::optional<std::string> UserDirectory(const Environment& environment,
                                         const std::string& variable,
                                         const std::string& below_home) {
  const std::string directory = environment(variable).value_or("");
  if (!directory.empty()) return directory;
  const std::string home = environment("HOME").value_or("");
  if (home.empty()) return std::nullopt;
  return fmt::format("{}/{}", home, below_home);
}

std::vector<std::string> DefaultFiles(const Environment& environment) {
  std::vector<std::string> files;
  if (const std::optional<std::string> user =
          UserDirectory(environment, "XDG_CONFIG_HOME", ".config")) {
    files.push_back(*user + "/tercet/tercetd.toml");
  }
  files.emplace_back("/etc/tercet/tercet.toml");
  return files;
}

// The path of the file to read; empty: there is none.
std::string ChooseFile(const CommandLine& command_line,
                       const ConfigSources& sources) {
  if (!command_line.config_path.empty()) return command_line.config_path;
  std::string named = sources.environment("TERCET_CONFIG").value_or("");
  if (!named.empty()) return named;
  for (std::string& file :
       sources.default_files.value_or(DefaultFiles(sources.environment))) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) return std::move(file);
  }
  return "";
}

SettingValues DefaultValues(const Environment& environment) {
  SettingValues values;
  for (const Setting& setting : AllSettings()) {
    values[std::string(setting.key)] = {
        .text = std::string(setting.default_value), .origin = "default"};
  }
  if (const std::optional<std::string> user =
          UserDirectory(environment, "XDG_DATA_HOME", ".local/share")) {
    values["data"].text = *user + "/tercet";
  }
  return values;
}

SettingValues EnvironmentValues(const Environment& environment) {
  SettingValues values;
  for (const Setting& setting : AllSettings()) {
    const std::string name = EnvironmentName(setting);
    std::string text = environment(name).value_or("");
    if (text.empty()) continue;
    values[std::string(setting.key)] = {.text = std::move(text),
                                        .origin = "environment, " + name};
  }
  return values;
}

void Override(const SettingValues& by, SettingValues& values) {
  for (const auto& [key, value] : by) values[key] = value;
}

struct IntegerRange {
  int min = 0;
  int max = 0;
};

StatusOr<int> ParseInteger(const SettingValues& values, std::string_view key,
                           IntegerRange range) {
  const SettingValue& value = values.find(key)->second;
  const char* end = value.text.data() + value.text.size();
  int number = 0;
  const auto [rest, error] = std::from_chars(value.text.data(), end, number);
  if (error != std::errc() || rest != end || number < range.min ||
      number > range.max) {
    return ValueError(key, value,
                      fmt::format("{} to {}", range.min, range.max));
  }
  return number;
}

StatusOr<bool> ParseBoolean(const SettingValues& values, std::string_view key) {
  const SettingValue& value = values.find(key)->second;
  if (value.text == "true") return true;
  if (value.text == "false") return false;
  return ValueError(key, value, "true or false");
}

StatusOr<std::string> ParseData(const SettingValues& values) {
  const SettingValue& value = values.find("data")->second;
  if (!value.text.empty()) return value.text;
  return ConfigError(
      "no data directory is given, and there is no home directory to put one "
      "in: give one with --data DIR");
}

// Whether `address` is HOST:PORT.
bool IsHostAndPort(std::string_view address) {
  const size_t colon = address.rfind(':');
  const std::string_view port =
      colon == address.npos ? "" : address.substr(colon + 1);
  int number = -1;
  const auto [rest, error] =
      std::from_chars(port.data(), port.data() + port.size(), number);
  return error == std::errc() && rest == port.data() + port.size() &&
         colon != 0 && number >= 0 && number <= 65535;
}

StatusOr<std::string> ParseListen(const SettingValues& values) {
  const SettingValue& value = values.find("listen")->second;
  const std::string_view address = value.text;
  if (address.starts_with("unix:")) return value.text;
  if (!IsHostAndPort(address)) {
    return ValueError("listen", value, "HOST:PORT or unix:PATH");
  }
  return value.text;
}

StatusOr<HttpOptions> ParseHttp(const SettingValues& values) {
  using Who = http::WriteRule::Who;
  HttpOptions options;
  const SettingValue& listen = values.find("http_listen")->second;
  if (listen.text != "none" && !IsHostAndPort(listen.text)) {
    return ValueError("http_listen", listen, "HOST:PORT or none");
  }
  options.listen = listen.text;
  const SettingValue& writes = values.find("http_writes")->second;
  options.writes.token = values.find("http_token")->second.text;
  options.writes.memory = values.find("http_memory")->second.text;
  if (writes.text == "everybody") {
    options.writes.who = Who::kEverybody;
  } else if (writes.text == "token") {
    options.writes.who = Who::kTokenHolders;
  } else if (writes.text != "nobody") {
    return ValueError("http_writes", writes, "nobody, token or everybody");
  }
  if (options.writes.who == Who::kTokenHolders &&
      options.writes.token.empty()) {
    return ConfigError(
        "http_writes is token, but there is no http_token: set "
        "TERCET_HTTP_TOKEN");
  }
  std::string_view origins = values.find("http_allowed_origins")->second.text;
  while (!origins.empty()) {
    const std::string_view origin = origins.substr(0, origins.find(','));
    if (!origin.empty()) options.allowed_origins.emplace_back(origin);
    origins.remove_prefix(std::min(origins.size(), origin.size() + 1));
  }
  return options;
}

StatusOr<LogOptions> ParseLog(const SettingValues& values) {
  const SettingValue& format = values.find("log_format")->second;
  const SettingValue& level = values.find("log_level")->second;
  LogOptions log;
  if (!LogFormatFromName(format.text).has_value()) {
    return ValueError("log_format", format, "text or json");
  }
  log.format = *LogFormatFromName(format.text);
  if (!LogLevelFromName(level.text).has_value()) {
    return ValueError("log_level", level, "debug, info, warning, error or off");
  }
  log.level = *LogLevelFromName(level.text);
  return log;
}

// The comment's lines, each behind its `# `.
std::string Comment(std::string_view text) {
  std::string comment = "# ";
  for (char c : text) {
    comment += c;
    if (c == '\n') comment += "# ";
  }
  return comment + '\n';
}

}  // namespace

std::optional<std::string> ProcessEnvironment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

StatusOr<SettingValues> CollectSettings(const CommandLine& command_line,
                                        const ConfigSources& sources) {
  SettingValues values = DefaultValues(sources.environment);
  if (const std::string path = ChooseFile(command_line, sources);
      !path.empty()) {
    ASSIGN_OR_RETURN(const SettingValues file, ReadConfigFile(path));
    Override(file, values);
  }
  Override(EnvironmentValues(sources.environment), values);
  Override(command_line.values, values);
  return values;
}

StatusOr<Config> ParseConfig(const SettingValues& values) {
  Config config;
  ASSIGN_OR_RETURN(config.service.data, ParseData(values));
  ASSIGN_OR_RETURN(config.service.listen, ParseListen(values));
  ASSIGN_OR_RETURN(config.service.http, ParseHttp(values));
  ASSIGN_OR_RETURN(config.log, ParseLog(values));
  ASSIGN_OR_RETURN(config.service.max_threads,
                   ParseInteger(values, "max_threads", {8, 10'000}));
  ASSIGN_OR_RETURN(config.service.drain_seconds,
                   ParseInteger(values, "drain_seconds", {0, 3600}));
  ASSIGN_OR_RETURN(config.service.sync_writes,
                   ParseBoolean(values, "sync_writes"));
  ASSIGN_OR_RETURN(config.service.snapshot_changes,
                   ParseInteger(values, "snapshot_changes", {100, 1'000'000}));
  return config;
}

std::string PrintConfig(const SettingValues& values) {
  std::string text = fmt::format(
      "# The configuration in force, as tercetd {} understood it.\n",
      Version());
  for (const Setting& setting : AllSettings()) {
    const SettingValue& value = values.find(setting.key)->second;
    text += '\n' + Comment(setting.help) + Comment("From: " + value.origin);
    text +=
        fmt::format("{} = {}\n", setting.key,
                    setting.type == SettingType::kText ? QuoteToml(value.text)
                                                       : value.text);
  }
  return text;
}

}  // namespace tercet
