#include "service/formats/xml_reference.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "service/base/utf8.h"
#include "service/formats/html_entities.h"
#include "service/formats/xml_escape.h"

namespace tercet {
namespace {

using Kind = XmlReference::Kind;

constexpr char32_t kNoCharacter = 0x110000;

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
         c == ':' || (c & 0x80) != 0;
}

// The number of `#65` or `#x41`; kNoCharacter where it is none that exists.
char32_t NumberOf(std::string_view name) {
  name.remove_prefix(1);
  const bool hex = name.starts_with('x') || name.starts_with('X');
  if (hex) name.remove_prefix(1);
  uint32_t number = 0;
  const char* end = name.data() + name.size();
  const auto [parsed, error] =
      std::from_chars(name.data(), end, number, hex ? 16 : 10);
  return error == std::errc() && parsed == end && number < kNoCharacter
             ? number
             : kNoCharacter;
}

bool IsHighSurrogate(char32_t c) { return c >= 0xD800 && c < 0xDC00; }
bool IsLowSurrogate(char32_t c) { return c >= 0xDC00 && c < 0xE000; }

std::string_view PredefinedEntity(std::string_view name) {
  if (name == "amp") return "&";
  if (name == "lt") return "<";
  if (name == "gt") return ">";
  if (name == "quot") return "\"";
  if (name == "apos") return "'";
  return "";
}

// The name between `&` and `;`; empty where there is none.
std::string_view NameOf(std::string_view text) {
  if (!text.starts_with('&')) return "";
  const std::string_view rest = text.substr(1, kMaxXmlReferenceBytes - 2);
  size_t end = rest.starts_with('#') ? 1 : 0;
  while (end < rest.size() && IsNameCharacter(rest[end])) ++end;
  return end < rest.size() && rest[end] == ';' ? rest.substr(0, end) : "";
}

// Some tools write characters beyond U+FFFF as two references to surrogates.
std::optional<XmlReference> ReadPair(char32_t high, std::string_view rest,
                                     size_t bytes) {
  const std::string_view name = NameOf(rest);
  if (!name.starts_with('#')) return std::nullopt;
  const char32_t low = NumberOf(name);
  if (!IsLowSurrogate(low)) return std::nullopt;
  XmlReference pair{.kind = Kind::kCharacter, .bytes = bytes + name.size() + 2};
  AppendUtf8(pair.text, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
  return pair;
}

}  // namespace

XmlReference ReadXmlReference(std::string_view text) {
  const std::string_view name = NameOf(text);
  if (name.empty()) return {.text = "&"};
  XmlReference reference{.kind = Kind::kCharacter, .bytes = name.size() + 2};
  if (!name.starts_with('#')) {
    reference.text = PredefinedEntity(name);
    if (!reference.text.empty()) return reference;
    if (const std::optional<char32_t> character = HtmlEntity(name)) {
      AppendUtf8(reference.text, *character);
    } else {
      reference.kind = Kind::kUnknown;
      // `R&D;` is text that nobody escaped.
      reference.text = text.substr(0, reference.bytes);
    }
    return reference;
  }
  const char32_t character = NumberOf(name);
  if (IsHighSurrogate(character)) {
    if (auto pair = ReadPair(character, text.substr(reference.bytes),
                             reference.bytes)) {
      return *std::move(pair);
    }
  }
  if (character == kNoCharacter || IsHighSurrogate(character) ||
      IsLowSurrogate(character) || !IsXmlCharacter(character)) {
    reference.kind = Kind::kInvalid;
    return reference;
  }
  AppendUtf8(reference.text, character);
  return reference;
}

}  // namespace tercet
