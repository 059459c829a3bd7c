#include "client/job/text_count.h"

#include <string>

#include "gtest/gtest.h"

namespace tercet {
namespace {

TextCount Count(const std::string& text) {
  return CountSegment({.text = text});
}

TEST(TextCount, CountsWords) {
  struct Case {
    std::string text;
    int words;
  };
  const Case cases[] = {
      {"", 0},
      {"Rates rose by 7.2 percent.", 5},
      {"Don't panic", 2},
      {"state-of-the-art and/or 2010–2012", 3},
      {"peace—or war", 3},
      {"a – b - c", 3},
      {"… !! ?", 0},
      {"$2.5 20% @ana #tag http://example.org/a?b=c", 5},
      {"¿Qué pasó el 3 de mayo?", 6},
      {"EE. UU.", 2},
      {"今年增长7.2%。", 5},
      {"苹果（Apple）、IBM", 4},
      {"2026年11月", 4},
      {"《人民日报》：GDP增长", 7},
      {"e\xCC\x81te\xCC\x81", 1},
  };
  for (const Case& c : cases) EXPECT_EQ(Count(c.text).words, c.words) << c.text;
}

TEST(TextCount, CountsCharacters) {
  EXPECT_EQ(Count("今年 增长。").characters, 5);
  EXPECT_EQ(Count("今年 增长。").spaces, 1);
  EXPECT_EQ(Count("¿Qué?").characters, 5);
  // The same text in either form of Unicode.
  EXPECT_EQ(Count("e\xCC\x81t\xC3\xA9"), Count("\xC3\xA9te\xCC\x81"));
  EXPECT_EQ(Count("e\xCC\x81t\xC3\xA9").characters, 3);
}

TEST(TextCount, CountsTagsApart) {
  const Segment segment = {.text = "a b",
                           .codes = {{.offset = 1}, {.offset = 2}}};
  EXPECT_EQ(
      CountSegment(segment),
      (TextCount{
          .segments = 1, .words = 2, .characters = 2, .spaces = 1, .tags = 2}));
}

}  // namespace
}  // namespace tercet
