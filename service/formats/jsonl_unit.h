// One line of the JSON lines format.
#ifndef TERCET_SERVICE_FORMATS_JSONL_UNIT_H_
#define TERCET_SERVICE_FORMATS_JSONL_UNIT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/model/unit.h"

namespace tercet {

// Why a line is no unit.
struct JsonlError {
  std::string reason;   // UPPER_SNAKE_CASE.
  std::string message;  // For people.
};

// What whoever made the file tells of a source of his.
struct JsonlProblem {
  std::string file;     // May be empty.
  std::string reason;   // UPPER_SNAKE_CASE.
  std::string message;  // For people.
};

// What a line holds. With an error the rest may be incomplete.
struct JsonlUnit {
  std::optional<JsonlError> error;
  std::optional<JsonlProblem> problem;      // Then there is no unit.
  Unit unit;                                // May have no variant.
  std::vector<std::string> unknown_fields;  // Paths, e.g. `variants.colour`.
  std::vector<LanguageTag> empty_variants;  // Left out, as they have no text.
};

// Parses a line in memory and time proportional to its length.
// REQUIRES: line is valid UTF-8.
JsonlUnit ParseJsonlUnit(std::string_view line);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_JSONL_UNIT_H_
