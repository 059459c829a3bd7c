#include "service/server/config_file.h"

#include <fstream>
#include <optional>
#include <utility>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "fmt/format.h"
#include "service/server/did_you_mean.h"

namespace tercet {
namespace {

Status FileError(std::string_view message) {
  return MakeError(StatusCode::kInvalidArgument, message,
                   {.reason = "CONFIG_INVALID"});
}

std::string Place(const toml::source_region& source, const std::string& path) {
  return fmt::format("line {} of {}", source.begin.line, path);
}

std::string_view TypeName(SettingType type) {
  switch (type) {
    case SettingType::kInteger:
      return "a whole number";
    case SettingType::kBoolean:
      return "true or false";
    case SettingType::kText:
      break;
  }
  return "a string in quotes";
}

// The value as a flag would have it; nullopt where it has the wrong type.
std::optional<std::string> ValueText(SettingType type, const toml::node& node) {
  if (type == SettingType::kText && node.is_string()) {
    return node.ref<std::string>();
  }
  if (type == SettingType::kInteger && node.is_integer()) {
    return std::to_string(node.ref<int64_t>());
  }
  if (type == SettingType::kBoolean && node.is_boolean()) {
    return node.ref<bool>() ? "true" : "false";
  }
  return std::nullopt;
}

StatusOr<SettingValue> ReadValue(std::string_view key, const toml::node& node,
                                 const std::string& place) {
  const Setting* setting = FindSetting(key);
  if (setting == nullptr) {
    return FileError(fmt::format("{}: there is no setting '{}'{}", place, key,
                                 DidYouMean(key, SettingKeys())));
  }
  std::optional<std::string> text = ValueText(setting->type, node);
  if (!text.has_value()) {
    return FileError(
        fmt::format("{}: {} must be {}", place, key, TypeName(setting->type)));
  }
  return SettingValue{.text = *std::move(text), .origin = place};
}

}  // namespace

StatusOr<SettingValues> ParseConfigFile(std::string_view content,
                                        const std::string& path) {
  toml::parse_result result = toml::parse(content, path);
  if (!result) {
    return FileError(fmt::format("{}: {}", Place(result.error().source(), path),
                                 result.error().description()));
  }
  SettingValues values;
  for (const auto& [key, node] : result.table()) {
    ASSIGN_OR_RETURN(values[std::string(key.str())],
                     ReadValue(key.str(), node, Place(key.source(), path)));
  }
  return values;
}

StatusOr<SettingValues> ReadConfigFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string content;
  char buffer[4096];
  do {
    file.read(buffer, sizeof(buffer));
    content.append(buffer, static_cast<size_t>(file.gcount()));
  } while (file.good());
  if (!file.eof() || file.bad()) {
    return FileError(fmt::format("cannot read the configuration {}", path));
  }
  return ParseConfigFile(content, path);
}

std::string QuoteToml(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted += fmt::format("\\u{:04X}", byte);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

}  // namespace tercet
