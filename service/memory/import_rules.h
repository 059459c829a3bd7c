// What an import does to a unit before it is stored: gives its languages other
// names, leaves out what is not wanted, sets attributes.
#ifndef TERCET_SERVICE_MEMORY_IMPORT_RULES_H_
#define TERCET_SERVICE_MEMORY_IMPORT_RULES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/model/language_tag.h"
#include "service/model/unit.h"

namespace tercet {

// One language is stored as another one.
struct LanguageMapping {
  LanguageTag from;
  LanguageTag to;
};

struct ImportRules {
  std::vector<LanguageMapping> mappings;  // The first that fits counts.

  // Filters. Variants in other languages are left out; empty: in none. `es` is
  // in any region, `es-MX` is not.
  std::vector<LanguageTag> languages;
  // Units that were changed last before this, or do not say when, are left out.
  std::optional<int64_t> since_micros;

  // What units are left out for.
  bool drop_untranslated = false;  // Texts in less than two languages.
  bool drop_equal = false;         // A translation that equals its source.
  // A text in another script than its language's, or in Spanish for English and
  // the other way round.
  bool drop_wrong_language = false;
  // A translation whose numbers and dates are not those of its source.
  bool drop_differing_numbers = false;

  // Attributes for all units, in the place of their own; empty: their own.
  std::string document;
  std::string project;  // The property `x-project`.
  std::string creator;
  std::optional<int64_t> date_micros;  // Of creation.
};

// Something that was left out.
struct RuleFinding {
  bool unit = false;    // The whole unit; else one of its variants.
  std::string reason;   // UPPER_SNAKE_CASE, docs/errors.md.
  std::string message;  // For people: lower case, no stop.
};

// Applies the rules. Where the last finding is about the whole unit, this must
// not be stored. A translation that is left out takes the unit with it where no
// other is left. REQUIRES: the unit has a variant, and all its texts are UTF-8.
std::vector<RuleFinding> ApplyRules(const ImportRules& rules, Unit& unit);

// Whether the text is plainly not in the language. Only names and numbers may
// be in any.
bool IsInWrongLanguage(const Variant& variant);

// Whether every number, date and time of either text that is written in digits
// is in the other one, too, in whatever form: as another kind of thing, in
// words, as a numeral. Where it may be, they agree (text/possible_numbers.h).
bool NumbersAgree(const Variant& a, const Variant& b);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_IMPORT_RULES_H_
