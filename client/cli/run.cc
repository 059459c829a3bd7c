#include "client/cli/run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "CLI/CLI.hpp"
#include "client/cli/command_tree.h"
#include "client/cli/commands.h"
#include "client/cli/help_format.h"
#include "client/cli/session.h"
#include "client/cli/settings.h"
#include "client/cli/suggest.h"
#include "client/cli/version.h"

namespace tercet::cli {
namespace {

// Everything that holds for more than one command.
constexpr char kFooter[] =
    "Examples:\n"
    "  tercet import --memory press press.tmx\n"
    "  tercet lookup --from zh --to en,es 两国签署了合作协定。\n"
    "  tercet --data ~/tm export --memory press -o press.tmx\n"
    "Exit codes:\n"
    "  0 done, found   1 nothing found   2 wrong command line or "
    "configuration\n"
    "  3 no server, no answer in time, or no data directory\n"
    "  4 the server refused the request   5 some input failed\n"
    "Configuration: ~/.config/tercet/client.toml with `server = \"...\"` or\n"
    "`data = \"...\"`, and `from = \"zh\"`, `to = [\"en\"]` for lookups.";

// Of --timeout. Less than a millisecond would be none.
constexpr double kLeastTimeoutSeconds = 0.001;
constexpr double kMostTimeoutSeconds = 1'000'000;

void AddGlobalOptions(CLI::App& app, GlobalFlags& flags) {
  app.add_option("--server", flags.server,
                 fmt::format("The server (TERCET_SERVER; {})", kDefaultServer))
      ->type_name("ADDRESS");
  app.add_option("--data", flags.data,
                 "No server: run the service here, over this directory")
      ->type_name("DIR");
  app.add_flag("--json", flags.json, "Print JSON, for programs");
  const std::map<std::string, ColorWhen> when = {{"auto", ColorWhen::kAuto},
                                                 {"always", ColorWhen::kAlways},
                                                 {"never", ColorWhen::kNever}};
  app.add_option_function<std::string>(
         "--color",
         [&flags, when](const std::string& word) {
           flags.color = when.at(word);
         },
         "Colours (auto; NO_COLOR is respected)")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
  app.add_option("--timeout", flags.timeout_seconds,
                 "Give up after so long (30 for single calls, else never)")
      ->check(CLI::Range(kLeastTimeoutSeconds, kMostTimeoutSeconds))
      ->type_name("SECONDS");
  app.set_version_flag("--version", fmt::format("tercet {}", kVersion),
                       "Print the version");
}

// The command whose sub-commands or options the arguments had got to.
const CLI::App& DeepestParsed(const CLI::App& app) {
  const std::vector<CLI::App*> parsed = app.get_subcommands();
  return parsed.empty() ? app : DeepestParsed(*parsed.front());
}

const CommandNode& NodeOf(const CLI::App& command, const CommandNode& root) {
  for (const CommandNode* node : Flatten(root)) {
    if (node->path == PathOf(command)) return *node;
  }
  return root;
}

std::vector<std::string> OptionNames(const CommandNode& node) {
  std::vector<std::string> names;
  for (const OptionNode& option : node.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

std::vector<std::string> ChildNames(const CommandNode& node) {
  std::vector<std::string> names;
  for (const CommandNode& child : node.children) names.push_back(child.name);
  return names;
}

// What is wrong with a word that no command took.
std::string DescribeExtra(const std::string& word, const CommandNode& node) {
  if (word.starts_with("-")) {
    const std::string name = word.substr(0, word.find('='));
    return fmt::format("unknown option '{}'{}", name,
                       DidYouMean(Closest(name, OptionNames(node))));
  }
  if (node.children.empty()) {
    return fmt::format("unexpected argument '{}'", word);
  }
  return fmt::format("unknown command '{}'{}", word,
                     DidYouMean(Closest(word, ChildNames(node))));
}

// A word that was not understood says more than what is then missing.
std::string DescribeError(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = DeepestParsed(app);
  const CommandNode tree = MakeTree(app);
  const CommandNode& node = NodeOf(command, tree);
  const std::vector<std::string> extras = app.remaining(/*recurse=*/true);
  std::string text =
      extras.empty() ? error.what() : DescribeExtra(extras.front(), node);
  if (extras.empty() && command.get_require_subcommand_min() > 0) {
    text = fmt::format("which command? One of: {}",
                       fmt::join(ChildNames(node), ", "));
  }
  return fmt::format("{}\n  `{} --help` shows how", text, node.path);
}

// Runs the parsed command and makes all errors visible.
ExitCode RunChosen(const Command& command, Session& session) {
  const StatusOr<ExitCode> result = command(session);
  if (!result.ok()) {
    session.PrintError(result.status());
    return ExitCodeOf(result.status());
  }
  return *result;
}

// A full disk behind `> file` must not look like success.
ExitCode FlushOutput(ExitCode code, Environment& environment) {
  std::fflush(environment.err);
  if (std::fflush(environment.out) == 0 && !std::ferror(environment.out)) {
    return code;
  }
  Put(environment.err, "tercet: cannot write to standard output\n");
  std::fflush(environment.err);
  return ExitCode::kBadInput;
}

class Program {
 public:
  explicit Program(Environment& environment) : environment_(environment) {
    app_.require_subcommand(1);
    // So that the global options may stand behind the command, too.
    app_.fallthrough();
    app_.formatter(std::make_shared<HelpFormat>());
    AddGlobalOptions(app_, flags_);
    AddLookup(app_, chosen_);
    AddSearch(app_, chosen_);
    AddImport(app_, chosen_);
    AddExport(app_, chosen_);
    AddPull(app_, chosen_);
    AddAnalyze(app_, chosen_);
    AddPretranslate(app_, chosen_);
    AddAlign(app_, chosen_);
    AddMemory(app_, chosen_);
    AddUnit(app_, chosen_);
    AddInfo(app_, chosen_);
    AddCompletion(app_, chosen_);
    app_.footer(kFooter);
  }

  ExitCode Run(const std::vector<std::string>& arguments) {
    if (const std::optional<ExitCode> done = Parse(arguments)) return *done;
    StatusOr<Settings> settings = Decide(flags_, environment_);
    if (!settings.ok()) {
      Session(environment_, {.json = flags_.json})
          .PrintError(settings.status());
      return ExitCodeOf(settings.status());
    }
    Session session(environment_, *std::move(settings));
    return RunChosen(chosen_.command, session);
  }

 private:
  // The exit code where the command line is wrong, or asks for help.
  std::optional<ExitCode> Parse(const std::vector<std::string>& arguments) {
    try {
      // CLI11 takes them from the back.
      app_.parse(
          std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
      Put(environment_.out, HelpOf(DeepestParsed(app_)));
      return ExitCode::kOk;
    } catch (const CLI::CallForVersion& version) {
      Put(environment_.out, fmt::format("{}\n", version.what()));
      return ExitCode::kOk;
    } catch (const CLI::ParseError& error) {
      Session(environment_, {.json = flags_.json})
          .PrintError(UsageError(DescribeError(app_, error)));
      return ExitCode::kUsage;
    }
    return std::nullopt;
  }

  Environment& environment_;
  GlobalFlags flags_;
  Chosen chosen_;
  CLI::App app_{"Translation memory: look up, import and export translations.",
                "tercet"};
};

}  // namespace

ExitCode Run(const std::vector<std::string>& arguments,
             Environment& environment) {
  return FlushOutput(Program(environment).Run(arguments), environment);
}

}  // namespace tercet::cli
