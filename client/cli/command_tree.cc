#include "client/cli/command_tree.h"

#include <string_view>
#include <utility>

namespace tercet::cli {
namespace {

// CLI11 keeps the words of an IsMember only as text: `FORMAT:{tmx,tsv,jsonl}`.
std::vector<std::string> ChoicesOf(std::string_view type) {
  const size_t open = type.find('{');
  const size_t close = type.rfind('}');
  if (open == std::string_view::npos || close == std::string_view::npos) {
    return {};
  }
  return CLI::detail::split(
      std::string(type.substr(open + 1, close - open - 1)), ',');
}

CommandNode Describe(const CLI::App& app, const CommandNode* parent) {
  CommandNode node;
  node.name = app.get_name();
  node.path = PathOf(app);
  node.description = app.get_description();
  std::vector<OptionNode> inherited;
  if (parent != nullptr) inherited = parent->options;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      if (option->get_name() == "FILE") node.takes_files = true;
      continue;
    }
    OptionNode described = DescribeOption(*option);
    // --help is every command's own.
    std::erase_if(inherited, [&described](const OptionNode& other) {
      return other.names == described.names;
    });
    node.options.push_back(std::move(described));
  }
  node.options.insert(node.options.end(), inherited.begin(), inherited.end());
  for (const CLI::App* child : app.get_subcommands(nullptr)) {
    node.children.push_back(Describe(*child, &node));
  }
  return node;
}

void FlattenInto(const CommandNode& node,
                 std::vector<const CommandNode*>& all) {
  all.push_back(&node);
  for (const CommandNode& child : node.children) FlattenInto(child, all);
}

}  // namespace

OptionNode DescribeOption(const CLI::Option& option) {
  OptionNode node;
  for (const std::string& name : option.get_snames()) {
    node.names.push_back("-" + name);
  }
  for (const std::string& name : option.get_lnames()) {
    node.names.push_back("--" + name);
  }
  node.description = option.get_description();
  if (option.get_items_expected_max() == 0) return node;
  const std::string type = option.get_type_name();
  node.choices = ChoicesOf(type);
  node.value = ValueKind::kOther;
  if (type == "FILE") node.value = ValueKind::kFile;
  if (type == "DIR") node.value = ValueKind::kDirectory;
  if (!node.choices.empty()) node.value = ValueKind::kChoice;
  return node;
}

std::string PathOf(const CLI::App& app) {
  if (app.get_parent() == nullptr) return app.get_name();
  return PathOf(*app.get_parent()) + " " + app.get_name();
}

CommandNode MakeTree(const CLI::App& app) { return Describe(app, nullptr); }

std::vector<const CommandNode*> Flatten(const CommandNode& root) {
  std::vector<const CommandNode*> all;
  FlattenInto(root, all);
  return all;
}

}  // namespace tercet::cli
