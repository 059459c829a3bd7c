// The sub-command `tercet pull`.
#ifndef TERCET_CLIENT_CLI_PULL_H_
#define TERCET_CLIENT_CLI_PULL_H_

#include "CLI/CLI.hpp"
#include "client/cli/commands.h"

namespace tercet::cli {

// As the functions of commands.h.
void AddPull(CLI::App& app, Chosen& chosen);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_PULL_H_
