#include "client/cli/completion_script.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>
#include <vector>

namespace tercet::cli {
namespace {

// In single quotes, as bash and zsh read it.
std::string Quote(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

// In single quotes, as fish reads it.
std::string QuoteFish(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

// `'tercet lookup' | 'tercet memory' | ...`: every command but the root.
std::string PathPatterns(const CommandNode& root, std::string_view separator) {
  std::vector<std::string> patterns;
  for (const CommandNode* command : Flatten(root)) {
    if (command != &root) patterns.push_back(Quote(command->path));
  }
  return fmt::format("{}", fmt::join(patterns, separator));
}

// `'tercet lookup:-m' | 'tercet lookup:--memory'`
std::string OptionPatterns(const CommandNode& command,
                           const OptionNode& option) {
  std::vector<std::string> patterns;
  for (const std::string& name : option.names) {
    patterns.push_back(Quote(command.path + ":" + name));
  }
  return fmt::format("{}", fmt::join(patterns, " | "));
}

std::string BashValues(const OptionNode& option) {
  switch (option.value) {
    case ValueKind::kChoice:
      return fmt::format(
          "COMPREPLY=($(compgen -W {} -- \"$current\"))",
          Quote(fmt::format("{}", fmt::join(option.choices, " "))));
    case ValueKind::kFile:
      return "COMPREPLY=($(compgen -f -- \"$current\"))";
    case ValueKind::kDirectory:
      return "COMPREPLY=($(compgen -d -- \"$current\"))";
    case ValueKind::kNone:
    case ValueKind::kOther:
      return "COMPREPLY=()";
  }
  return "";
}

// What may stand where neither an option's value nor free text is typed.
std::string WordsOf(const CommandNode& command) {
  std::vector<std::string> words;
  for (const CommandNode& child : command.children) {
    words.push_back(child.name);
  }
  for (const OptionNode& option : command.options) {
    words.insert(words.end(), option.names.begin(), option.names.end());
  }
  return fmt::format("{}", fmt::join(words, " "));
}

std::string ZshValues(const OptionNode& option) {
  switch (option.value) {
    case ValueKind::kChoice:
      return fmt::format("compadd -- {}", fmt::join(option.choices, " "));
    case ValueKind::kFile:
      return "_files";
    case ValueKind::kDirectory:
      return "_files -/";
    case ValueKind::kNone:
    case ValueKind::kOther:
      return "_message value";
  }
  return "";
}

// An entry of zsh's _describe: `name:description`, colons escaped.
std::string ZshEntry(std::string_view name, std::string_view description) {
  std::string entry(name);
  entry += ':';
  for (const char c : description) {
    if (c == ':') entry += '\\';
    entry += c;
  }
  return Quote(entry);
}

std::string ZshCase(const CommandNode& command) {
  std::vector<std::string> children, options;
  for (const CommandNode& child : command.children) {
    children.push_back(ZshEntry(child.name, child.description));
  }
  for (const OptionNode& option : command.options) {
    for (const std::string& name : option.names) {
      options.push_back(ZshEntry(name, option.description));
    }
  }
  std::string body =
      fmt::format("      options=({})\n", fmt::join(options, " "));
  if (!children.empty()) {
    body += fmt::format("      commands=({})\n", fmt::join(children, " "));
  }
  if (command.takes_files) body += "      _files\n";
  return fmt::format("    {})\n{}      ;;\n", Quote(command.path), body);
}

std::string FishOption(const CommandNode& command, const OptionNode& option) {
  std::string line =
      fmt::format("complete -c tercet -n '__tercet_at \"{}\"'", command.path);
  for (const std::string& name : option.names) {
    line += name.starts_with("--") ? " -l " + name.substr(2)
                                   : " -s " + name.substr(1);
  }
  switch (option.value) {
    case ValueKind::kNone:
      break;
    case ValueKind::kChoice:
      line += fmt::format(
          " -x -a {}",
          QuoteFish(fmt::format("{}", fmt::join(option.choices, " "))));
      break;
    case ValueKind::kFile:
      line += " -r -F";
      break;
    case ValueKind::kDirectory:
      line += " -x -a '(__fish_complete_directories)'";
      break;
    case ValueKind::kOther:
      line += " -x";
      break;
  }
  return line + " -d " + QuoteFish(option.description) + "\n";
}

// The scripts keep track of the sub-commands typed so far in `at`.
constexpr char kBashScript[] =
    R"sh(# bash completion of tercet: eval "$(tercet completion bash)"
_tercet() {{
  local current=${{COMP_WORDS[COMP_CWORD]}}
  local previous=${{COMP_WORDS[COMP_CWORD - 1]}}
  local at=tercet words= files= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at ${{COMP_WORDS[i]}}" in
      {}) at+=" ${{COMP_WORDS[i]}}" ;;
    esac
  done
  case "$at:$previous" in
{}  esac
  case "$at" in
{}  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ -n $files && $current != -* ]]; then
    COMPREPLY+=($(compgen -f -- "$current"))
  fi
}}
complete -o filenames -F _tercet tercet
)sh";

constexpr char kZshScript[] = R"sh(#compdef tercet
# zsh completion of tercet: eval "$(tercet completion zsh)", or put it into a
# file _tercet in a directory of $fpath.
_tercet() {{
  local at=tercet i
  local -a commands options
  for ((i = 2; i < CURRENT; i++)); do
    case "$at ${{words[i]}}" in
      {}) at+=" ${{words[i]}}" ;;
    esac
  done
  case "$at:${{words[CURRENT - 1]}}" in
{}  esac
  case "$at" in
{}  esac
  (( $#commands )) && _describe -t commands command commands
  _describe -o -t options option options
}}
if [[ ${{funcstack[1]}} == _tercet ]]; then
  _tercet "$@"
else
  compdef _tercet tercet
fi
)sh";

constexpr char kFishScript[] =
    R"sh(# fish completion of tercet: tercet completion fish | source
function __tercet_at
    set -l at tercet
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
            case {}
                set at "$at $word"
        end
    end
    test "$at" = "$argv[1]"
end
complete -c tercet -f
{})sh";

}  // namespace

std::string BashCompletion(const CommandNode& root) {
  std::string values, words;
  for (const CommandNode* command : Flatten(root)) {
    for (const OptionNode& option : command->options) {
      if (option.value == ValueKind::kNone) continue;
      values +=
          fmt::format("    {}) {}; return ;;\n",
                      OptionPatterns(*command, option), BashValues(option));
    }
    words += fmt::format("    {}) words={}; files={} ;;\n",
                         Quote(command->path), Quote(WordsOf(*command)),
                         command->takes_files ? "yes" : "");
  }
  return fmt::format(kBashScript, PathPatterns(root, " | "), values, words);
}

std::string ZshCompletion(const CommandNode& root) {
  std::string values, cases;
  for (const CommandNode* command : Flatten(root)) {
    for (const OptionNode& option : command->options) {
      if (option.value == ValueKind::kNone) continue;
      values +=
          fmt::format("    {}) {}; return ;;\n",
                      OptionPatterns(*command, option), ZshValues(option));
    }
    cases += ZshCase(*command);
  }
  return fmt::format(kZshScript, PathPatterns(root, " | "), values, cases);
}

std::string FishCompletion(const CommandNode& root) {
  std::string lines;
  for (const CommandNode* command : Flatten(root)) {
    for (const CommandNode& child : command->children) {
      lines += fmt::format(
          "complete -c tercet -n '__tercet_at \"{}\"' -a {} -d {}\n",
          command->path, child.name, QuoteFish(child.description));
    }
    if (command->takes_files) {
      lines += fmt::format("complete -c tercet -n '__tercet_at \"{}\"' -F\n",
                           command->path);
    }
    for (const OptionNode& option : command->options) {
      lines += FishOption(*command, option);
    }
  }
  return fmt::format(kFishScript, PathPatterns(root, " "), lines);
}

}  // namespace tercet::cli
