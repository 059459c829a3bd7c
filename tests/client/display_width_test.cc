#include "client/cli/output/display_width.h"

#include <string>

#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

TEST(DisplayWidth, CountsColumnsNotCharacters) {
  const struct {
    std::string text;
    int width;
  } kCases[] = {
      {"", 0},
      {"flood", 5},
      {"inundación", 10},
      {"inundacio\u0301n", 10},  // The accent on its own.
      {"水灾", 4},
      {"，。", 4},
      {"ＡＢ", 4},
      {"ｱｲ", 2},  // Half-width katakana.
      {"한국어", 6},
      {"\u1112\u1161\u11ab", 2},  // One syllable, decomposed.
      {"👍", 2},
      {"1\u200b2", 2},  // A space of no width.
      {"𠀀", 2},        // Beyond the first plane.
      {"“quoted”", 8},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(DisplayWidth(c.text), c.width) << c.text;
  }
}

TEST(Printable, ShowsControlCharactersAsPictures) {
  EXPECT_EQ(Printable("a\nb\tc\x1b[31m"), "a␊b␉c␛[31m");
  EXPECT_EQ(Printable("\x7f"), "␡");
  EXPECT_EQ(Printable("\u0085"), "\uFFFD");
}

TEST(Printable, ReplacesWhatIsNotUtf8ByteByByte) {
  EXPECT_EQ(Printable("a\xff\xfe水"), "a\uFFFD\uFFFD水");
}

TEST(Printable, LeavesTextAlone) {
  EXPECT_EQ(Printable("水灾 inundación 👍"), "水灾 inundación 👍");
}

}  // namespace
}  // namespace tercet::cli
