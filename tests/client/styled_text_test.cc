#include "client/cli/output/styled_text.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> WrapPlain(const std::string& text, int width) {
  std::vector<std::string> lines;
  for (const StyledText& line : Wrap({{text}}, width)) {
    lines.push_back(Render(line, /*color=*/false));
  }
  return lines;
}

TEST(Wrap, BreaksAtSpacesAndDropsThem) {
  EXPECT_THAT(WrapPlain("the river rose again", 9),
              ElementsAre("the river", "rose", "again"));
}

TEST(Wrap, BreaksBetweenWideCharacters) {
  EXPECT_THAT(WrapPlain("两国签署协定", 6), ElementsAre("两国签", "署协定"));
}

TEST(Wrap, KeepsClosingPunctuationWithTheCharacterBefore) {
  EXPECT_THAT(WrapPlain("两国签署。", 8), ElementsAre("两国签", "署。"));
}

TEST(Wrap, KeepsOpeningPunctuationWithTheCharacterBehind) {
  EXPECT_THAT(WrapPlain("两国《签署》", 6),
              ElementsAre("两国", "《签", "署》"));
}

TEST(Wrap, BreaksALongWordAnywhere) {
  EXPECT_THAT(WrapPlain("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
}

TEST(Wrap, KeepsCombiningMarksWithTheirLetter) {
  EXPECT_THAT(WrapPlain("aaa\u0301a", 3), ElementsAre("aaa\u0301", "a"));
}

TEST(Wrap, GivesOneLineForNothing) {
  EXPECT_THAT(WrapPlain("", 10), ElementsAre(""));
}

TEST(Wrap, CarriesStylesOverTheBreak) {
  const StyledText text = {{"one two ", Style::kPlain},
                           {"three four", Style::kDeleted}};
  EXPECT_THAT(Wrap(text, 13),
              ElementsAre(StyledText{{"one two ", Style::kPlain},
                                     {"three", Style::kDeleted}},
                          StyledText{{"four", Style::kDeleted}}));
}

TEST(Wrap, NeverExceedsTheWidthAndLosesNothingButSpaces) {
  const std::string text =
      "据新华社北京4月17日电（记者 张三）The two sides signed “a” pact，协定"
      "将于2025年生效。Ambas partes firmaron.";
  std::string wanted = text;
  std::erase(wanted, ' ');
  for (int width = 2; width < 60; ++width) {
    std::string joined;
    for (const std::string& line : WrapPlain(text, width)) {
      EXPECT_LE(DisplayWidth(StyledText{{line}}), width) << line;
      joined += line;
    }
    std::erase(joined, ' ');
    EXPECT_EQ(joined, wanted) << width;
  }
}

TEST(Render, WritesAnsiSequencesOnlyWithColor) {
  const StyledText text = {{"a", Style::kPlain}, {"b", Style::kInserted}};
  EXPECT_EQ(Render(text, /*color=*/false), "ab");
  EXPECT_EQ(Render(text, /*color=*/true), "a\x1b[32mb\x1b[0m");
}

TEST(Append, JoinsSpansOfOneStyle) {
  StyledText text;
  Append(text, "a");
  Append(text, "b");
  Append(text, "", Style::kBold);
  Append(text, "c", Style::kBold);
  EXPECT_THAT(text,
              ElementsAre(Span{"ab", Style::kPlain}, Span{"c", Style::kBold}));
}

}  // namespace
}  // namespace tercet::cli
