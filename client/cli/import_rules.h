// What `tercet import` may do to units before they are stored: its options.
#ifndef TERCET_CLIENT_CLI_IMPORT_RULES_H_
#define TERCET_CLIENT_CLI_IMPORT_RULES_H_

#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "service/base/status.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::cli {

// As typed.
struct ImportRuleFlags {
  std::vector<std::string> mappings;  // FROM=TO
  std::vector<std::string> default_languages;
  std::vector<std::string> languages;
  std::vector<std::string> drop_rules;
  std::string since;
  std::string document;
  std::string project;
  std::string creator;
  std::string date;
};

// `flags` must live as long as `command`.
void AddImportRuleOptions(CLI::App& command, ImportRuleFlags& flags);

// What the options say of all files. Fails with a usage error.
StatusOr<v1::ImportConfig> ImportRulesOf(const ImportRuleFlags& flags);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_IMPORT_RULES_H_
