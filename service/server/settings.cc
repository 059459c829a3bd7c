#include "service/server/settings.h"

#include <algorithm>

namespace tercet {
namespace {

constexpr Setting kSettings[] = {
    {.key = "data",
     .type = SettingType::kText,
     .value_name = "DIR",
     .help = "Where the translation memories are kept; made when it is "
             "missing.\nWithout it: $XDG_DATA_HOME/tercet, else "
             "~/.local/share/tercet."},
    {.key = "listen",
     .type = SettingType::kText,
     .value_name = "ADDRESS",
     .help = "Where to listen: HOST:PORT or unix:PATH. The server asks nobody "
             "who they\nare, so keep it on loopback, or behind something that "
             "does.",
     .default_value = "127.0.0.1:7733"},
    {.key = "http_listen",
     .type = SettingType::kText,
     .value_name = "ADDRESS",
     .help = "Where to serve HTTP, for browsers and translator tools: "
             "HOST:PORT, or none.\nNobody is asked who they are there either.",
     .default_value = "127.0.0.1:7734"},
    {.key = "http_writes",
     .type = SettingType::kText,
     .value_name = "WHO",
     .help = "Who may write by the translator tools' protocols: nobody, token "
             "(those who\nsend http_token) or everybody.",
     .default_value = "nobody"},
    {.key = "http_token",
     .type = SettingType::kText,
     .value_name = "TOKEN",
     .help = "The token for http_writes = \"token\"; better given by "
             "TERCET_HTTP_TOKEN, which\nno list of processes shows.",
     .default_value = ""},
    {.key = "http_memory",
     .type = SettingType::kText,
     .value_name = "NAME",
     .help = "The memory that tools write to which name none.",
     .default_value = "tools"},
    {.key = "http_allowed_origins",
     .type = SettingType::kText,
     .value_name = "ORIGINS",
     .help = "Pages that may use the server from a browser, beside its own: "
             "origins such as\nhttps://pootle.example with commas between, or "
             "*.",
     .default_value = ""},
    {.key = "log_format",
     .type = SettingType::kText,
     .value_name = "FORMAT",
     .help = "How to write the log, which goes to stderr: text or json.",
     .default_value = "text"},
    {.key = "log_level",
     .type = SettingType::kText,
     .value_name = "LEVEL",
     .help = "The least important events to log: debug (every call), info, "
             "warning,\nerror or off.",
     .default_value = "info"},
    {.key = "max_threads",
     .type = SettingType::kInteger,
     .value_name = "N",
     .help = "The most threads for calls, 8 to 10000. An open call, streams "
             "included,\nholds one; further calls get RESOURCE_EXHAUSTED.",
     .default_value = "256"},
    {.key = "drain_seconds",
     .type = SettingType::kInteger,
     .value_name = "N",
     .help = "How long running calls may go on after SIGTERM, 0 to 3600.",
     .default_value = "10"},
    {.key = "sync_writes",
     .type = SettingType::kBoolean,
     .value_name = "BOOL",
     .help = "Whether a write is on the disk before it is answered. With "
             "false, a crash\nof the machine (not of the server) loses the "
             "last writes.",
     .default_value = "true"},
    {.key = "snapshot_changes",
     .type = SettingType::kInteger,
     .value_name = "N",
     .help = "After so many changed units a snapshot of the index is written, "
             "100 to\n1000000: fewer make a start after a crash faster, more "
             "let imports write less.",
     .default_value = "20000"},
};

}  // namespace

std::span<const Setting> AllSettings() { return kSettings; }

const Setting* FindSetting(std::string_view key) {
  const auto* found = std::ranges::find(kSettings, key, &Setting::key);
  return found == std::end(kSettings) ? nullptr : found;
}

std::vector<std::string> SettingKeys() {
  std::vector<std::string> keys;
  for (const Setting& setting : kSettings) keys.emplace_back(setting.key);
  return keys;
}

std::string FlagName(const Setting& setting) {
  std::string name = "--" + std::string(setting.key);
  std::ranges::replace(name, '_', '-');
  return name;
}

std::string EnvironmentName(const Setting& setting) {
  std::string name = "TERCET_" + std::string(setting.key);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return name;
}

}  // namespace tercet
