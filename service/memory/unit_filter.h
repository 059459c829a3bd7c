// Which units a lookup, a search or an export is about, whatever their texts.
#ifndef TERCET_SERVICE_MEMORY_UNIT_FILTER_H_
#define TERCET_SERVICE_MEMORY_UNIT_FILTER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/model/language_tag.h"
#include "service/model/unit.h"
#include "service/store/keys.h"

namespace tercet {

struct UnitEntry;

// All conditions must hold; one that is empty always does. Where a condition
// has several values, one of them must hold, unless said otherwise.
struct UnitFilter {
  std::vector<std::string> memories;   // Ids; for reads of several memories.
  std::vector<std::string> documents;  // Names; `press/*` is a beginning.
  // Of the unit, or of any of its variants.
  std::vector<std::string> creators;
  std::vector<UnitState> states;
  std::vector<ImportNumber> imports;  // That created or changed the unit.
  // For each type that occurs here the unit, or a variant of it, must have a
  // property with one of its values.
  std::vector<Property> properties;
  // The unit must have all of these. `es` is in any region, `es-MX` is not.
  std::vector<LanguageTag> languages;
  // Bounds of DateOf, microseconds since 1970 UTC.
  std::optional<int64_t> begin_micros;  // Inclusive.
  std::optional<int64_t> end_micros;    // Exclusive.

  friend bool operator==(const UnitFilter&, const UnitFilter&) = default;
};

// The latest of all times of creation and change that a unit and its variants
// state.
std::optional<int64_t> StatedDate(const Unit& unit);

// The unit's date: what it states, else when it was stored last.
int64_t DateOf(const UnitEntry& entry);

// Whether the filter lets the unit through.
bool Matches(const UnitFilter& filter, const UnitEntry& entry);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_UNIT_FILTER_H_
