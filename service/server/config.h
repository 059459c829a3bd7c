// The configuration of tercetd: flags over environment over file over defaults.
#ifndef TERCET_SERVICE_SERVER_CONFIG_H_
#define TERCET_SERVICE_SERVER_CONFIG_H_

#include <functional>
#include <optional>
#include <string>

#include "service/base/status.h"
#include "service/ops/log.h"
#include "service/server/command_line.h"
#include "service/server/service.h"
#include "service/server/settings.h"

namespace tercet {

// What a process is told by its surroundings; tests make their own.
struct ConfigSources {
  // The variable of that name.
  std::function<std::optional<std::string>(const std::string& name)>
      environment;
  // Where a file is looked for when none is named, best first. Without it:
  // the user's and the machine's.
  std::optional<std::vector<std::string>> default_files;
};

// The environment of this process.
std::optional<std::string> ProcessEnvironment(const std::string& name);

// The value of every setting, each with its origin. An empty variable counts as
// not set. Fails with kInvalidArgument, reason CONFIG_INVALID.
StatusOr<SettingValues> CollectSettings(const CommandLine& command_line,
                                        const ConfigSources& sources);

// What the settings mean.
struct Config {
  ServiceOptions service;  // Without logger.
  LogOptions log;
};

// Fails with kInvalidArgument, reason CONFIG_INVALID, on the first wrong value;
// the message names its origin. REQUIRES: CollectSettings gave the values.
StatusOr<Config> ParseConfig(const SettingValues& values);

// The settings as a commented configuration file that says where each is from.
std::string PrintConfig(const SettingValues& values);

}  // namespace tercet

#endif  // TERCET_SERVICE_SERVER_CONFIG_H_
