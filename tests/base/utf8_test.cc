#include "service/base/utf8.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace tercet {
namespace {

std::string Encode(char32_t code_point) {
  std::string text;
  AppendUtf8(text, code_point);
  return text;
}

bool IsScalarValue(char32_t c) {
  return c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
}

TEST(Utf8, EveryCodePointMakesTheRoundTrip) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (!IsScalarValue(c)) continue;
    const std::string text = Encode(c);
    ASSERT_TRUE(IsValidUtf8(text)) << std::hex << uint32_t{c};
    size_t position = 0;
    ASSERT_EQ(DecodeUtf8(text, &position), c) << std::hex << uint32_t{c};
    ASSERT_EQ(position, text.size()) << std::hex << uint32_t{c};
  }
}

TEST(Utf8, EncodesAsTheStandardSays) {
  EXPECT_EQ(Encode('A'), "A");
  EXPECT_EQ(Encode(0xF1), "\xC3\xB1");             // ñ
  EXPECT_EQ(Encode(0x4E2D), "\xE4\xB8\xAD");       // 中
  EXPECT_EQ(Encode(0x1F600), "\xF0\x9F\x98\x80");  // An emoji.
}

TEST(Utf8, ValidPrefixEndsBeforeTheFirstBadByte) {
  struct Case {
    const char* what;
    std::string text;
    size_t valid;
  };
  const Case kCases[] = {
      {"empty", "", 0},
      {"plain", "abc", 3},
      {"all lengths", "añ中😀", 10},
      {"a NUL", std::string("a\0b", 3), 3},
      {"lone continuation", "a\x80", 1},
      {"overlong slash, two bytes", "\xC0\xAF", 0},
      {"overlong, two bytes", "\xC1\xBF", 0},
      {"overlong, three bytes", "\xE0\x9F\xBF", 0},
      {"overlong, four bytes", "\xF0\x8F\xBF\xBF", 0},
      {"high surrogate", "\xED\xA0\x80", 0},
      {"low surrogate", "\xED\xBF\xBF", 0},
      {"above U+10FFFF", "\xF4\x90\x80\x80", 0},
      {"five bytes", "\xF8\x88\x80\x80\x80", 0},
      {"0xFE", "ok\xFE", 2},
      {"cut after one of two", "a\xC3", 1},
      {"cut after two of three", "a\xE4\xB8", 1},
      {"cut after three of four", "a\xF0\x9F\x98", 1},
      {"new start instead of continuation",
       "\xE4\xB8"
       "A",
       0},
      {"Latin-1 ñ", "a\xF1o", 1},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(ValidUtf8Prefix(c.text), c.valid) << c.what;
  }
}

// The slow twin: a character is valid if encoding what it decodes to gives the
// same bytes back.
bool IsCharacter(std::string_view bytes) {
  static constexpr uint8_t kLeadBits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t c = static_cast<uint8_t>(bytes[0]) & kLeadBits[bytes.size()];
  for (size_t i = 1; i < bytes.size(); ++i) {
    c = c << 6 | (static_cast<uint8_t>(bytes[i]) & 0x3F);
  }
  return IsScalarValue(c) && Encode(c) == bytes;
}

TEST(Utf8, ValidityEqualsThatOfDecodingAndEncoding) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      for (int third : {0x00, 0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xFF}) {
        const std::string bytes = {static_cast<char>(first),
                                   static_cast<char>(second),
                                   static_cast<char>(third)};
        for (size_t size = 1; size <= 3; ++size) {
          const std::string_view head = std::string_view(bytes).substr(0, size);
          const bool shorter_is_valid =
              size > 1 && ValidUtf8Prefix(head.substr(0, size - 1)) > 0;
          if (shorter_is_valid) continue;
          ASSERT_EQ(IsValidUtf8(head), IsCharacter(head))
              << first << " " << second << " " << third << " " << size;
        }
      }
    }
  }
}

TEST(Utf8, CountsCodePointsNotBytes) {
  EXPECT_EQ(CountCodePoints(""), 0u);
  EXPECT_EQ(CountCodePoints("añ中😀"), 4u);
}

TEST(Utf8, CharacterStartsAreWhereDecodingStops) {
  const std::string text = "a中b";
  std::vector<size_t> starts;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (IsCharacterStart(text, i)) starts.push_back(i);
  }
  EXPECT_EQ(starts, (std::vector<size_t>{0, 1, 4, 5}));
  EXPECT_FALSE(IsCharacterStart(text, text.size() + 1));
}

TEST(Utf8, TruncatesBetweenCharacters) {
  EXPECT_EQ(TruncateUtf8("a中b", 5), "a中b");
  EXPECT_EQ(TruncateUtf8("a中b", 4), "a中");
  EXPECT_EQ(TruncateUtf8("a中b", 3), "a");
  EXPECT_EQ(TruncateUtf8("中", 2), "");
  EXPECT_EQ(TruncateUtf8("", 0), "");
}

TEST(Utf8, PrintableHidesWhatATerminalWouldObey) {
  EXPECT_EQ(PrintableUtf8("es_ñ中", 64), "es_ñ中");
  EXPECT_EQ(PrintableUtf8("a\x1B[31m\n", 64), "a\uFFFD[31m\uFFFD");
  EXPECT_EQ(PrintableUtf8("\xFF\xE4\xB8", 64), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(PrintableUtf8("中文字", 7), "中文…");
}

}  // namespace
}  // namespace tercet
