// The options that say which memories and which units a command is about.
#ifndef TERCET_CLIENT_CLI_FILTER_OPTIONS_H_
#define TERCET_CLIENT_CLI_FILTER_OPTIONS_H_

#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "service/base/status.h"
#include "tercet/v1/filters.pb.h"

namespace tercet::cli {

// As typed.
struct FilterFlags {
  std::vector<std::string> memories;
  std::vector<std::string> documents;
  std::vector<std::string> creators;
  std::vector<std::string> states;
  std::vector<std::string> properties;  // TYPE=VALUE
  std::vector<std::string> languages;
  std::string since;
  std::string until;
};

// `flags` must live as long as `command`.
void AddFilterOptions(CLI::App& command, FilterFlags& flags);

// What the options ask for.
struct Scope {
  std::string parent;  // `memories/press`, `memories/-`
  v1::UnitFilter filter;
};

// Fails with a usage error.
StatusOr<Scope> ScopeOf(const FilterFlags& flags);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_FILTER_OPTIONS_H_
