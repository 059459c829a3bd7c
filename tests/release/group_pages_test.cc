#include "service/release/group_pages.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/release/guess_language.h"
#include "service/release/pair_pages.h"
#include "service/release/repeated.h"
#include "service/release/version_name.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(VersionName, KnowsCommonPatterns) {
  struct Case {
    const char* path;
    const char* document;
    const char* language;
  };
  constexpr Case kCases[] = {
      {"2008/trade.en.html", "2008/trade", "en"},
      {"2008/trade.zh-CN.html", "2008/trade", "zh-CN"},
      {"2008/trade_zh_cn.htm", "2008/trade", "zh-CN"},
      {"2008/trade-es.md", "2008/trade", "es"},
      {"2008/trade_spanish.txt", "2008/trade", "es"},
      {"en/2008/trade.html", "2008/trade", "en"},
      {"2008/cn/trade.html", "2008/trade", "zh-CN"},
      {"News_2009/en.wml", "News_2009", "en"},
      {"zh.html", "", "zh"},
      {"en-trade.html", "trade", "en"},
      {"2008/trade.html", "2008/trade", ""},
      {"./a/ES/b.html", "a/b", "es"},
      {"2008/trade.html.zh", "2008/trade.html", "zh"},
      {"a/listen.html", "a/listen", ""},
      {"", "", ""},
  };
  for (const Case& c : kCases) {
    const VersionName name = ReadVersionName(c.path);
    EXPECT_EQ(name.document, c.document) << c.path;
    EXPECT_EQ(name.language, c.language) << c.path;
  }
}

TEST(GuessLanguage, KnowsThree) {
  EXPECT_EQ(GuessLanguage("The trade of the two countries grew by a tenth in "
                          "the first quarter of the year."),
            "en");
  EXPECT_EQ(GuessLanguage("El comercio de los dos países creció en el primer "
                          "trimestre del año."),
            "es");
  EXPECT_EQ(GuessLanguage("两国贸易额增长。Debian GNU/Linux"), "zh");
  EXPECT_EQ(GuessLanguage("Der Handel der beiden Staaten wuchs um ein Zehntel"),
            "");
  EXPECT_EQ(GuessLanguage(""), "");
}

LanguageTag Tag(std::string_view code) { return *LanguageTag::Parse(code); }

SourcePage MakePage(std::string file, std::string_view text) {
  SourcePage page = {.file = std::move(file), .format = PageFormat::kText};
  page.page.blocks.push_back({.text = std::string(text)});
  return page;
}

constexpr char kEn[] = "The trade of the two countries grew by 5 percent.";
constexpr char kZh[] = "两国的贸易额增长了百分之五。";
constexpr char kEs[] = "El comercio de los dos países creció un 5 por ciento.";

std::vector<std::string> Describe(const GroupedPages& grouped) {
  std::vector<std::string> lines;
  for (const Release& release : grouped.releases) {
    std::string line = release.document + ":";
    for (const SourcePage& version : release.versions) {
      line += " " + version.file + "=" + version.language.code();
    }
    lines.push_back(line);
  }
  for (const ReleaseProblem& problem : grouped.problems) {
    lines.push_back(problem.reason + " " + problem.file);
  }
  return lines;
}

TEST(GroupPages, GoesByNamesThenByThePageItself) {
  std::vector<SourcePage> pages = {
      MakePage("a/es.txt", kEs), MakePage("a/en.txt", kEn),
      MakePage("a/zh.txt", kZh), MakePage("b.zh.txt", kZh),
      MakePage("b.en.txt", kEn), MakePage("c.txt", kEs)};
  EXPECT_THAT(
      Describe(GroupPages(pages)),
      ElementsAre("a: a/en.txt=en a/zh.txt=zh a/es.txt=es",
                  "b: b.en.txt=en b.zh.txt=zh", "VERSION_MISSING c.txt"));
  std::reverse(pages.begin(), pages.end());
  EXPECT_EQ(Describe(GroupPages(pages))[0],
            "a: a/en.txt=en a/zh.txt=zh a/es.txt=es");
}

TEST(GroupPages, TakesTheRicherOfTwoPages) {
  SourcePage html = MakePage("a/en.html", kEn);
  html.format = PageFormat::kHtml;
  EXPECT_THAT(
      Describe(GroupPages(
          {MakePage("a/en.txt", kEn), html, MakePage("a/zh.txt", kZh)})),
      ElementsAre("a: a/en.html=en a/zh.txt=zh", "VERSION_DOUBLE a/en.txt"));
}

TEST(GroupPages, BelievesAManifest) {
  SourcePage first = MakePage("x1.txt", kEn);
  SourcePage second = MakePage("x2.txt", kZh);
  first.document = second.document = "press/7";
  first.language = Tag("en-GB");
  second.language = Tag("zh");
  EXPECT_THAT(Describe(GroupPages({first, second})),
              ElementsAre("press/7: x1.txt=en-GB x2.txt=zh"));
}

TEST(GroupPages, DoubtsWhatIsSaid) {
  EXPECT_THAT(
      Describe(GroupPages({MakePage("a.en.txt", kZh), MakePage("a.es.txt", kEs),
                           MakePage("b.txt", "12 34")})),
      ElementsAre("a: a.en.txt=en a.es.txt=es", "LANGUAGE_DOUBTED a.en.txt",
                  "LANGUAGE_UNKNOWN b.txt"));
}

TEST(GroupPages, PairsByContentWhereNamesTellNothing) {
  const auto grouped = GroupPages(
      {MakePage("one.txt",
                "The trade of Peru and Chile hit 111.461 billion dollars in "
                "2008, the minister of the Republic said in Lima."),
       MakePage("two.txt",
                "The army of Bolivia has 4567 horses and 29 elephants, as the "
                "General said on the day of the parade."),
       MakePage("tres.txt",
                "El comercio de Peru y de Chile llegó a los 111.461 millones "
                "de dólares en 2008, según dijo la ministra en Lima."),
       MakePage("quattro.txt",
                "2008年，秘鲁（Peru）和智利（Chile）的贸易额达到1114.61亿美元，"
                "部长在利马（Lima）说。")});
  EXPECT_THAT(Describe(grouped),
              ElementsAre("one: one.txt=en quattro.txt=zh tres.txt=es",
                          "VERSION_MISSING two.txt"));
}

TEST(PairPages, KeepsPagesOfOtherDaysApart) {
  SourcePage a = MakePage("a", "Peru Chile 4567 8910");
  SourcePage b = MakePage("b", "Peru Chile 4567 8910");
  a.language = Tag("en");
  b.language = Tag("es");
  a.page.date = {2008, 11, 21};
  b.page.date = {2008, 11, 22};
  const std::vector<const SourcePage*> pages = {&a, &b};
  EXPECT_EQ(PairPages(pages).size(), 1);
  b.page.date = {2009, 11, 22};
  EXPECT_THAT(PairPages(pages), IsEmpty());
}

std::vector<Release> ThreeReleases() {
  std::vector<Release> releases;
  for (int i = 0; i < 3; ++i) {
    SourcePage page = MakePage("p", "Text " + std::to_string(i) + " is here.");
    page.language = Tag("en");
    page.page.blocks.push_back({.text = "Ministry of Trade"});
    page.page.blocks.push_back({.text = "The Ministry is in Lima."});
    releases.push_back({.document = "d", .versions = {page}});
  }
  return releases;
}

TEST(Repeated, KeepsSentencesOnceAndMenusNever) {
  std::vector<Release> releases = ThreeReleases();
  DropRepeated(releases);
  EXPECT_EQ(releases[0].versions[0].page.blocks.size(), 2);
  EXPECT_EQ(releases[1].versions[0].page.blocks.size(), 1);
  EXPECT_EQ(releases[2].versions[0].page.blocks[0].text, "Text 2 is here.");
  EXPECT_EQ(releases[2].versions[0].page.dropped[1].reason,
            DropReason::kRepeated);
}

TEST(Repeated, LeavesAFewPagesAlone) {
  std::vector<Release> releases = ThreeReleases();
  releases.pop_back();
  DropRepeated(releases);
  EXPECT_EQ(releases[1].versions[0].page.blocks.size(), 3);
}

}  // namespace
}  // namespace tercet
