#include "service/text/tokenize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tercet {
namespace {

using ::testing::ElementsAre;

// The tokens as they are written, each with a letter for its kind where that is
// not a word: n(umber), a(ddress), p(unctuation).
std::vector<std::string> Tokens(std::string_view text,
                                std::vector<size_t> breaks = {}) {
  std::vector<std::string> out;
  for (const TokenSpan& span : Tokenize(text, breaks)) {
    std::string token(text.substr(span.begin, span.end - span.begin));
    switch (span.kind) {
      case SpanKind::kWord:
        break;
      case SpanKind::kNumber:
        token += "/n";
        break;
      case SpanKind::kAddress:
        token += "/a";
        break;
      case SpanKind::kPunctuation:
        token += "/p";
        break;
    }
    out.push_back(token);
  }
  return out;
}

TEST(Tokenize, CutsEnglishAtSpacesAndPunctuation) {
  EXPECT_THAT(Tokens("Don't panic, \u201cMr. Smith\u201d said."),
              ElementsAre("Don't", "panic", ",/p", "\u201c/p", "Mr", "./p",
                          "Smith", "\u201d/p", "said", "./p"));
}

TEST(Tokenize, KeepsAbbreviationsWithInnerStops) {
  EXPECT_THAT(Tokens("the U.S. side"),
              ElementsAre("the", "U.S", "./p", "side"));
}

TEST(Tokenize, MakesEveryHanCharacterAToken) {
  EXPECT_THAT(Tokens("中国，你好。"),
              ElementsAre("中", "国", "，/p", "你", "好", "。/p"));
}

TEST(Tokenize, MixesChineseWithDigitsAndLatin) {
  EXPECT_THAT(Tokens("2008年GDP增长9.5%"),
              ElementsAre("2008/n", "年", "GDP", "增", "长", "9.5/n", "%/p"));
}

TEST(Tokenize, KeepsSeparatorsInNumber) {
  EXPECT_THAT(
      Tokens("1,234.56 y 1.234,56 y 3,5."),
      ElementsAre("1,234.56/n", "y", "1.234,56/n", "y", "3,5/n", "./p"));
}

TEST(Tokenize, DoesNotJoinNumbersAcrossChineseComma) {
  EXPECT_THAT(Tokens("10，20"), ElementsAre("10/n", "，/p", "20/n"));
}

TEST(Tokenize, ReadsFullWidthDigitsAsNumber) {
  EXPECT_THAT(Tokens("２００８年"), ElementsAre("２００８/n", "年"));
}

TEST(Tokenize, TakesLettersWithDigitsAsWord) {
  EXPECT_THAT(Tokens("COVID19 3D G20"), ElementsAre("COVID19", "3D", "G20"));
}

TEST(Tokenize, SplitsAtHyphens) {
  EXPECT_THAT(Tokens("two-way trade"),
              ElementsAre("two", "-/p", "way", "trade"));
}

TEST(Tokenize, KeepsAddressesWhole) {
  EXPECT_THAT(Tokens("See https://example.org/a?b=1&c, www.debian.org/x/ or "
                     "press.desk@news.example.com."),
              ElementsAre("See", "https://example.org/a?b=1&c/a", ",/p",
                          "www.debian.org/x//a", "or",
                          "press.desk@news.example.com/a", "./p"));
}

TEST(Tokenize, KeepsPathsWhole) {
  EXPECT_THAT(Tokens("See /etc/hosts.conf, ~/x.txt and (/usr/bin/)."),
              ElementsAre("See", "/etc/hosts.conf/a", ",/p", "~/x.txt/a", "and",
                          "(/p", "/usr/bin//a", ")/p", "./p"));
  EXPECT_THAT(Tokens("and/or km/h /etc 5/7 </b>"),
              ElementsAre("and", "//p", "or", "km", "//p", "h", "//p", "etc",
                          "5/n", "//p", "7/n", "</p", "//p", "b", ">/p"));
}

TEST(Tokenize, EndsAddressAtChinese) {
  EXPECT_THAT(Tokens("参见https://example.org/路径"),
              ElementsAre("参", "见", "https://example.org//a", "路", "径"));
}

TEST(Tokenize, KeepsCombiningMarksWithTheirLetter) {
  EXPECT_THAT(Tokens("cafe\u0301 s\u00ed"),
              ElementsAre("cafe\u0301", "s\u00ed"));
}

TEST(Tokenize, TakesEmojiAsWord) {
  EXPECT_THAT(Tokens("good 👍🏽 day"),
              ElementsAre("good", "👍🏽", "day"));
}

TEST(Tokenize, BreaksWordsWhereTagsStand) {
  EXPECT_THAT(Tokens("unbelievable", {2, 9}),
              ElementsAre("un", "believa", "ble"));
}

TEST(Tokenize, TellsSpaceBefore) {
  const std::vector<TokenSpan> tokens = Tokenize(" a b\u00a0c\u3000d,e");
  ASSERT_EQ(tokens.size(), 6u);
  std::vector<bool> spaces;
  for (const TokenSpan& token : tokens) spaces.push_back(token.space_before);
  EXPECT_THAT(spaces, ElementsAre(true, true, true, true, false, false));
}

TEST(Tokenize, FindsNothingInWhiteSpace) {
  EXPECT_THAT(Tokens(" \t\u3000\n"), ElementsAre());
}

TEST(Tokenize, CoversEveryVisibleCharacterOnce) {
  const std::string text = "Él dijo: «¿Qué?» 价格为￥5,000。 a_b ½ ₂ ไทย한국어";
  size_t end = 0;
  for (const TokenSpan& token : Tokenize(text)) {
    EXPECT_GE(token.begin, end);
    EXPECT_LT(token.begin, token.end);
    for (size_t i = end; i < token.begin; ++i) EXPECT_EQ(text[i], ' ');
    end = token.end;
  }
  EXPECT_EQ(end, text.size());
}

// Every word may begin an address; looking for its end must not take quadratic
// time: a megabyte in well under the test's limit, not in an hour.
TEST(Tokenize, IsLinearOnNearAddresses) {
  for (const char* piece :
       {"ab-", "a.b-", "x@", "www.,", "-/", "/a-", " /a", " /a/b", " ~/"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    size_t end = 0;
    for (const TokenSpan& token : Tokenize(text)) end = token.end;
    EXPECT_EQ(end, text.size()) << piece;
  }
}

}  // namespace
}  // namespace tercet
