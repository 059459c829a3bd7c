// What holds for every sub-command: from flags, over the environment, over the
// configuration file, over defaults.
#ifndef TERCET_CLIENT_CLI_SETTINGS_H_
#define TERCET_CLIENT_CLI_SETTINGS_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/cli/environment.h"
#include "client/cli/output/color.h"
#include "service/base/status.h"

namespace tercet::cli {

inline constexpr char kDefaultServer[] = "127.0.0.1:7733";

// The global options as they stand on the command line.
struct GlobalFlags {
  std::optional<std::string> server;
  std::optional<std::string> data;
  bool json = false;
  ColorWhen color = ColorWhen::kAuto;
  std::optional<double> timeout_seconds;
};

// The configuration file, `~/.config/tercet/client.toml`:
//
//   server = "tm.example.org:7733"   # or: data = "/home/ana/tm"
//   from = "zh"                      # of `tercet lookup`
//   to = ["en", "es"]
struct ConfigFile {
  std::optional<std::string> server;
  std::optional<std::string> data;
  std::optional<std::string> from;
  std::vector<std::string> to;
};

// Parses the file's text; `path` is for messages. Fails with a usage error for
// bad TOML, unknown keys, and values of the wrong type.
StatusOr<ConfigFile> ParseConfig(std::string_view toml, std::string_view path);

// Where the configuration file is looked for; nullopt without a home.
std::optional<std::string> ConfigPath(const Environment& environment);

// Reads the configuration file; all empty when there is none.
StatusOr<ConfigFile> ReadConfig(const Environment& environment);

// The decision. `server` counts only where `data` is empty.
struct Settings {
  std::string server;
  std::string data;
  bool json = false;
  bool color_out = false;
  bool color_err = false;
  std::optional<double> timeout_seconds;
  std::optional<std::string> default_from;
  std::vector<std::string> default_to;
};

// Fails with a usage error.
StatusOr<Settings> Decide(const GlobalFlags& flags,
                          const Environment& environment);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_SETTINGS_H_
