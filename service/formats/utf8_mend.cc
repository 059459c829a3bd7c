#include "service/formats/utf8_mend.h"

#include <array>
#include <cstdint>

#include "fmt/format.h"
#include "service/base/utf8.h"

namespace tercet {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// 0x80 to 0x9F of windows-1252; those that mean nothing are U+FFFD.
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

unsigned ByteAt(std::string_view text, size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

bool IsContinuation(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

// A surrogate as three bytes of its own; 0 for anything else.
char32_t SurrogateAt(std::string_view text, size_t i) {
  const unsigned second = ByteAt(text, i + 1);
  const unsigned third = ByteAt(text, i + 2);
  if (ByteAt(text, i) != 0xED || second < 0xA0 || !IsContinuation(second) ||
      !IsContinuation(third)) {
    return 0;
  }
  return 0xD000U | ((second & 0x3FU) << 6U) | (third & 0x3FU);
}

// So many bytes begin a character of which the rest is missing; 0 for none.
size_t CutCharacter(std::string_view text) {
  const unsigned lead = ByteAt(text, 0);
  const size_t whole = lead >= 0xF0 && lead < 0xF5   ? 4
                       : lead >= 0xE0 && lead < 0xF0 ? 3
                                                     : 0;
  size_t length = 1;
  while (length < whole && IsContinuation(ByteAt(text, length))) ++length;
  return whole > 0 && length > 1 && length < whole ? length : 0;
}

}  // namespace

MendedBytes MendUtf8Front(std::string_view rest) {
  MendedBytes mended;
  const char32_t high = SurrogateAt(rest, 0);
  const char32_t low = SurrogateAt(rest, 3);
  if (high >= 0xD800 && high < 0xDC00 && low >= 0xDC00) {
    mended.bytes = 6;
    AppendUtf8(mended.text, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
    mended.message =
        "a character that was written as two surrogates was mended";
    return mended;
  }
  if (high != 0) {
    mended.bytes = 3;
    AppendUtf8(mended.text, kReplacement);
    mended.message = "half of a character (a surrogate) became U+FFFD";
    return mended;
  }
  if (const size_t cut = CutCharacter(rest); cut > 0) {
    mended.bytes = cut;
    AppendUtf8(mended.text, kReplacement);
    mended.message = "a character that was cut off became U+FFFD";
    return mended;
  }
  const unsigned byte = ByteAt(rest, 0);
  AppendUtf8(mended.text, byte < 0xA0 ? kWindows1252[byte & 0x1FU] : byte);
  mended.message = fmt::format(
      "the byte 0x{:02X} is not UTF-8 and was taken for '{}' (windows-1252)",
      byte, mended.text);
  return mended;
}

}  // namespace tercet
