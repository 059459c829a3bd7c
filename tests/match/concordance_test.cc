#include "service/match/concordance.h"

#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum SearchForm;

// The parts of `text` where `phrase` stands.
std::vector<std::string> Find(std::string_view phrase, const Segment& segment,
                              std::string_view language,
                              SearchForm form = kFolded) {
  const PhraseMatcher matcher(phrase, form, language);
  std::vector<std::string> parts;
  for (const TextSpan& span :
       matcher.Find(SearchText(segment, form, language))) {
    parts.push_back(segment.text.substr(span.begin, span.end - span.begin));
  }
  return parts;
}

TEST(PhraseMatcher, FindsWhatTheDocumentSays) {
  struct Case {
    std::string phrase;
    std::string text;
    std::string language;
    std::vector<std::string> found;
    SearchForm form = kFolded;
  };
  const Case kCases[] = {
      {"art", "The art of the start.", "en", {"art"}},
      {"new york", "In New  York, New York!", "en", {"New  York", "New York"}},
      {"new york", "New, York", "en", {}},
      {"new, york", "New, York", "en", {"New, York"}},
      {"the end.", "the end", "en", {}},
      {"Trade", "trade TRADE Trade", "en", {"Trade"}, kExact},
      {"ＡＢＣ", "abc", "en", {"abc"}},
      {"don't", "Don’t!", "en", {"Don’t"}},
      {"don't", "Don’t!", "en", {}, kExact},
      {"talk",
       "Talks talked; talking talker",
       "en",
       {"Talks", "talked", "talking"},
       kInflected},
      {"talk", "Talks", "en", {}},
      {"ministro", "Los ministros", "es", {"ministros"}, kInflected},
      {"国", "中国和法国", "zh", {"国", "国"}},
      {"国和", "中国和法国", "zh", {"国和"}},
      {"國", "中国", "zh", {"国"}},
      {"國", "中国", "zh", {}, kExact},
      {"国国", "国国国", "zh", {"国国"}},
      {"在 Python", "在Python中", "zh", {"在Python"}},
      {"billion", "US$111.461 billion a year", "en", {"billion"}},
      {"111.461 billion", "US$111.461 billion", "en", {"111.461 billion"}},
      {"461", "111.461", "en", {}},
      {"亿", "1114.61亿美元", "zh", {"亿"}},
      {"三", "三分之一", "zh", {"三"}},
      {"52", "52%", "en", {"52"}},
      {"52%", "rose 52 %", "en", {"52 %"}},
      {"%", "rose 52%", "en", {"%"}},
      {"xinhuanet",
       "See https://www.xinhuanet.com/english.",
       "en",
       {"xinhuanet"}},
      {"xinhuanet.com",
       "See https://www.xinhuanet.com/english.",
       "en",
       {"xinhuanet.com"}},
      {"www.xinhuanet.com/english",
       "See https://www.xinhuanet.com/english.",
       "en",
       {"www.xinhuanet.com/english"}},
      {"xinhua", "https://www.xinhuanet.com", "en", {}},
      {"ana", "mail ana.ruiz@example.org", "en", {"ana"}},
      {"ana", "ana.ruiz", "en", {}},
      {"cafe\u0301", "café", "es", {"café"}},
      {"cafe", "café", "es", {}},
      {"😀", "ok 😀", "en", {"😀"}},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Find(c.phrase, {.text = c.text}, c.language, c.form), c.found)
        << "'" << c.phrase << "' in '" << c.text << "'";
  }
}

TEST(PhraseMatcher, LooksAcrossInlineCodesBetweenWords) {
  const InlineCode code{.offset = 4};
  EXPECT_THAT(Find("big house", {.text = "big house", .codes = {code}}, "en"),
              ElementsAre("big house"));
  const InlineCode inside{.offset = 2};
  EXPECT_THAT(Find("big", {.text = "big", .codes = {inside}}, "en"), IsEmpty());
}

TEST(PhraseMatcher, TrimsMarksWhenToldTo) {
  const auto finds = [](std::string_view phrase, std::string_view text) {
    const PhraseMatcher matcher(phrase, kFolded, "en", /*trim_marks=*/true);
    return !matcher.Find(SearchText({.text = std::string(text)}, kFolded, "en"))
                .empty();
  };
  EXPECT_TRUE(finds("(reform),", "a reform of"));
  EXPECT_TRUE(finds("(a.com),", "at https://a.com/b"));
  EXPECT_FALSE(finds("—", "a reform"));
  EXPECT_TRUE(finds("—", "a—b"));
}

TEST(PhraseMatcher, HasNothingToFindInWhiteSpace) {
  EXPECT_TRUE(PhraseMatcher(" \t", kFolded, "en").empty());
  EXPECT_FALSE(PhraseMatcher(".", kFolded, "en").empty());
  EXPECT_THAT(PhraseMatcher(".", kFolded, "en").words(), IsEmpty());
}

}  // namespace
}  // namespace tercet
