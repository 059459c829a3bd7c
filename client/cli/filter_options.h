// The options that say which memories and which units a command is about.
#ifndef TERCET_CLIENT_CLI_FILTER_OPTIONS_H_
#define TERCET_CLIENT_CLI_FILTER_OPTIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "CLI/CLI.hpp"
#include "google/protobuf/timestamp.pb.h"
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
  std::vector<std::string> imports;
  std::string since;
  std::string until;
};

// The options but --memory. `flags` must live as long as `command`.
void AddUnitFilterOptions(CLI::App& command, FilterFlags& flags);

// What these ask for. Fails with a usage error.
StatusOr<v1::UnitFilter> UnitFilterOf(const FilterFlags& flags);

// All options. `flags` must live as long as `command`.
void AddFilterOptions(CLI::App& command, FilterFlags& flags);

// What the options ask for.
struct Scope {
  std::string parent;  // `memories/press`, `memories/-`
  v1::UnitFilter filter;
};

// Fails with a usage error.
StatusOr<Scope> ScopeOf(const FilterFlags& flags);

// Sets `time` to the beginning, in UTC, of a day as in 2026-04-17, so many days
// later. Fails with a usage error that names `option`.
Status SetDay(std::string_view option, std::string_view typed, int days_later,
              google::protobuf::Timestamp& time);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_FILTER_OPTIONS_H_
