#include "service/server/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

#include "fmt/format.h"
#include "service/server/did_you_mean.h"

namespace tercet {
namespace {

constexpr char kDescription[] =
    "Serves translation memories over gRPC, until SIGTERM.";

constexpr char kFooter[] =
    "Each setting may also be given in the environment, in capitals and with\n"
    "TERCET_ before it (TERCET_LISTEN), or in a TOML file (listen = \"...\").\n"
    "Flags win over the environment, and that over the file. The file is the\n"
    "one of --config or TERCET_CONFIG, else the first of\n"
    "~/.config/tercet/tercetd.toml and /etc/tercet/tercet.toml that exists.\n"
    "\n"
    "Exit codes: 0 ended on a signal, 1 failed, 2 wrong usage or "
    "configuration.";

// The parser, and the places it parses into.
struct Parser {
  CLI::App app{kDescription, "tercetd"};
  bool help = false;
  bool version = false;
  bool print_config = false;
  std::string config_path;
  SettingValues values;
};

std::string OneLine(std::string_view text) {
  std::string line(text);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

void AddSettings(Parser& parser) {
  for (const Setting& setting : AllSettings()) {
    const std::string flag = FlagName(setting);
    CLI::Option* option = parser.app.add_option_function<std::string>(
        flag,
        [&parser, key = std::string(setting.key),
         flag](const std::string& text) {
          parser.values[key] = {.text = text, .origin = flag};
        },
        OneLine(setting.help));
    option->type_name(std::string(setting.value_name));
    if (!setting.default_value.empty()) {
      option->default_str(std::string(setting.default_value));
    }
  }
}

std::unique_ptr<Parser> MakeParser() {
  auto parser = std::make_unique<Parser>();
  CLI::App& app = parser->app;
  app.set_help_flag();
  app.allow_extras();
  app.footer(kFooter);
  AddSettings(*parser);
  app.add_option("--config", parser->config_path, "The configuration file.")
      ->type_name("FILE");
  app.add_flag("--print-config", parser->print_config,
               "Print the configuration in force, as such a file, and end.");
  app.add_flag("--version", parser->version, "Print the version and end.");
  app.add_flag("-h,--help", parser->help, "Print this and end.");
  return parser;
}

Status UsageError(std::string_view message) {
  return MakeError(StatusCode::kInvalidArgument,
                   fmt::format("{} (see tercetd --help)", message),
                   {.reason = "USAGE_INVALID"});
}

Status UnknownArgument(const std::string& argument) {
  std::vector<std::string> flags = {"--config", "--print-config", "--version",
                                    "--help"};
  for (const Setting& setting : AllSettings()) {
    flags.push_back(FlagName(setting));
  }
  const std::string name = argument.substr(0, argument.find('='));
  return UsageError(fmt::format("there is no argument '{}'{}", name,
                                DidYouMean(name, flags)));
}

CommandLine::Action ActionOf(const Parser& parser) {
  if (parser.help) return CommandLine::Action::kHelp;
  if (parser.version) return CommandLine::Action::kVersion;
  if (parser.print_config) return CommandLine::Action::kPrintConfig;
  return CommandLine::Action::kServe;
}

}  // namespace

StatusOr<CommandLine> ParseCommandLine(std::vector<std::string> arguments) {
  const std::unique_ptr<Parser> parser = MakeParser();
  // CLI11 takes them from the back.
  std::ranges::reverse(arguments);
  try {
    parser->app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return UsageError(error.what());
  }
  if (const std::vector<std::string> extras = parser->app.remaining();
      !extras.empty()) {
    return UnknownArgument(extras.front());
  }
  return CommandLine{.action = ActionOf(*parser),
                     .config_path = parser->config_path,
                     .values = parser->values};
}

std::string HelpText() { return MakeParser()->app.help(); }

}  // namespace tercet
