#include "bench/quality/measure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace tercet::bench {
namespace {

using ::testing::DoubleNear;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Case {
  std::string_view measure;
  std::string_view language;
  std::string_view stored;
  std::string_view query;
  double similarity;
};

constexpr Case kCases[] = {
    // Three edits of seven characters; four of them agree in order.
    {"Levenshtein, characters", "en", "kitten", "sitting", 4.0 / 7},
    {"Levenshtein, characters", "zh", "双边贸易", "双边关系", 0.5},
    {"ratio, characters", "en", "kitten", "sitting", 8.0 / 13},
    {"ratio, characters", "en", "abc", "abc", 1},
    // One word of four; case does not count.
    {"Levenshtein, words", "en", "The talks began today", "the talks end today",
     0.75},
    {"Levenshtein, words", "zh", "双边贸易", "双边关系", 0.5},
    // By stems all agree, as they are written 3 of 4 words do, and 3 of 5
    // tokens with the marks.
    {"three word scores", "en", "the talks end today.", "the talk end today!",
     1.00075060},
    // abcd bcde / bcde cdef.
    {"4-gram Dice, characters", "en", "abcde", "bcdef", 0.5},
    {"4-gram Dice, characters", "en", "abc", "abc", 1},
    // PostgreSQL's manual: similarity('word', 'two words') = 4/11.
    {"trigram similarity", "en", "word", "two words", 4.0 / 11},
    {"trigram similarity", "en", "Trade!", "trade", 1},
    // Words a b c against a b d: a, b, ab of six grams on each side.
    {"F1 of 1- to 4-grams, words", "en", "one two three", "one two four", 0.5},
};

double SimilarityOf(const Case& c) {
  const Measure& measure = OtherMeasure(c.measure);
  return measure.compare(measure.profile(c.query, c.language))
      ->With(measure.profile(c.stored, c.language));
}

TEST(OtherMeasures, GiveWhatAHandComputes) {
  for (const Case& c : kCases) {
    EXPECT_THAT(SimilarityOf(c), DoubleNear(c.similarity, 1e-7))
        << c.measure << ": " << c.stored << " / " << c.query;
  }
}

TEST(OtherMeasures, FindNothingInCommonWhereNothingIs) {
  for (const Measure& measure : OtherMeasures()) {
    EXPECT_EQ(measure.compare(measure.profile("trade rose", "en"))
                  ->With(measure.profile("多雨", "en")),
              0)
        << measure.name;
  }
}

// More than a word of 64 bits.
TEST(OtherMeasures, CarryOverInTheRatioOfLongTexts) {
  std::string stored(200, 'a');
  std::string query = stored;
  stored[70] = 'x';
  query[150] = 'y';
  const Measure& measure = OtherMeasure("ratio, characters");
  EXPECT_THAT(measure.compare(measure.profile(query, "en"))
                  ->With(measure.profile(stored, "en")),
              DoubleNear(199.0 / 200, 1e-9));
}

auto PlaceIs(size_t place) { return Field(&Hit::place, place); }

TEST(Ranking, GivesAllThatShareTheFirstPlace) {
  const std::vector<std::string_view> texts = {
      "Floods hit the town.", "Trade rose in May.", "Trade fell in June.",
      "Trade rose in March."};
  for (const auto& ranking :
       {MakeOurRanking(texts, "en"),
        MakeRanking(OtherMeasure("Levenshtein, words"), texts, "en")}) {
    EXPECT_THAT(ranking->Top("Trade rose in April.", /*skip_equal=*/false),
                testing::UnorderedElementsAre(PlaceIs(1), PlaceIs(3)))
        << ranking->name();
  }
}

TEST(Ranking, SkipsWhatEqualsTheQueryWhenAsked) {
  const std::vector<std::string_view> texts = {"Trade rose.", "Trade fell.",
                                               "Trade rose."};
  const auto ranking = MakeOurRanking(texts, "en");
  EXPECT_THAT(ranking->Top("Trade rose.", /*skip_equal=*/false), SizeIs(2));
  EXPECT_THAT(ranking->Top("Trade rose.", /*skip_equal=*/true),
              testing::ElementsAre(PlaceIs(1)));
}

TEST(Ranking, FindsNothingWhereNothingIsInCommon) {
  const std::vector<std::string_view> texts = {"Trade rose."};
  EXPECT_THAT(MakeOurRanking(texts, "en")->Top("多雨", false), IsEmpty());
}

}  // namespace
}  // namespace tercet::bench
