#include "service/match/transfer.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>

#include "service/match/score.h"

namespace tercet {
namespace {

struct Case {
  const char* source_language;
  const char* stored;
  const char* query;
  const char* target_language;
  const char* target;
  const char* adapted;  // "" for none.
};

std::optional<Segment> Transfer(const Case& c) {
  const Segment stored = {.text = c.stored};
  const Segment query = {.text = c.query};
  const Segment target = {.text = c.target};
  const Analysis a = Analyze(stored, c.source_language);
  const Analysis b = Analyze(query, c.source_language);
  EXPECT_EQ(ScoreTexts(a, b).kind, MatchKind::kNearExact)
      << c.stored << " / " << c.query;
  return TransferPlaceables(
      {.stored = stored,
       .query = query,
       .source_language = c.source_language,
       .target = target,
       .target_language = c.target_language},
      DiffPlaceables({stored, a}, {query, b}, CompareTexts(a, b).alignment,
                     c.source_language));
}

void CheckAll(std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    const std::optional<Segment> adapted = Transfer(c);
    EXPECT_EQ(adapted.has_value() ? adapted->text : "", c.adapted)
        << c.stored << " / " << c.query << " / " << c.target;
  }
}

TEST(TransferPlaceables, WritesNumbersAsTheTargetDoes) {
  CheckAll({
      {"en", "Exports hit 111.461 billion yuan.",
       "Exports hit 120 billion yuan.", "zh", "出口额达1114.61亿元。",
       "出口额达1200亿元。"},
      {"en", "Exports hit 111.461 billion yuan.",
       "Exports hit 1.5 trillion yuan.", "zh", "出口额达1114.61亿元。",
       "出口额达1.5万亿元。"},
      {"en", "Some 1.2 million people came.", "Some 3.45 million people came.",
       "es", "Llegaron 1,2 millones de personas.",
       "Llegaron 3,45 millones de personas."},
      {"zh", "出口120万辆。", "出口345万辆。", "en",
       "1.2 million cars were exported.", "3.45 million cars were exported."},
      {"es", "Son 1.234 casos.", "Son 12.345 casos.", "en",
       "There are 1,234 cases.", "There are 12,345 cases."},
      {"en", "There are 950 cases.", "There are 1,200 cases.", "es",
       "Hay 950 casos.", "Hay 1.200 casos."},
      {"en", "Prices rose 5.2% in 2008.", "Prices rose 7% in 2009.", "es",
       "En 2008 los precios subieron un 5,2 %.",
       "En 2009 los precios subieron un 7 %."},
      {"en", "It costs $5.50 now.", "It costs $6.50 now.", "es",
       "Ahora cuesta 5,50 dólares.", "Ahora cuesta 6,50 dólares."},
      {"en", "up 5 percent", "up 12 percent", "zh", "增长百分之五",
       "增长百分之十二"},
      {"en", "Five countries signed.", "Seven countries signed.", "es",
       "Cinco países firmaron.", "Siete países firmaron."},
      {"en", "Three countries signed.", "Two countries signed.", "zh",
       "三个国家签署了协定。", "两个国家签署了协定。"},
      {"zh", "第21届会议", "第22届会议", "en", "the 21st session",
       "the 22nd session"},
      {"es", "2 millones de euros", "5.000 millones de euros", "en",
       "2 million euros", "5 billion euros"},
  });
}

TEST(TransferPlaceables, WritesDatesAsTheTargetDoes) {
  CheckAll({
      {"en", "It opened on Nov. 21, 2008.", "It opened on March 5, 2009.", "zh",
       "2008年11月21日开幕。", "2009年3月5日开幕。"},
      {"zh", "2008年11月21日开幕。", "2009年3月5日开幕。", "en",
       "It opened on Nov. 21, 2008.", "It opened on March 5, 2009."},
      {"zh", "2008年3月21日开幕。", "2009年11月5日开幕。", "es",
       "Se inauguró el 21 de marzo de 2008.",
       "Se inauguró el 5 de noviembre de 2009."},
      {"es", "Abrió en noviembre de 2008.", "Abrió en marzo de 2009.", "en",
       "It opened in November 2008.", "It opened in March 2009."},
      {"en", "It opened on 2008-11-21.", "It opened on 2009-03-05.", "es",
       "Abrió el 21/11/2008.", "Abrió el 5/3/2009."},
      {"en", "on the 21st of November", "on the 3rd of March", "zh", "11月21日",
       "3月3日"},
      {"en", "It starts at 3 p.m. today", "It starts at 10:30 a.m. today", "zh",
       "今天下午3点开始", "今天上午10点30分开始"},
      {"zh", "今天下午3点开始", "今天上午10点开始", "en",
       "It starts at 3 p.m. today", "It starts at 10 a.m. today"},
  });
}

TEST(TransferPlaceables, CopiesAddresses) {
  CheckAll({{"en", "See https://a.org/1 now.", "See https://a.org/2 now.", "es",
             "Véase https://a.org/1 ya.", "Véase https://a.org/2 ya."}});
}

TEST(TransferPlaceables, CarriesSeveralOver) {
  CheckAll({{"en", "From 5 to 12 in 2007 and 2008.",
             "From 12 to 5 in 2009 and 2010.", "zh",
             "2007年至2008年由5升至12。", "2009年至2010年由12升至5。"}});
}

TEST(TransferPlaceables, GivesNoneInDoubt) {
  CheckAll({
      // Not in the target, or twice, or written another way.
      {"en", "It has 5 doors.", "It has 7 doors.", "es", "Tiene puertas.", ""},
      {"en", "It has 5 doors.", "It has 7 doors.", "es",
       "Tiene 5 puertas y 5 ventanas.", ""},
      {"en", "From 5 to 5 in all.", "From 7 to 5 in all.", "es",
       "De 5 a 6 en total.", ""},
      {"en", "It has 5 doors.", "It has 7 doors.", "es",
       "Tiene media docena de puertas.", ""},
      // Words around would change.
      {"zh", "有1个国家", "有5个国家", "en", "There is 1 country", ""},
      {"zh", "有5个国家", "有1个国家", "es", "Hay 5 países", ""},
      {"zh", "增长7%", "增长8%", "en", "a 7% rise", ""},
      {"zh", "下午3点", "下午1点", "es", "a las 3 de la tarde", ""},
      // The writing does not say how.
      {"zh", "有2008人", "有12000人", "en", "2008 people", ""},
      {"zh", "120万", "950", "es", "1,2 millones de dólares", ""},
      {"en", "one third of it", "two thirds of it", "es", "un tercio", ""},
      {"en", "at 10:30 today", "at 11:45 today", "zh", "上午10点30分", ""},
      // A date of other parts.
      {"en", "on Nov. 21 it was", "on Nov. 22 it was", "zh", "2008年11月21日",
       ""},
      // Worth the same: nothing to do.
      {"en", "up 52 per cent", "up 52%", "es", "subió un 52 %", ""},
  });
}

TEST(TransferPlaceables, KeepsInlineCodesWithTheirWords) {
  const Segment stored = {.text = "Up 5% now"};
  const Segment query = {.text = "Up 12.5% now"};
  const Segment target = {
      .text = "Sube un 5 % ahora",
      .codes = {{.kind = InlineCode::Kind::kBeginPaired, .offset = 8},
                {.kind = InlineCode::Kind::kEndPaired, .offset = 11},
                {.kind = InlineCode::Kind::kPlaceholder, .offset = 17}}};
  const Analysis a = Analyze(stored, "en");
  const Analysis b = Analyze(query, "en");
  const std::optional<Segment> adapted =
      TransferPlaceables({.stored = stored,
                          .query = query,
                          .source_language = "en",
                          .target = target,
                          .target_language = "es"},
                         DiffPlaceables({stored, a}, {query, b},
                                        CompareTexts(a, b).alignment, "en"));
  ASSERT_TRUE(adapted.has_value());
  EXPECT_EQ(adapted->text, "Sube un 12,5 % ahora");
  ASSERT_EQ(adapted->codes.size(), 3u);
  EXPECT_EQ(adapted->codes[0].offset, 8u);
  EXPECT_EQ(adapted->codes[1].offset, 14u);
  EXPECT_EQ(adapted->codes[2].offset, 20u);
}

// A number of a language in one of its ways to write it.
std::string RandomNumber(std::string_view language, std::mt19937& random) {
  const std::string digits = std::to_string(2 + random() % 900);
  const std::string decimal = std::to_string(1 + random() % 9);
  const bool es = language == "es";
  switch (random() % 5) {
    case 0:
      return digits;
    case 1:
      return digits + (es ? "," : ".") + decimal + "%";
    case 2:
      return digits + (es ? "." : ",") + "000";
    case 3:
      return digits + (language == "zh" ? "万" : es ? " millones" : " million");
    default:
      return digits + (es ? "," : ".") + decimal +
             (language == "zh" ? "亿"
              : es             ? " mil millones"
                               : " billion");
  }
}

// There and back: whatever is given has the right value, and from it the first
// text comes back.
TEST(TransferPlaceables, ComesBackToTheSameValue) {
  static constexpr std::string_view kLanguages[] = {"en", "es", "zh"};
  int given = 0;
  for (uint32_t seed = 0; seed < 2'000; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    const std::string_view from = kLanguages[random() % 3];
    const std::string_view to = kLanguages[random() % 3];
    const std::string old_source = RandomNumber(from, random);
    const std::string new_source = RandomNumber(from, random);
    // The target says the old value in its own way: found by trying.
    const Placeable old = FindPlaceables(old_source, from).at(0);
    std::string old_target;
    for (int i = 0; i < 400 && old_target.empty(); ++i) {
      std::string tried = RandomNumber(to, random);
      const Placeable placeable = FindPlaceables(tried, to).at(0);
      if (placeable.placeable_class == old.placeable_class &&
          placeable.value == old.value) {
        old_target = tried;
      }
    }
    const Placeable wanted = FindPlaceables(new_source, from).at(0);
    if (old_target.empty() || wanted.value == old.value ||
        wanted.placeable_class != old.placeable_class) {
      continue;
    }
    const Case there = {from.data(), old_source.c_str(), new_source.c_str(),
                        to.data(),   old_target.c_str(), ""};
    const std::optional<Segment> adapted = Transfer(there);
    if (!adapted.has_value()) continue;
    ++given;
    const Placeable got = FindPlaceables(adapted->text, to).at(0);
    EXPECT_TRUE(got.value == wanted.value || got.other_value == wanted.value)
        << old_source << " -> " << new_source << ": " << old_target << " -> "
        << adapted->text;
    const Case back = {from.data(), new_source.c_str(),    old_source.c_str(),
                       to.data(),   adapted->text.c_str(), ""};
    const std::optional<Segment> again = Transfer(back);
    if (again.has_value()) {
      const Placeable first = FindPlaceables(again->text, to).at(0);
      EXPECT_TRUE(first.value == old.value || first.other_value == old.value)
          << again->text;
    }
  }
  EXPECT_GE(given, 20);
}

}  // namespace
}  // namespace tercet
