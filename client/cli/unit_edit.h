// What the options of `tercet unit create|update` do to a unit.
#ifndef TERCET_CLIENT_CLI_UNIT_EDIT_H_
#define TERCET_CLIENT_CLI_UNIT_EDIT_H_

#include <optional>
#include <string>
#include <vector>

#include "service/base/status.h"
#include "tercet/v1/resources.pb.h"

namespace tercet::cli {

struct LanguageText {
  std::string language;
  std::string text;
};

// Parses `zh=水灾`; the text may hold further `=`. Fails with a usage error for
// a missing `=`, a wrong language and a text that is not UTF-8.
StatusOr<std::vector<LanguageText>> ParseTexts(
    const std::vector<std::string>& arguments);

struct UnitChange {
  std::vector<LanguageText> set;    // In place of all texts of its language.
  std::vector<LanguageText> add;    // Beside them.
  std::vector<std::string> remove;  // Languages.
  std::optional<std::string> source_language;
  std::optional<std::string> document;
  std::optional<v1::Unit::State> state;
  std::vector<std::string> notes;  // In place of all; empty: as they are.
};

// Languages are compared as codes in any spelling; a new one goes to the end.
// Fails with a usage error where that could be a slip: a language to remove
// that the unit has not, and a text in `zh` beside one in `zh-CN`, which `add`
// is for.
Status ApplyChange(const UnitChange& change, v1::Unit& unit);

// The update mask for it; empty when it changes nothing.
std::vector<std::string> MaskOf(const UnitChange& change);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_UNIT_EDIT_H_
