#include "client/cli/import_rules.h"

#include <fmt/format.h>

#include <cstddef>
#include <string_view>

#include "client/cli/exit_code.h"
#include "client/cli/filter_options.h"
#include "client/cli/language_argument.h"

namespace tercet::cli {
namespace {

v1::DropRule DropRuleOf(std::string_view name) {
  if (name == "untranslated") return v1::UNTRANSLATED;
  if (name == "same") return v1::TARGET_IS_SOURCE;
  if (name == "wrong-language") return v1::WRONG_LANGUAGE;
  if (name == "numbers") return v1::NUMBERS_DIFFER;
  return v1::DROP_RULE_UNSPECIFIED;
}

Status SetMapping(const std::string& typed, v1::LanguageMapping& mapping) {
  const size_t middle = typed.find('=');
  if (middle == std::string::npos) {
    return UsageError(fmt::format(
        "--map-language '{}' is not of the form FROM=TO, e.g. zh-Hans=zh",
        typed));
  }
  mapping.set_from(typed.substr(0, middle));
  mapping.set_to(typed.substr(middle + 1));
  return CheckLanguages("--map-language", {mapping.from(), mapping.to()});
}

CLI::Option* AddList(CLI::App& command, const char* name,
                     std::vector<std::string>& values,
                     const char* description) {
  return command.add_option(name, values, description)
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group("Rules");
}

CLI::Option* AddText(CLI::App& command, const char* name, std::string& value,
                     const char* description) {
  return command.add_option(name, value, description)
      ->type_name("TEXT")
      ->group("Rules");
}

}  // namespace

StatusOr<v1::ImportConfig> ImportRulesOf(const ImportRuleFlags& flags) {
  v1::ImportConfig config;
  for (const std::string& typed : flags.mappings) {
    RETURN_IF_ERROR(SetMapping(typed, *config.add_language_mappings()));
  }
  RETURN_IF_ERROR(
      CheckLanguages("--default-languages", flags.default_languages));
  *config.mutable_default_language_codes() = {flags.default_languages.begin(),
                                              flags.default_languages.end()};
  RETURN_IF_ERROR(CheckLanguages("--languages", flags.languages));
  *config.mutable_language_codes() = {flags.languages.begin(),
                                      flags.languages.end()};
  for (const std::string& rule : flags.drop_rules) {
    config.add_drop_rules(DropRuleOf(rule));
  }
  if (!flags.since.empty()) {
    RETURN_IF_ERROR(
        SetDay("--since", flags.since, 0, *config.mutable_start_time()));
  }
  config.set_document(flags.document);
  config.set_project(flags.project);
  config.set_creator(flags.creator);
  if (!flags.date.empty()) {
    RETURN_IF_ERROR(
        SetDay("--date", flags.date, 0, *config.mutable_creation_time()));
  }
  return config;
}

void AddImportRuleOptions(CLI::App& command, ImportRuleFlags& flags) {
  AddList(command, "--map-language", flags.mappings,
          "Store a language as another one, e.g. zh-Hans=zh")
      ->type_name("FROM=TO,...");
  AddList(command, "--default-languages", flags.default_languages,
          "Languages of texts, or of columns, that do not say theirs")
      ->type_name("LANGUAGE,...");
  AddList(command, "--languages", flags.languages,
          "Only texts in these languages")
      ->type_name("LANGUAGE,...");
  AddText(command, "--since", flags.since,
          "Only units last changed on this day or later (UTC)")
      ->type_name("YYYY-MM-DD");
  AddList(command, "--drop", flags.drop_rules,
          "Leave out what is so, e.g. same,numbers")
      ->check(
          CLI::IsMember({"untranslated", "same", "wrong-language", "numbers"}));
  AddText(command, "--document", flags.document, "The document of all units");
  AddText(command, "--project", flags.project,
          "The project of all units (the property x-project)");
  AddText(command, "--creator", flags.creator, "The creator of all units");
  AddText(command, "--date", flags.date, "The day all units were created")
      ->type_name("YYYY-MM-DD");
}

}  // namespace tercet::cli
