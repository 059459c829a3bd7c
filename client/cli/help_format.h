// How --help looks.
#ifndef TERCET_CLIENT_CLI_HELP_FORMAT_H_
#define TERCET_CLIENT_CLI_HELP_FORMAT_H_

#include <string>

#include "CLI/CLI.hpp"

namespace tercet::cli {

// CLI11's, but with the choices of an option as `auto|always|never` and without
// the names of the checks that its value must pass.
class HelpFormat : public CLI::Formatter {
 public:
  HelpFormat() { column_width(26); }

  std::string make_option_opts(const CLI::Option* option) const override;
};

// The help of `command`, with the whole way to it in the usage line.
std::string HelpOf(const CLI::App& command);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_HELP_FORMAT_H_
