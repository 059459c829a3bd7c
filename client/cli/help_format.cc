#include "client/cli/help_format.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>

#include "client/cli/command_tree.h"

namespace tercet::cli {

std::string HelpFormat::make_option_opts(const CLI::Option* option) const {
  if (option->get_positional()) {
    return option->get_items_expected_max() > 1 ? " ..." : "";
  }
  const OptionNode node = DescribeOption(*option);
  if (node.value == ValueKind::kNone) return "";
  if (node.value == ValueKind::kChoice) {
    return fmt::format(" {}", fmt::join(node.choices, "|"));
  }
  const std::string type = option->get_type_name();
  return " " + type.substr(0, type.find(':'));
}

std::string HelpOf(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  std::string help = command.help(parent == nullptr ? "" : PathOf(*parent));
  help.erase(help.find_last_not_of('\n') + 1);
  return help + '\n';
}

}  // namespace tercet::cli
