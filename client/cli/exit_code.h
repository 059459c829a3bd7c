// What the program tells the shell. docs/cli.md and --help list these.
#ifndef TERCET_CLIENT_CLI_EXIT_CODE_H_
#define TERCET_CLIENT_CLI_EXIT_CODE_H_

#include "service/base/status.h"

namespace tercet::cli {

// Fixed: scripts rely on the numbers.
enum class ExitCode : int {
  kOk = 0,            // Done; for a lookup: something was found.
  kNothingFound = 1,  // A lookup found no match at all.
  kUsage = 2,         // The command line or the configuration is wrong.
  kUnreachable = 3,   // No server, no answer in time, no data directory.
  kRefused = 4,       // The server refused the request, or failed.
  kBadInput = 5,      // A file or a part of the input failed.
};

// Whether it is a file that is wrong: one that cannot be read or written here,
// or one that the server cannot import to its end.
bool IsFileError(const Status& error);

// The code for a command that ended with `error`. REQUIRES: !error.ok().
ExitCode ExitCodeOf(const Status& error);

// An error of the command line, for ExitCode::kUsage.
Status UsageError(std::string_view message);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_EXIT_CODE_H_
