#include "service/formats/tmx_names.h"

#include <charconv>

#include "fmt/format.h"
#include "service/formats/xml_escape.h"

namespace tercet {
namespace {

constexpr std::string_view kCharacterType = "x-tercet-char";
constexpr size_t kCodePointBytes = 6;  // U+0007

}  // namespace

InlineCode MakeCharacterCode(char32_t character) {
  return {
      .kind = InlineCode::Kind::kPlaceholder,
      .content = fmt::format("U+{:04X}", static_cast<uint32_t>(character)),
      .attributes = {{.type = "type", .value = std::string(kCharacterType)}}};
}

std::optional<char32_t> CharacterOfCode(const InlineCode& code) {
  if (code.attributes.size() != 1 || code.content.size() != kCodePointBytes ||
      code.attributes[0].type != "type" ||
      code.attributes[0].value != kCharacterType) {
    return std::nullopt;
  }
  uint32_t character = 0;
  const char* end = code.content.data() + code.content.size();
  const auto [parsed, error] =
      std::from_chars(code.content.data() + 2, end, character, 16);
  if (error != std::errc() || parsed != end || IsXmlCharacter(character)) {
    return std::nullopt;
  }
  if (code != MakeCharacterCode(character)) return std::nullopt;
  return character;
}

}  // namespace tercet
