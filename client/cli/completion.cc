// tercet completion bash|zsh|fish
#include <memory>
#include <string>

#include "client/cli/commands.h"
#include "client/cli/completion_script.h"

namespace tercet::cli {
namespace {

std::string ScriptFor(const std::string& shell, const CommandNode& root) {
  if (shell == "bash") return BashCompletion(root);
  if (shell == "zsh") return ZshCompletion(root);
  return FishCompletion(root);
}

}  // namespace

void AddCompletion(CLI::App& app, Chosen& chosen) {
  CLI::App* completion = app.add_subcommand(
      "completion", "Print a script that completes this command line");
  completion->require_subcommand(1);
  completion->footer(
      "Examples:\n"
      "  eval \"$(tercet completion bash)\"    in ~/.bashrc\n"
      "  eval \"$(tercet completion zsh)\"     in ~/.zshrc\n"
      "  tercet completion fish | source     in config.fish");
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    CLI::App* command =
        completion->add_subcommand(shell, "The script for " + shell);
    command->callback([&app, &chosen, shell] {
      chosen.command = [&app, shell](Session& session) {
        session.Print(ScriptFor(shell, MakeTree(app)));
        return StatusOr<ExitCode>(ExitCode::kOk);
      };
    });
  }
}

}  // namespace tercet::cli
