#include "client/cli/filter_options.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "client/cli/exit_code.h"
#include "client/cli/language_argument.h"
#include "client/cli/names.h"
#include "google/protobuf/timestamp.pb.h"

namespace tercet::cli {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

// The digits [begin, begin + count) of `text`; nullopt for other characters.
std::optional<int> Digits(std::string_view text, size_t begin, size_t count) {
  int value = 0;
  const char* const first = text.data() + begin;
  const auto [end, error] = std::from_chars(first, first + count, value);
  if (error != std::errc() || end != first + count || *first == '-') {
    return std::nullopt;
  }
  return value;
}

// `2026-04-17`, UTC.
std::optional<sys_days> ParseDay(std::string_view text) {
  constexpr std::string_view kForm = "YYYY-MM-DD";
  if (text.size() != kForm.size() || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const std::optional<int> year = Digits(text, 0, 4);
  const std::optional<int> month = Digits(text, 5, 2);
  const std::optional<int> day = Digits(text, 8, 2);
  if (!year.has_value() || !month.has_value() || !day.has_value()) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date(
      std::chrono::year(*year),
      std::chrono::month(static_cast<unsigned>(*month)),
      std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return sys_days(date);
}

Status AddProperty(std::string_view typed, v1::UnitFilter& filter) {
  const size_t middle = typed.find('=');
  if (middle == std::string_view::npos || middle == 0) {
    return UsageError(
        fmt::format("--property '{}' is not of the form TYPE=VALUE", typed));
  }
  v1::Property& property = *filter.add_properties();
  property.set_type(std::string(typed.substr(0, middle)));
  property.set_value(std::string(typed.substr(middle + 1)));
  return OkStatus();
}

// An option that may be given several times, or once with commas.
CLI::Option* AddList(CLI::App& command, const std::string& name,
                     std::vector<std::string>& values,
                     const std::string& description) {
  return command.add_option(name, values, description)
      ->delimiter(',')
      ->allow_extra_args(false);
}

// An option that may be given several times; its values may have commas.
CLI::Option* AddRepeated(CLI::App& command, const std::string& name,
                         std::vector<std::string>& values,
                         const std::string& description) {
  return command.add_option(name, values, description)
      ->allow_extra_args(false)
      ->group("Filters");
}

}  // namespace

Status SetDay(std::string_view option, std::string_view typed, int days_later,
              google::protobuf::Timestamp& time) {
  const std::optional<sys_days> day = ParseDay(typed);
  if (!day.has_value()) {
    return UsageError(fmt::format(
        "{} '{}' is no date; write it as in 2026-04-17", option, typed));
  }
  const sys_days shifted = *day + days(days_later);
  time.set_seconds(std::chrono::seconds(shifted.time_since_epoch()).count());
  return OkStatus();
}

void AddFilterOptions(CLI::App& command, FilterFlags& flags) {
  AddList(command, "-m,--memory", flags.memories,
          "The memories to ask; all if absent")
      ->type_name("NAME,...");
  AddUnitFilterOptions(command, flags);
}

void AddUnitFilterOptions(CLI::App& command, FilterFlags& flags) {
  AddRepeated(command, "--document", flags.documents,
              "Only units of this document; press/2026/* is a beginning")
      ->type_name("DOCUMENT");
  AddRepeated(command, "--creator", flags.creators,
              "Only units that this person made")
      ->type_name("PERSON");
  AddList(command, "--state", flags.states, "Only units in these states")
      ->check(CLI::IsMember({"confirmed", "draft", "aligned"}))
      ->group("Filters");
  AddRepeated(command, "--property", flags.properties,
              "Only units with this property")
      ->type_name("TYPE=VALUE");
  AddList(command, "--require", flags.languages,
          "Only units that have all these languages")
      ->type_name("LANGUAGE,...")
      ->group("Filters");
  AddRepeated(command, "--import", flags.imports,
              "Only units that this import created or changed")
      ->type_name("IMPORT");
  command
      .add_option("--since", flags.since,
                  "Only units last changed on this day or later (UTC)")
      ->type_name("YYYY-MM-DD")
      ->group("Filters");
  command
      .add_option("--until", flags.until,
                  "Only units last changed on this day or earlier (UTC)")
      ->type_name("YYYY-MM-DD")
      ->group("Filters");
}

StatusOr<Scope> ScopeOf(const FilterFlags& flags) {
  Scope scope{.parent = MemoryName("-")};
  ASSIGN_OR_RETURN(scope.filter, UnitFilterOf(flags));
  if (flags.memories.size() == 1) {
    scope.parent = MemoryName(flags.memories.front());
  } else {
    for (const std::string& memory : flags.memories) {
      scope.filter.add_memories(MemoryName(memory));
    }
  }
  return scope;
}

StatusOr<v1::UnitFilter> UnitFilterOf(const FilterFlags& flags) {
  v1::UnitFilter filter;
  *filter.mutable_documents() = {flags.documents.begin(),
                                 flags.documents.end()};
  *filter.mutable_creators() = {flags.creators.begin(), flags.creators.end()};
  for (const std::string& state : flags.states) {
    filter.add_states(StateOfName(state));
  }
  for (const std::string& import : flags.imports) {
    filter.add_imports(ImportName(import));
  }
  for (const std::string& property : flags.properties) {
    RETURN_IF_ERROR(AddProperty(property, filter));
  }
  RETURN_IF_ERROR(CheckLanguages("--require", flags.languages));
  *filter.mutable_language_codes() = {flags.languages.begin(),
                                      flags.languages.end()};
  if (!flags.since.empty()) {
    RETURN_IF_ERROR(
        SetDay("--since", flags.since, 0, *filter.mutable_start_time()));
  }
  if (!flags.until.empty()) {
    RETURN_IF_ERROR(
        SetDay("--until", flags.until, 1, *filter.mutable_end_time()));
  }
  return filter;
}

}  // namespace tercet::cli
