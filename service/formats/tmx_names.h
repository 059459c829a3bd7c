// What our TMX writer and reader have agreed on beyond the TMX standard.
// docs/formats/tmx.md tells it to others.
#ifndef TERCET_SERVICE_FORMATS_TMX_NAMES_H_
#define TERCET_SERVICE_FORMATS_TMX_NAMES_H_

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "service/model/unit.h"

namespace tercet {

// The properties of a `tu` that hold a field of Origin. The first of each type
// is the field; any more are properties like others.
struct OriginProperty {
  std::string_view type;
  std::string Origin::*field;
};
inline constexpr std::array<OriginProperty, 4> kOriginProperties = {{
    {"x-document", &Origin::document},
    {"x-context-pre", &Origin::previous},
    {"x-context-post", &Origin::next},
    {"x-context-key", &Origin::key},
}};

// The property of a `tu` that holds its state, one of StateName().
inline constexpr std::string_view kStateProperty = "x-tercet-state";

// `srclang` of files and units that name no source language.
inline constexpr std::string_view kAnyLanguage = "*all*";

// A character that XML cannot hold stands in a `seg` as
// `<ph type="x-tercet-char">U+0007</ph>`.
InlineCode MakeCharacterCode(char32_t character);

// The character of such a code; nullopt for all other codes.
std::optional<char32_t> CharacterOfCode(const InlineCode& code);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_TMX_NAMES_H_
