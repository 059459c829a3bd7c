#include "service/base/utf8.h"

#include <algorithm>

namespace tercet {
namespace {

uint8_t ByteAt(std::string_view text, size_t position) {
  return static_cast<uint8_t>(text[position]);
}

// The length of the valid character at `position`; 0 when there is none. The
// ranges are table 3-7 of the Unicode standard: the second byte's range is what
// rules out overlong forms, surrogates and what is above U+10FFFF.
size_t CharacterLength(std::string_view text, size_t position) {
  const uint8_t lead = ByteAt(text, position);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;

  const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() - position < length) return 0;

  const uint8_t least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const uint8_t most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  const uint8_t second = ByteAt(text, position + 1);
  if (second < least || second > most) return 0;

  for (size_t i = 2; i < length; ++i) {
    if ((ByteAt(text, position + i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

}  // namespace

size_t ValidUtf8Prefix(std::string_view text) {
  size_t position = 0;
  while (position < text.size()) {
    const size_t length = CharacterLength(text, position);
    if (length == 0) break;
    position += length;
  }
  return position;
}

char32_t DecodeUtf8(std::string_view text, size_t* position) {
  const uint8_t lead = ByteAt(text, (*position)++);
  if (lead < 0x80) return lead;
  const int following = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  char32_t code_point = lead & (0x3F >> following);
  for (int i = 0; i < following; ++i) {
    code_point = code_point << 6 | (ByteAt(text, (*position)++) & 0x3F);
  }
  return code_point;
}

void AppendUtf8(std::string& out, char32_t code_point) {
  if (code_point < 0x80) {
    out.push_back(static_cast<char>(code_point));
    return;
  }
  const int following = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
  const int lead_mark = 0xF00 >> (following + 1) & 0xFF;  // 0xC0, E0, F0.
  out.push_back(static_cast<char>(lead_mark | code_point >> 6 * following));
  for (int i = following - 1; i >= 0; --i) {
    out.push_back(static_cast<char>(0x80 | (code_point >> 6 * i & 0x3F)));
  }
}

size_t CountCodePoints(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(text, [](char byte) {
    return (static_cast<uint8_t>(byte) & 0xC0) != 0x80;
  }));
}

std::string_view TruncateUtf8(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  size_t end = max_bytes;
  while (end > 0 && !IsCharacterStart(text, end)) --end;
  return text.substr(0, end);
}

std::string PrintableUtf8(std::string_view text, size_t max_bytes) {
  constexpr std::string_view kReplacement = "\uFFFD";
  std::string printable;
  size_t position = 0;
  while (position < text.size()) {
    const size_t length = CharacterLength(text, position);
    const uint8_t lead = ByteAt(text, position);
    const bool is_printable = length > 0 && lead >= 0x20 && lead != 0x7F;
    const std::string_view shown =
        is_printable ? text.substr(position, length) : kReplacement;
    if (printable.size() + shown.size() > max_bytes) {
      return printable + "…";
    }
    printable += shown;
    position += std::max<size_t>(length, 1);
  }
  return printable;
}

}  // namespace tercet
