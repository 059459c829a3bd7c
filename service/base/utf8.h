// UTF-8 without ICU: validity and counting.
#ifndef TERCET_SERVICE_BASE_UTF8_H_
#define TERCET_SERVICE_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tercet {

// The number of leading bytes that are valid UTF-8 (RFC 3629: no surrogates,
// no overlong forms, at most U+10FFFF); equals text.size() when all are.
size_t ValidUtf8Prefix(std::string_view text);

inline bool IsValidUtf8(std::string_view text) {
  return ValidUtf8Prefix(text) == text.size();
}

// Decodes the code point at `*position` and moves behind it.
// REQUIRES: text is valid UTF-8, *position is a character's start.
char32_t DecodeUtf8(std::string_view text, size_t* position);

// Appends `code_point` as UTF-8. REQUIRES: it is a Unicode scalar value.
void AppendUtf8(std::string& out, char32_t code_point);

// The number of code points. REQUIRES: text is valid UTF-8.
size_t CountCodePoints(std::string_view text);

// Whether byte `position` is the start of a character or the end of the text.
inline bool IsCharacterStart(std::string_view text, size_t position) {
  return position == text.size() ||
         (position < text.size() &&
          (static_cast<unsigned char>(text[position]) & 0xC0) != 0x80);
}

// At most `max_bytes` of `text`, cut at a character's start.
std::string_view TruncateUtf8(std::string_view text, size_t max_bytes);

// `text`, which may be anything, as it can stand in a message: control
// characters and invalid bytes become U+FFFD; where it is longer than
// `max_bytes` the rest becomes `…`.
std::string PrintableUtf8(std::string_view text, size_t max_bytes);

}  // namespace tercet

#endif  // TERCET_SERVICE_BASE_UTF8_H_
