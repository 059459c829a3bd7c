// The program's sub-commands and options as plain values, for what is made from
// them: shell completions and suggestions.
#ifndef TERCET_CLIENT_CLI_COMMAND_TREE_H_
#define TERCET_CLIENT_CLI_COMMAND_TREE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"

namespace tercet::cli {

// What comes behind an option.
enum class ValueKind : uint8_t { kNone, kChoice, kFile, kDirectory, kOther };

struct OptionNode {
  std::vector<std::string> names;  // With their dashes: `-m`, `--memory`.
  std::string description;
  ValueKind value = ValueKind::kNone;
  std::vector<std::string> choices;  // For kChoice.
};

struct CommandNode {
  std::string name;
  std::string path;  // With those above it: `tercet memory list`.
  std::string description;
  std::vector<OptionNode> options;  // Those of the commands above included.
  bool takes_files = false;
  std::vector<CommandNode> children;
};

OptionNode DescribeOption(const CLI::Option& option);

// `tercet memory list`.
std::string PathOf(const CLI::App& app);

CommandNode MakeTree(const CLI::App& app);

// All commands of the tree, a command before its children.
std::vector<const CommandNode*> Flatten(const CommandNode& root);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_COMMAND_TREE_H_
