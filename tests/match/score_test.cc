#include "service/match/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "service/match/edit_distance.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Analysis Of(std::string text, std::string_view language = "en") {
  return Analyze({.text = std::move(text)}, language);
}

TextScore Score(std::string stored, std::string query,
                std::string_view language = "en") {
  return ScoreTexts(Of(std::move(stored), language),
                    Of(std::move(query), language));
}

std::vector<Edit> Explain(const std::string& stored, const std::string& query,
                          std::string_view language = "en") {
  return ExplainTexts(Of(stored, language), Of(query, language));
}

// The examples of docs/scoring.md.
TEST(ScoreTexts, GivesTheScoresOfTheDocumentation) {
  struct Case {
    const char* language;
    const char* stored;
    const char* query;
    int score;
    MatchKind kind;
  };
  using enum MatchKind;
  constexpr Case kCases[] = {
      // The same text.
      {"en", "Trade rose.", "Trade rose.", 100, kExact},
      {"es", "e\u0301xito", "\u00e9xito", 100, kExact},
      // No word differs.
      {"en", "Trade rose 5 percent.", "Trade rose 7 percent.", 99, kNearExact},
      {"en", "Trade rose.", "Trade rose!", 99, kNearExact},
      {"en", "Trade rose.", "TRADE ROSE.", 99, kNearExact},
      {"en", "Trade rose .", "Trade rose.", 99, kNearExact},
      {"en", "Trade rose 5.", "trade rose 7!", 97, kNearExact},
      {"zh", "贸易额为5亿元。", "贸易额为7亿元。", 99, kNearExact},
      {"zh", "國際貿易", "国际贸易", 99, kNearExact},
      {"zh", "增长５％", "增长5%", 99, kNearExact},
      {"es", "«Sí», dijo.", "\"Sí\", dijo.", 99, kNearExact},
      {"en", "...", "…", 0, kFuzzy},
      // Some word differs: 100 x (1 - cost / length).
      {"en", "The talks will start on Monday.",
       "The talks will start on Tuesday.", 83, kFuzzy},
      {"en", "The talks start on Monday.", "The talks start Monday.", 80,
       kFuzzy},
      {"en", "The two countries signed it.", "The two country signed it.", 90,
       kFuzzy},
      {"es", "Los acuerdos fueron firmados.", "El acuerdo fue firmado.", 25,
       kFuzzy},
      {"zh", "双边贸易额增长", "近日双边贸易额增长", 78, kFuzzy},
      {"zh", "中国和美国", "中国和英国", 80, kFuzzy},
      {"en", "Floods hit the city.", "Cooking is fun.", 0, kFuzzy},
      // A long text with one inflection: at most 94.
      {"en", "a b c d e f g h i j k l m n o p q r s country",
       "a b c d e f g h i j k l m n o p q r s countries", 94, kFuzzy},
  };
  for (const Case& c : kCases) {
    const TextScore score = Score(c.stored, c.query, c.language);
    EXPECT_EQ(score.score, c.score) << c.stored << " / " << c.query;
    EXPECT_EQ(score.kind, c.kind) << c.stored << " / " << c.query;
  }
}

TEST(ScoreTexts, TagsCostAPointWhereNoWordDiffers) {
  const Segment plain = {.text = "Press the button."};
  Segment tagged = plain;
  tagged.codes = {{.kind = InlineCode::Kind::kBeginPaired, .offset = 10},
                  {.kind = InlineCode::Kind::kEndPaired, .offset = 16}};
  const TextScore score =
      ScoreTexts(Analyze(tagged, "en"), Analyze(plain, "en"));
  EXPECT_EQ(score.score, 99);
  EXPECT_EQ(score.kind, MatchKind::kNearExact);
  EXPECT_EQ(ScoreTexts(Analyze(tagged, "en"), Analyze(tagged, "en")).score,
            100);
}

TEST(ScoreTexts, NothingVisibleAgainstNothingVisibleIsNearExact) {
  EXPECT_EQ(Score("\u200b", "\u200b\u200b").score, 99);
}

TEST(ExplainTexts, NamesWordAndPlace) {
  // Bytes: "The talks start Monday" / "The talks start Tuesday".
  EXPECT_THAT(
      Explain("The talks start Monday", "The talks start Tuesday"),
      ElementsAre(Edit{EditOp::kReplace, EditWhat::kWord, 16, 22, 16, 23}));
}

TEST(ExplainTexts, JoinsNeighbours) {
  EXPECT_THAT(Explain("贸易增长", "近日贸易增长", "zh"),
              ElementsAre(Edit{EditOp::kInsert, EditWhat::kWord, 0, 0, 0, 6}));
}

TEST(ExplainTexts, TellsInsertionFromDeletion) {
  EXPECT_THAT(Explain("a b c", "a c"),
              ElementsAre(Edit{EditOp::kDelete, EditWhat::kWord, 2, 3, 1, 1}));
  EXPECT_THAT(Explain("a c", "a b c"),
              ElementsAre(Edit{EditOp::kInsert, EditWhat::kWord, 1, 1, 2, 3}));
}

TEST(ExplainTexts, NamesSmallThings) {
  EXPECT_THAT(
      Explain("Rose 5%.", "rose 7 %!"),
      ElementsAre(Edit{EditOp::kReplace, EditWhat::kLetterForm, 0, 4, 0, 4},
                  Edit{EditOp::kReplace, EditWhat::kPlaceable, 5, 6, 5, 6},
                  Edit{EditOp::kInsert, EditWhat::kSpacing, 6, 6, 6, 7},
                  Edit{EditOp::kReplace, EditWhat::kPunctuation, 7, 8, 8, 9}));
}

TEST(ExplainTexts, FindsDoubleSpaces) {
  EXPECT_THAT(
      Explain("a b", "a  b"),
      ElementsAre(Edit{EditOp::kReplace, EditWhat::kSpacing, 1, 2, 1, 3}));
  EXPECT_THAT(
      Explain("a b", "a b "),
      ElementsAre(Edit{EditOp::kReplace, EditWhat::kSpacing, 3, 3, 3, 4}));
}

TEST(ExplainTexts, IsEmptyForExactOnly) {
  EXPECT_THAT(Explain("Same.", "Same."), IsEmpty());
  EXPECT_THAT(Explain("a\tb", "a b"), testing::SizeIs(1));
}

std::string RandomSentence(std::mt19937& random) {
  static constexpr const char* kPieces[] = {
      "trade", "Trade", "trades", "talks", "talk",  "the", "The", "12",
      "13",    "1,000", ",",      ".",     "\"",    "“",   "-",   "–",
      "中",    "国",    "國",     "５",    "flood", "…",   "x",   "👍"};
  std::string text;
  const size_t length = 1 + random() % 14;
  for (size_t i = 0; i < length; ++i) {
    if (random() % 4 != 0) text += ' ';
    text += kPieces[random() % std::size(kPieces)];
  }
  return text;
}

// What the index relies on: no score exceeds the bound of its distance.
TEST(ScoreBound, IsNeverExceeded) {
  for (uint32_t seed = 0; seed < 20'000; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    const Analysis a = Of(RandomSentence(random));
    const Analysis b = Of(RandomSentence(random));
    const auto length =
        static_cast<uint32_t>(std::max(a.stems.size(), b.stems.size()));
    const uint32_t distance =
        DistancePattern(a.stems).Distance(b.stems, length);
    const TextScore score = ScoreTexts(a, b);
    EXPECT_LE(score.score, ScoreBound(distance, length));
    EXPECT_GE(score.score, 0);
    EXPECT_EQ(score.score == 100, score.kind == MatchKind::kExact);
    EXPECT_EQ(score.score >= 95, score.kind != MatchKind::kFuzzy)
        << score.score;
  }
}

TEST(ScoreTexts, IsSymmetric) {
  for (uint32_t seed = 0; seed < 5'000; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    const Analysis a = Of(RandomSentence(random));
    const Analysis b = Of(RandomSentence(random));
    EXPECT_EQ(ScoreTexts(a, b).cost, ScoreTexts(b, a).cost);
    EXPECT_EQ(ScoreTexts(a, b).score, ScoreTexts(b, a).score);
  }
}

TEST(MaxDistance, IsTheLastThatReachesTheScore) {
  for (uint32_t length = 0; length <= 300; ++length) {
    for (int min_score = 1; min_score <= 100; ++min_score) {
      const uint32_t max = MaxDistance(length, min_score);
      ASSERT_LE(max, length);
      ASSERT_GE(ScoreBound(max, length), min_score);
      if (max < length) {
        ASSERT_LT(ScoreBound(max + 1, length), min_score);
      }
    }
  }
}

}  // namespace
}  // namespace tercet
