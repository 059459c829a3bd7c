#include "service/formats/xml_escape.h"

#include <algorithm>

#include "service/base/utf8.h"

namespace tercet {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kControlPictures = 0x2400;

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool IsNameCharacter(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

// What to write for an ASCII character; empty for itself.
std::string_view Reference(char c, bool in_attribute) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\r':
      return "&#13;";
    case '"':
      return in_attribute ? "&quot;" : "";
    case '\n':
      return in_attribute ? "&#10;" : "";
    case '\t':
      return in_attribute ? "&#9;" : "";
    default:
      return "";
  }
}

// The bytes from `position` on that are written as they are.
size_t PlainLength(std::string_view text, size_t position, bool in_attribute) {
  size_t end = position;
  while (end < text.size()) {
    const char c = text[end];
    const bool is_plain =
        static_cast<unsigned char>(c) < 0x80 &&
        (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') &&
        Reference(c, in_attribute).empty();
    if (!is_plain) break;
    ++end;
  }
  return end - position;
}

// REQUIRES: text is valid UTF-8.
void AppendValid(std::string& out, std::string_view text, bool in_attribute) {
  size_t position = 0;
  while (position < text.size()) {
    const size_t plain = PlainLength(text, position, in_attribute);
    out += text.substr(position, plain);
    position += plain;
    if (position == text.size()) return;

    const std::string_view reference = Reference(text[position], in_attribute);
    if (!reference.empty()) {
      out += reference;
      ++position;
      continue;
    }
    const char32_t c = DecodeUtf8(text, &position);
    if (IsXmlCharacter(c)) {
      AppendUtf8(out, c);
    } else {
      AppendUtf8(out, c < 0x20 ? kControlPictures + c : kReplacement);
    }
  }
}

void Append(std::string& out, std::string_view text, bool in_attribute) {
  while (true) {
    const size_t valid = ValidUtf8Prefix(text);
    AppendValid(out, text.substr(0, valid), in_attribute);
    if (valid == text.size()) return;
    AppendUtf8(out, kReplacement);
    text.remove_prefix(valid + 1);
  }
}

}  // namespace

void AppendXmlText(std::string& out, std::string_view text) {
  Append(out, text, /*in_attribute=*/false);
}

void AppendXmlAttribute(std::string& out, std::string_view name,
                        std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  Append(out, value, /*in_attribute=*/true);
  out += '"';
}

bool IsXmlCharacter(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c != 0xFFFE && c != 0xFFFF;
}

bool IsPlainXmlName(std::string_view name) {
  constexpr std::string_view kXmlPrefix = "xml:";
  if (name.substr(0, kXmlPrefix.size()) == kXmlPrefix) {
    name.remove_prefix(kXmlPrefix.size());
  }
  return !name.empty() && IsLetter(name.front()) && name != "xmlns" &&
         std::ranges::all_of(name, IsNameCharacter);
}

}  // namespace tercet
