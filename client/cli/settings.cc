#include "client/cli/settings.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <memory>
#include <span>
#include <stop_token>
#include <utility>

#include "client/cli/exit_code.h"
#include "client/cli/suggest.h"
#include "client/lib/byte_source.h"

namespace tercet::cli {
namespace {

const std::vector<std::string>& KnownKeys() {
  static const auto* keys =
      new std::vector<std::string>{"server", "data", "from", "to"};
  return *keys;
}

Status WrongType(std::string_view path, std::string_view key,
                 std::string_view wanted) {
  return UsageError(fmt::format("{}: '{}' must be {}", path, key, wanted));
}

Status ReadString(const toml::table& table, std::string_view path,
                  std::string_view key, std::optional<std::string>& value) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return OkStatus();
  value = node->value<std::string>();
  return value.has_value() ? OkStatus() : WrongType(path, key, "a string");
}

Status ReadStrings(const toml::table& table, std::string_view path,
                   std::string_view key, std::vector<std::string>& values) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return OkStatus();
  const toml::array* array = node->as_array();
  if (array == nullptr) return WrongType(path, key, "a list of strings");
  for (const toml::node& element : *array) {
    const auto value = element.value<std::string>();
    if (!value.has_value()) return WrongType(path, key, "a list of strings");
    values.push_back(*value);
  }
  return OkStatus();
}

// Debian's toml++ is built to throw.
StatusOr<toml::table> ParseToml(std::string_view text, std::string_view path) {
  try {
    return toml::parse(text, path);
  } catch (const toml::parse_error& error) {
    return UsageError(fmt::format("{}:{}: {}", path, error.source().begin.line,
                                  error.description()));
  }
}

Status CheckKeys(const toml::table& table, std::string_view path) {
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    const auto& known = KnownKeys();
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return UsageError(fmt::format("{}: unknown key '{}'{}", path, name,
                                  DidYouMean(Closest(name, known))));
  }
  return OkStatus();
}

StatusOr<std::string> ReadAll(client::ByteSource& source) {
  std::string text;
  std::string buffer(16 * 1024, '\0');
  while (true) {
    ASSIGN_OR_RETURN(size_t count, source.Read(buffer, std::stop_token()));
    if (count == 0) return text;
    text.append(buffer, 0, count);
  }
}

bool IsSet(const std::optional<std::string>& variable) {
  return variable.has_value() && !variable->empty();
}

ColorSituation SituationOf(const Environment& environment, bool is_terminal) {
  return {.is_terminal = is_terminal,
          .no_color_set = IsSet(environment.variable("NO_COLOR")),
          .term_is_dumb = environment.variable("TERM") == "dumb"};
}

// Sets server and data from the first place that names either.
Status DecideTarget(const GlobalFlags& flags, const Environment& environment,
                    const ConfigFile& config, Settings& settings) {
  if (flags.server.has_value() && flags.data.has_value()) {
    return UsageError(
        "--server and --data exclude each other: give the one or the other");
  }
  if (flags.server.has_value() || flags.data.has_value()) {
    settings.server = flags.server.value_or("");
    settings.data = flags.data.value_or("");
  } else if (const auto server = environment.variable("TERCET_SERVER");
             IsSet(server)) {
    settings.server = *server;
  } else {
    settings.server = config.server.value_or(kDefaultServer);
    settings.data = config.data.value_or("");
  }
  if (flags.server == "") return UsageError("--server is empty");
  if (flags.data == "") return UsageError("--data is empty");
  return OkStatus();
}

}  // namespace

StatusOr<ConfigFile> ParseConfig(std::string_view toml, std::string_view path) {
  ASSIGN_OR_RETURN(const toml::table table, ParseToml(toml, path));
  RETURN_IF_ERROR(CheckKeys(table, path));
  ConfigFile config;
  RETURN_IF_ERROR(ReadString(table, path, "server", config.server));
  RETURN_IF_ERROR(ReadString(table, path, "data", config.data));
  RETURN_IF_ERROR(ReadString(table, path, "from", config.from));
  RETURN_IF_ERROR(ReadStrings(table, path, "to", config.to));
  if (config.server.has_value() && config.data.has_value()) {
    return UsageError(fmt::format(
        "{}: 'server' and 'data' exclude each other: remove one", path));
  }
  return config;
}

std::optional<std::string> ConfigPath(const Environment& environment) {
  if (const auto base = environment.variable("XDG_CONFIG_HOME"); IsSet(base)) {
    return *base + "/tercet/client.toml";
  }
  if (const auto home = environment.variable("HOME"); IsSet(home)) {
    return *home + "/.config/tercet/client.toml";
  }
  return std::nullopt;
}

StatusOr<ConfigFile> ReadConfig(const Environment& environment) {
  const std::optional<std::string> path = ConfigPath(environment);
  if (!path.has_value()) return ConfigFile();
  const StatusOr<std::unique_ptr<client::ByteSource>> source =
      client::OpenFileSource(*path);
  if (source.status().code() == StatusCode::kNotFound) return ConfigFile();
  RETURN_IF_ERROR(source.status());
  ASSIGN_OR_RETURN(const std::string text, ReadAll(**source));
  return ParseConfig(text, *path);
}

StatusOr<Settings> Decide(const GlobalFlags& flags,
                          const Environment& environment) {
  ASSIGN_OR_RETURN(const ConfigFile config, ReadConfig(environment));
  Settings settings;
  RETURN_IF_ERROR(DecideTarget(flags, environment, config, settings));
  settings.json = flags.json;
  settings.color_out = UseColor(
      flags.color, SituationOf(environment, environment.out_is_terminal));
  settings.color_err = UseColor(
      flags.color, SituationOf(environment, environment.err_is_terminal));
  settings.timeout_seconds = flags.timeout_seconds;
  settings.default_from = config.from;
  settings.default_to = config.to;
  return settings;
}

}  // namespace tercet::cli
