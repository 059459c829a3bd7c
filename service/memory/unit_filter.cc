#include "service/memory/unit_filter.h"

#include <algorithm>
#include <string_view>

#include "service/memory/types.h"
#include "service/text/language.h"

namespace tercet {
namespace {

template <typename Values, typename Value>
bool Contains(const Values& values, const Value& value) {
  return std::ranges::find(values, value) != values.end();
}

bool MatchesName(std::string_view pattern, std::string_view name) {
  return pattern.ends_with('*')
             ? name.starts_with(pattern.substr(0, pattern.size() - 1))
             : name == pattern;
}

bool MatchesDocument(const UnitFilter& filter, std::string_view document) {
  return filter.documents.empty() ||
         std::ranges::any_of(filter.documents, [&](const std::string& pattern) {
           return MatchesName(pattern, document);
         });
}

bool MatchesCreator(const UnitFilter& filter, const Unit& unit) {
  return filter.creators.empty() ||
         Contains(filter.creators, unit.attribution.creator) ||
         std::ranges::any_of(unit.variants, [&](const Variant& variant) {
           return Contains(filter.creators, variant.attribution.creator);
         });
}

bool HasProperty(const Unit& unit, const Property& property) {
  return Contains(unit.properties, property) ||
         std::ranges::any_of(unit.variants, [&](const Variant& variant) {
           return Contains(variant.properties, property);
         });
}

bool MatchesProperties(const UnitFilter& filter, const Unit& unit) {
  return std::ranges::all_of(filter.properties, [&](const Property& asked) {
    return std::ranges::any_of(
        filter.properties, [&](const Property& property) {
          return property.type == asked.type && HasProperty(unit, property);
        });
  });
}

bool MatchesLanguages(const UnitFilter& filter, const Unit& unit) {
  return std::ranges::all_of(filter.languages, [&](const LanguageTag& asked) {
    return std::ranges::any_of(unit.variants, [&](const Variant& variant) {
      return IsIn(variant.language, asked);
    });
  });
}

bool MatchesDates(const UnitFilter& filter, const UnitEntry& entry) {
  if (!filter.begin_micros.has_value() && !filter.end_micros.has_value()) {
    return true;
  }
  const int64_t date = DateOf(entry);
  return date >= filter.begin_micros.value_or(date) &&
         (!filter.end_micros.has_value() || date < *filter.end_micros);
}

bool MatchesImports(const UnitFilter& filter, const UnitEntry& entry) {
  return filter.imports.empty() ||
         std::ranges::any_of(filter.imports, [&](ImportNumber import) {
           return Contains(entry.imports, import);
         });
}

}  // namespace

std::optional<int64_t> StatedDate(const Unit& unit) {
  std::optional<int64_t> latest;
  const auto add = [&latest](const Attribution& attribution) {
    // An empty optional is less than any value.
    latest = std::max(
        {latest, attribution.creation_micros, attribution.change_micros});
  };
  add(unit.attribution);
  for (const Variant& variant : unit.variants) add(variant.attribution);
  return latest;
}

int64_t DateOf(const UnitEntry& entry) {
  return StatedDate(entry.unit).value_or(entry.update_micros);
}

bool Matches(const UnitFilter& filter, const UnitEntry& entry) {
  const Unit& unit = entry.unit;
  return MatchesImports(filter, entry) &&
         (filter.memories.empty() ||
          Contains(filter.memories, entry.memory_id)) &&
         (filter.states.empty() || Contains(filter.states, unit.state)) &&
         MatchesDocument(filter, unit.origin.document) &&
         MatchesCreator(filter, unit) && MatchesProperties(filter, unit) &&
         MatchesDates(filter, entry) && MatchesLanguages(filter, unit);
}

}  // namespace tercet
