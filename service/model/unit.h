// Translation units and memories: plain values, and what makes them valid.
#ifndef TERCET_SERVICE_MODEL_UNIT_H_
#define TERCET_SERVICE_MODEL_UNIT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/model/language_tag.h"
#include "service/model/segment.h"

namespace tercet {

// Who made something, and when. Times are microseconds since 1970 UTC.
struct Attribution {
  std::string creator;
  std::optional<int64_t> creation_micros;
  std::string changer;
  std::optional<int64_t> change_micros;

  friend bool operator==(const Attribution&, const Attribution&) = default;
};

// One text of a unit, in one language (TMX `tuv`).
struct Variant {
  LanguageTag language;
  Segment segment;
  Attribution attribution;
  std::vector<std::string> notes;
  std::vector<Property> properties;

  friend bool operator==(const Variant&, const Variant&) = default;
};

// Where a unit's sentence stood.
struct Origin {
  std::string document;
  std::string previous;  // Text of the segment before, in the source language.
  std::string next;      // Text of the segment after.
  std::string key;       // Identifies the segment in its document.

  friend bool operator==(const Origin&, const Origin&) = default;
};

// Whether somebody vouches for a unit. DO NOT CHANGE: stored on disk.
enum class UnitState : uint8_t {
  kUnspecified = 0,  // Only on the way in; stored as kConfirmed.
  kAligned = 1,
  kDraft = 2,
  kConfirmed = 3,
};

// A translation unit (TMX `tu`) as users give it.
struct Unit {
  std::vector<Variant> variants;
  LanguageTag source_language;  // Empty: that of the first variant.
  Origin origin;
  UnitState state = UnitState::kUnspecified;
  std::string external_id;  // TMX `tuid`; not unique.
  int64_t usage_count = 0;
  Attribution attribution;
  std::vector<std::string> notes;
  std::vector<Property> properties;

  friend bool operator==(const Unit&, const Unit&) = default;
};

// The variant a unit was written in: the first of `source_language`, else the
// first of all. REQUIRES: the unit has a variant.
const Variant& SourceVariant(const Unit& unit);

// The bytes of all texts, codes, notes, properties and names.
size_t UnitBytes(const Unit& unit);

// Appends what is wrong with `unit`: limits (model/limits.h), invalid UTF-8,
// empty texts, code offsets, a source language that no variant has. `path` is
// put before the field names, e.g. "unit.".
void ValidateUnit(const Unit& unit, std::string_view path,
                  std::vector<FieldViolation>& violations);

// As above for one segment: `path` is its variant's or the query's.
void ValidateSegment(const Segment& segment, std::string_view path,
                     std::vector<FieldViolation>& violations);

// Whether `id` may name a memory or a unit: [a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?
bool IsValidId(std::string_view id);

}  // namespace tercet

#endif  // TERCET_SERVICE_MODEL_UNIT_H_
