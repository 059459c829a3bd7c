#include "service/text/placeables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "service/base/utf8.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// `[number] 52 per cent = 52 | 53`: class, span, value, other value.
std::vector<std::string> Found(std::string_view text,
                               std::string_view language) {
  std::vector<std::string> out;
  for (const Placeable& placeable : FindPlaceables(text, language)) {
    std::string line(NameOf(placeable.placeable_class));
    line += " ";
    line += text.substr(placeable.begin, placeable.end - placeable.begin);
    line += " = " + placeable.value;
    if (!placeable.other_value.empty()) line += " | " + placeable.other_value;
    out.push_back(line);
  }
  return out;
}

struct Case {
  const char* language;
  const char* text;
  std::vector<std::string> found;
};

void CheckAll(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(Found(c.text, c.language), c.found)
        << c.language << " " << c.text;
  }
}

TEST(FindPlaceables, ReadsDigits) {
  CheckAll({
      {"en",
       "about 5 of 1,234,567.89 and 1.234.567,89",
       {"number 5 = 5", "number 1,234,567.89 = 1234567.89",
        "number 1.234.567,89 = 1234567.89"}},
      {"en",
       "1,234 or 1.234",
       {"number 1,234 = 1234 | 1.234", "number 1.234 = 1.234 | 1234"}},
      {"es",
       "1,234 o 1.234",
       {"number 1,234 = 1.234 | 1234", "number 1.234 = 1234 | 1.234"}},
      {"es",
       "10 000 de 1 234 567",
       {"number 10 000 = 10000", "number 1 234 567 = 1234567"}},
      {"en",
       "10\u00A0000 in 3 100",
       {"number 10\u00A0000 = 10000", "number 3 = 3", "number 100 = 100"}},
      {"zh", "２００８", {"number ２００８ = 2008"}},
      {"en",
       "-5 (-6) \u22127 1-2 a-3 - 4",
       {"number -5 = -5", "number -6 = -6", "number \u22127 = -7",
        "number 1 = 1", "number 2 = 2", "number 3 = 3", "number 4 = 4"}},
      {"en", "COVID-19, F-16, CVE-2017-7480, 5G, G20, 10km, 3D", {}},
      {"en", "in mid-2008", {"number 2008 = 2008"}},
      {"en",
       "0.5 and 0.234 and 007",
       {"number 0.5 = 0.5", "number 0.234 = 0.234", "number 007 = 7"}},
      {"en",
       "v 1.2.3 at 192.168.0.1",
       {"code 1.2.3 = 1.2.3", "code 192.168.0.1 = 192.168.0.1"}},
      {"de", "1,5 Millionen", {"number 1,5 = 1.5"}},
  });
}

TEST(FindPlaceables, JoinsMagnitudes) {
  CheckAll({
      {"en",
       "US$111.461 billion",
       {"number 111.461 billion = 111461000000 | 111461000000000"}},
      {"zh", "1114.61亿美元", {"number 1114.61亿 = 111461000000"}},
      {"es",
       "111.461 mil millones",
       {"number 111.461 mil millones = 111461000000 | 111461000000000"}},
      {"es",
       "111.461 millones",
       {"number 111.461 millones = 111461000000 | 111461000"}},
      {"es",
       "1,2 millones y 20 mil y 2 millones y medio",
       {"number 1,2 millones = 1200000", "number 20 mil = 20000",
        "number 2 millones y medio = 2500000"}},
      {"es", "3 billones", {"number 3 billones = 3000000000000"}},
      {"en",
       "3 billion, a 10-million fund",
       {"number 3 billion = 3000000000", "number 10-million = 10000000"}},
      {"zh",
       "1.2万亿，3百万，5千克，10 万",
       {"number 1.2万亿 = 1200000000000", "number 3百万 = 3000000",
        "number 5 = 5", "number 10 万 = 100000"}},
      {"zh",
       "5億1萬4千6百，1亿2000万，2千零30万",
       {"number 5億1萬4千6百 = 500014600", "number 1亿2000万 = 120000000",
        "number 2千零30万 = 20300000"}},
      {"en",
       "2½ million, ½",
       {"number 2½ million = 2500000", "number ½ = 0.5"}},
  });
}

TEST(FindPlaceables, ReadsPercentages) {
  for (const char* text :
       {"52%", "52 %", "52 per cent", "52 percent", "fifty-two percent"}) {
    EXPECT_THAT(Found(text, "en"),
                ElementsAre("percent " + std::string(text) + " = 52"));
  }
  for (const char* text :
       {"52 por ciento", "52 %", "cincuenta y dos por ciento"}) {
    EXPECT_THAT(Found(text, "es"),
                ElementsAre("percent " + std::string(text) + " = 52"));
  }
  for (const char* text : {"52%", "５２％", "百分之五十二", "百分之52"}) {
    EXPECT_THAT(Found(text, "zh"),
                ElementsAre("percent " + std::string(text) + " = 52"));
  }
  CheckAll({{"zh",
             "百分之百、百分之三点五、千分之三",
             {"percent 百分之百 = 100", "percent 百分之三点五 = 3.5",
              "percent 千分之三 = 0.3"}},
            {"en",
             "3\u2030, 5 percentage points",
             {"percent 3\u2030 = 0.3", "number 5 = 5"}}});
}

TEST(FindPlaceables, ReadsFractions) {
  CheckAll({
      {"en",
       "one third of it, two-thirds, 1/2, 3/4 and one third.",
       {"number one third = 1/3", "number two-thirds = 2/3", "number 1/2 = 0.5",
        "number 3/4 = 0.75", "number one third = 1/3"}},
      {"en", "one third party", {}},
      {"es",
       "un tercio, dos tercios, una cuarta parte",
       {"number un tercio = 1/3", "number dos tercios = 2/3",
        "number una cuarta parte = 0.25"}},
      {"es", "dos cuartos", {"number dos = 2"}},
      {"zh",
       "三分之一、十分之一、3分之2、六分之一",
       {"number 三分之一 = 1/3", "number 十分之一 = 0.1", "number 3分之2 = 2/3",
        "number 六分之一 = 1/6"}},
  });
}

TEST(FindPlaceables, ReadsEnglishWords) {
  CheckAll({
      {"en",
       "twenty-three, Two, two hundred and five, a million",
       {"number twenty-three = 23", "number Two = 2",
        "number two hundred and five = 205", "number a million = 1000000"}},
      {"en",
       "between five hundred and six hundred",
       {"number five hundred = 500", "number six hundred = 600"}},
      {"en",
       "two and a half million",
       {"number two and a half million = "
        "2500000"}},
      {"en",
       "one hundred twenty-three thousand four hundred fifty-six",
       {"number one hundred twenty-three thousand four hundred fifty-six = "
        "123456"}},
      {"en", "a two-day visit", {"number two = 2"}},
      {"en",
       "one, a, first, second, half a million, hundreds, a few hundred, "
       "two-way, once, millions",
       {}},
  });
}

TEST(FindPlaceables, ReadsSpanishWords) {
  CheckAll({
      {"es",
       "once, dos mil, treinta y una mil doscientas, mil millones",
       {"number once = 11", "number dos mil = 2000",
        "number treinta y una mil doscientas = 31200",
        "number mil millones = 1000000000"}},
      {"es",
       "dos millones y medio, MILLONES, un millo\u0301n",
       {"number dos millones y medio = 2500000",
        "number un millo\u0301n = 1000000"}},
      {"es", "un, una vez, segundo, cuarto, medio, miles, DOS", {}},
  });
}

TEST(FindPlaceables, ReadsHanNumerals) {
  CheckAll({
      {"zh",
       "二十三，两百，廿三，九百九，二零零八年，一九四九年",
       {"number 二十三 = 23", "number 两百 = 200", "number 廿三 = 23",
        "number 九百九 = 990", "number 二零零八 = 2008",
        "number 一九四九 = 1949"}},
      {"zh",
       "三个国家，五年计划，十天，兩萬",
       {"number 三 = 3", "number 五 = 5", "number 十 = 10",
        "number 兩萬 = 20000"}},
      {"zh",
       "第二十一届，第21届",
       {"ordinal 第二十一 = 21", "ordinal 第21 = 21"}},
      {"zh",
       "一些，统一，万一，千万不要，一个，第一，两国，三年级，几十个，数百人，"
       "二三十人，七八个，二级，十六进制，周三名单，百万，十分，五五分成，一一"
       "说明，唯一，三心"
       "二意",
       {}},
  });
}

TEST(FindPlaceables, ReadsDates) {
  CheckAll({
      {"en",
       "Nov. 21, 2008; November 21; 21 November 2008; Nov 2008",
       {"date Nov. 21, 2008 = 2008-11-21", "date November 21 = --11-21",
        "date 21 November 2008 = 2008-11-21", "date Nov 2008 = 2008-11"}},
      {"en",
       "the 21st of November, November, in May, You may go, the March",
       {"date 21st of November = --11-21", "date November = --11",
        "date May = --05"}},
      {"es",
       "21 de noviembre de 2008; noviembre de 2008; 1.º de mayo; abril",
       {"date 21 de noviembre de 2008 = 2008-11-21",
        "date noviembre de 2008 = 2008-11", "date 1.º de mayo = --05-01",
        "date abril = --04"}},
      {"zh",
       "2008年11月21日，11月21日，2008 年 11 月，3月，21日，2008年",
       {"date 2008年11月21日 = 2008-11-21", "date 11月21日 = --11-21",
        "date 2008 年 11 月 = 2008-11", "date 3月 = --03", "date 21日 = ---21",
        "number 2008 = 2008"}},
      {"zh",
       "二〇〇八年十一月二十一日，十月",
       {"date 二〇〇八年十一月二十一日 = 2008-11-21", "date 十月 = --10"}},
      {"en",
       "2008-11-21 2008/11/21 21.11.2008 3/4/2008 21/11/2008",
       {"date 2008-11-21 = 2008-11-21", "date 2008/11/21 = 2008-11-21",
        "date 21.11.2008 = 2008-11-21",
        "date 3/4/2008 = 2008-03-04 | 2008-04-03",
        "date 21/11/2008 = 2008-11-21"}},
      {"es", "3/4/2008", {"date 3/4/2008 = 2008-04-03 | 2008-03-04"}},
      {"en", "Feb. 30", {"number 30 = 30"}},
      {"zh", "3个月，13月", {"number 3 = 3", "number 13 = 13"}},
  });
}

TEST(FindPlaceables, ReadsTimes) {
  CheckAll({
      {"en",
       "10:30 a.m., 3pm, 7:56pm, 10 a.m. 10:30 22:15:07 12 p.m. 3:1",
       {"time 10:30 a.m. = T10:30", "time 3pm = T15:00", "time 7:56pm = T19:56",
        "time 10 a.m. = T10:00", "time 10:30 = T10:30 | T22:30",
        "time 22:15:07 = T22:15:07", "time 12 p.m. = T12:00", "number 3 = 3",
        "number 1 = 1"}},
      {"es",
       "3:30 p. m., 10:30 de la mañana, 3 de la tarde",
       {"time 3:30 p. m. = T15:30", "time 10:30 de la mañana = T10:30",
        "time 3 de la tarde = T15:00"}},
      {"zh",
       "下午3点，上午10:30，15时30分，晚上八点半，3点建议，21日15时，等于 0 时",
       {"time 下午3点 = T15:00", "time 上午10:30 = T10:30",
        "time 15时30分 = T15:30", "time 晚上八点半 = T20:30", "number 3 = 3",
        "date 21日 = ---21", "time 15时 = T15:00", "number 0 = 0"}},
  });
}

TEST(FindPlaceables, ReadsAddresses) {
  CheckAll({{"en",
             "https://a.org/x press@a.org #topic @name # 5 @",
             {"url https://a.org/x = https://a.org/x",
              "email press@a.org = press@a.org", "hashtag #topic = #topic",
              "handle @name = @name", "number 5 = 5"}}});
}

TEST(FindPlaceables, StopsAtBreaks) {
  const std::string text = "5 million in Nov. 21, 2008";
  const std::vector<size_t> breaks = {2, 18};
  std::vector<std::string> values;
  for (const Placeable& placeable :
       FindPlaceables(text, Tokenize(text, breaks), breaks, "en")) {
    values.push_back(placeable.value);
  }
  EXPECT_THAT(values, ElementsAre("5", "21", "2008"));
}

TEST(HaveSameValue, HoldsAcrossLanguages) {
  struct Pair {
    const char* language;
    const char* text;
    const char* other_language;
    const char* other;
  };
  constexpr Pair kPairs[] = {
      {"en", "111.461 billion", "zh", "1114.61亿"},
      {"en", "111.461 billion", "es", "111.461 mil millones"},
      {"en", "111.461 billion", "es", "111.461 millones"},
      {"en", "one third", "es", "un tercio"},
      {"en", "two thirds", "zh", "三分之二"},
      {"en", "52 per cent", "zh", "百分之五十二"},
      {"es", "52 por ciento", "zh", "52%"},
      {"en", "1,234", "es", "1.234"},
      {"en", "Nov. 21, 2008", "zh", "2008年11月21日"},
      {"en", "November 2008", "es", "noviembre de 2008"},
      {"es", "21 de noviembre", "zh", "11月21日"},
      {"en", "3 p.m.", "zh", "下午3点"},
      {"en", "10:30", "zh", "晚上10:30"},
      {"en", "the 21st", "zh", "第二十一"},
      {"en", "a million", "es", "un millón"},
      {"en", "1.2 million", "es", "1,2 millones"},
      {"en", "1.2 million", "zh", "120万"},
  };
  for (const Pair& pair : kPairs) {
    const auto a = FindPlaceables(pair.text, pair.language);
    const auto b = FindPlaceables(pair.other, pair.other_language);
    ASSERT_EQ(a.size(), 1u) << pair.text;
    ASSERT_EQ(b.size(), 1u) << pair.other;
    EXPECT_TRUE(HaveSameValue(a[0], b[0])) << pair.text << " " << pair.other;
    EXPECT_EQ(PlaceableShape(a[0]), PlaceableShape(b[0])) << pair.text;
  }
  EXPECT_FALSE(HaveSameValue(FindPlaceables("52", "en")[0],
                             FindPlaceables("52%", "en")[0]));
}

// No text takes more than time in proportion to it.
TEST(FindPlaceables, IsLinearOnAdversarialText) {
  for (const char* piece : {"1",
                            "一",
                            "九",
                            "十",
                            "万",
                            "零",
                            "1,",
                            "1.",
                            "million ",
                            "one ",
                            "one million ",
                            "two hundred and ",
                            "mil ",
                            "mil millones ",
                            "diez y ",
                            "1/2",
                            "1:",
                            "10:30:",
                            "1-",
                            "-1 ",
                            "2008年",
                            "11月",
                            "百分之",
                            "分之",
                            "三分之",
                            "May ",
                            "May 1, ",
                            "1 de ",
                            "1 000 ",
                            "第",
                            "三点",
                            "½",
                            "#a",
                            "@",
                            "1亿",
                            "1万",
                            "上午"}) {
    std::string text;
    while (text.size() < 65'536) text += piece;
    for (const char* language : {"en", "es", "zh", "de"}) {
      size_t end = 0;
      for (const Placeable& placeable : FindPlaceables(text, language)) {
        ASSERT_GE(placeable.begin, end) << piece;
        end = placeable.end;
      }
      ASSERT_LE(end, text.size()) << piece;
    }
  }
}

// Pieces of everything in any order: spans in order, at tokens, with values.
TEST(FindPlaceables, GivesSpansOfTokensForAnyText) {
  static constexpr const char* kPieces[] = {
      "1",       "23",      "1,234",
      "0",       ".",       ",",
      "-",       "/",       ":",
      "%",       "百",      "分",
      "之",      "三",      "十",
      "万",      "亿",      "零",
      "点",      "半",      "年",
      "月",      "日",      "时",
      "第",      "上午",    "two",
      "hundred", "and",     "a",
      "half",    "million", "third",
      "thirds",  "per",     "cent",
      "May",     "Nov",     "of",
      "de",      "mil",     "millones",
      "y",       "medio",   "un",
      "tercio",  "p",       "m",
      "p.m",     "½",       "2½",
      "21st",    "º",       "#",
      "@",       "x",       "https://a.b/c",
      "\u00A0",  "５",      "x@y.org",
      "\u0301",  "👍"};
  for (uint32_t seed = 0; seed < 30'000; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    std::string text;
    const size_t length = 1 + random() % 12;
    for (size_t i = 0; i < length; ++i) {
      if (random() % 3 == 0) text += ' ';
      text += kPieces[random() % std::size(kPieces)];
    }
    const char* const languages[] = {"en", "es", "zh", "fr"};
    const char* const language = languages[random() % 4];
    const auto tokens = Tokenize(text);
    size_t next = 0;
    for (const Placeable& placeable :
         FindPlaceables(text, tokens, {}, language)) {
      ASSERT_GE(placeable.first_token, next) << text;
      ASSERT_GE(placeable.tokens, 1u);
      next = placeable.first_token + placeable.tokens;
      ASSERT_LE(next, tokens.size()) << text;
      ASSERT_EQ(placeable.begin, tokens[placeable.first_token].begin);
      ASSERT_EQ(placeable.end, tokens[next - 1].end);
      ASSERT_FALSE(placeable.value.empty()) << text;
    }
  }
}

}  // namespace
}  // namespace tercet
