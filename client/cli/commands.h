// The sub-commands: each function adds one, with its options and help, to the
// program's CLI11 tree, and says what runs when it is chosen.
#ifndef TERCET_CLIENT_CLI_COMMANDS_H_
#define TERCET_CLIENT_CLI_COMMANDS_H_

#include <functional>

#include "CLI/CLI.hpp"
#include "client/cli/exit_code.h"
#include "client/cli/session.h"
#include "service/base/status.h"

namespace tercet::cli {

// What a command does, with its options bound. An error has not been printed.
using Command = std::function<StatusOr<ExitCode>(Session& session)>;

// Where the chosen command goes while the command line is parsed.
struct Chosen {
  Command command;
};

// `chosen` must live as long as `app`.
void AddLookup(CLI::App& app, Chosen& chosen);
void AddAlign(CLI::App& app, Chosen& chosen);
void AddSearch(CLI::App& app, Chosen& chosen);
void AddAnalyze(CLI::App& app, Chosen& chosen);
void AddPull(CLI::App& app, Chosen& chosen);
void AddPretranslate(CLI::App& app, Chosen& chosen);
void AddImport(CLI::App& app, Chosen& chosen);
// Of `tercet import`.
void AddImportRelease(CLI::App& import, Chosen& chosen);
// Those of `import`: list, show, undo.
void AddImportSubcommands(CLI::App& import, Chosen& chosen);
void AddExport(CLI::App& app, Chosen& chosen);
void AddMemory(CLI::App& app, Chosen& chosen);
void AddUnit(CLI::App& app, Chosen& chosen);
void AddInfo(CLI::App& app, Chosen& chosen);
void AddCompletion(CLI::App& app, Chosen& chosen);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_COMMANDS_H_
