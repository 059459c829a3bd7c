// The command line of tercetd.
#ifndef TERCET_SERVICE_SERVER_COMMAND_LINE_H_
#define TERCET_SERVICE_SERVER_COMMAND_LINE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "service/base/status.h"
#include "service/server/settings.h"

namespace tercet {

struct CommandLine {
  enum class Action : uint8_t { kServe, kHelp, kVersion, kPrintConfig };

  Action action = Action::kServe;
  std::string config_path;  // Of --config; empty: not given.
  SettingValues values;     // The settings given as flags.
};

// Parses the arguments, without the program's name. Fails with
// kInvalidArgument, reason USAGE_INVALID, on what tercetd does not know.
StatusOr<CommandLine> ParseCommandLine(std::vector<std::string> arguments);

// What --help prints.
std::string HelpText();

}  // namespace tercet

#endif  // TERCET_SERVICE_SERVER_COMMAND_LINE_H_
