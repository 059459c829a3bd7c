// Scripts that teach a shell to complete the program's command line.
#ifndef TERCET_CLIENT_CLI_COMPLETION_SCRIPT_H_
#define TERCET_CLIENT_CLI_COMPLETION_SCRIPT_H_

#include <string>

#include "client/cli/command_tree.h"

namespace tercet::cli {

// They complete sub-commands, options, the words an option takes one of, and
// names of files where files are taken.
std::string BashCompletion(const CommandNode& root);
std::string ZshCompletion(const CommandNode& root);
std::string FishCompletion(const CommandNode& root);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_COMPLETION_SCRIPT_H_
