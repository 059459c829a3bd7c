// The settings of tercetd: one table for flags, environment, file and help.
#ifndef TERCET_SERVICE_SERVER_SETTINGS_H_
#define TERCET_SERVICE_SERVER_SETTINGS_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

enum class SettingType : uint8_t { kText, kInteger, kBoolean };

// Views live for ever.
struct Setting {
  std::string_view key;  // As in the file, e.g. `log_format`.
  SettingType type = SettingType::kText;
  std::string_view value_name;     // For the help, e.g. `DIR`.
  std::string_view help;           // Lines of a file's comment.
  std::string_view default_value;  // Empty: found out when needed.
};

// All, in the order in which they are shown.
std::span<const Setting> AllSettings();

// Null when there is none of that name.
const Setting* FindSetting(std::string_view key);

std::vector<std::string> SettingKeys();

std::string FlagName(const Setting& setting);         // `--log-format`
std::string EnvironmentName(const Setting& setting);  // `TERCET_LOG_FORMAT`

// A value as it was given, and by whom.
struct SettingValue {
  std::string text;
  std::string origin;  // E.g. `line 3 of /etc/tercet/tercet.toml`.
};

// Some of the settings, by key.
using SettingValues = std::map<std::string, SettingValue, std::less<>>;

}  // namespace tercet

#endif  // TERCET_SERVICE_SERVER_SETTINGS_H_
