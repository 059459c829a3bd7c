// The words that several formats use for the values of the model.
#ifndef TERCET_SERVICE_FORMATS_NAMES_H_
#define TERCET_SERVICE_FORMATS_NAMES_H_

#include <optional>
#include <string_view>

#include "service/model/unit.h"

namespace tercet {

// `aligned`, `draft`, `confirmed`; `unspecified` where nothing was said.
std::string_view StateName(UnitState state);
std::optional<UnitState> StateFromName(std::string_view name);

// The TMX element: `bpt`, `ept`, `ph`, `it`, `hi`, `/hi`, `ut`.
std::string_view CodeKindName(InlineCode::Kind kind);
std::optional<InlineCode::Kind> CodeKindFromName(std::string_view name);

// Whether the two are equal but for the case of ASCII letters.
bool EqualsIgnoringCase(std::string_view a, std::string_view b);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_NAMES_H_
