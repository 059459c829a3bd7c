#include "service/match/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <optional>
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

std::vector<Edit> Explain(const Analysis& stored, const Analysis& query) {
  return ExplainTexts(stored, query, CompareTexts(stored, query).alignment);
}

std::vector<Edit> Explain(const std::string& stored, const std::string& query,
                          std::string_view language = "en") {
  return Explain(Of(stored, language), Of(query, language));
}

// A row of the table of examples in docs/scoring.md.
struct Example {
  std::string language;
  std::string stored;
  std::string query;
  int score = 0;
};

// The code span in a cell of a table.
std::string CodeOf(const std::string& cell) {
  const size_t begin = cell.find('`');
  const size_t end = cell.rfind('`');
  return begin < end ? cell.substr(begin + 1, end - begin - 1) : "";
}

std::vector<Example> ReadExamples() {
  std::ifstream file(TERCET_SOURCE_DIR "/docs/scoring.md");
  std::vector<Example> examples;
  std::string line;
  bool here = false;
  while (std::getline(file, line)) {
    if (line.starts_with("## ")) here = line == "## Examples";
    if (!here || !line.starts_with("| ") || line.starts_with("| |")) continue;
    std::vector<std::string> cells;
    for (size_t begin = 1; begin < line.size();) {
      const size_t end = line.find('|', begin);
      if (end == std::string::npos) break;
      cells.push_back(line.substr(begin, end - begin));
      begin = end + 1;
    }
    if (cells.size() != 5) {
      ADD_FAILURE() << line;
      continue;
    }
    examples.push_back({cells[0].substr(1, 2), CodeOf(cells[1]),
                        CodeOf(cells[2]), std::stoi(cells[3])});
  }
  return examples;
}

// `{b}`, `{/b}` and `{x}` become inline codes.
Segment SegmentOf(std::string_view text) {
  Segment segment;
  while (!text.empty()) {
    const auto offset = static_cast<uint32_t>(segment.text.size());
    using enum InlineCode::Kind;
    if (text.starts_with("{b}") || text.starts_with("{x}")) {
      segment.codes.push_back(
          {.kind = text[1] == 'b' ? kBeginPaired : kPlaceholder,
           .offset = offset});
      text.remove_prefix(3);
    } else if (text.starts_with("{/b}")) {
      segment.codes.push_back({.kind = kEndPaired, .offset = offset});
      text.remove_prefix(4);
    } else {
      segment.text.push_back(text[0]);
      text.remove_prefix(1);
    }
  }
  return segment;
}

TEST(ScoreTexts, GivesTheScoresOfTheDocumentation) {
  const std::vector<Example> examples = ReadExamples();
  EXPECT_GE(examples.size(), 25u);
  for (const Example& example : examples) {
    const Analysis stored =
        Analyze(SegmentOf(example.stored), example.language);
    const Analysis query = Analyze(SegmentOf(example.query), example.language);
    const TextScore score = ScoreTexts(stored, query);
    EXPECT_EQ(score.score, example.score)
        << example.stored << " / " << example.query;
    using enum MatchKind;
    EXPECT_EQ(score.kind, example.score == 100  ? kExact
                          : example.score >= 95 ? kNearExact
                                                : kFuzzy)
        << example.stored << " / " << example.query;
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
  EXPECT_THAT(Explain("The talks start Monday", "The talks start Tuesday"),
              ElementsAre(Edit{EditOp::kReplace, EditWhat::kWord, 16, 22, 16,
                               23, 100}));
}

TEST(ExplainTexts, JoinsNeighbours) {
  EXPECT_THAT(
      Explain("贸易增长", "近日贸易增长", "zh"),
      ElementsAre(Edit{EditOp::kInsert, EditWhat::kWord, 0, 0, 0, 6, 200}));
}

TEST(ExplainTexts, TellsInsertionFromDeletion) {
  EXPECT_THAT(
      Explain("a b c", "a c"),
      ElementsAre(Edit{EditOp::kDelete, EditWhat::kWord, 2, 3, 1, 1, 100}));
  EXPECT_THAT(
      Explain("a c", "a b c"),
      ElementsAre(Edit{EditOp::kInsert, EditWhat::kWord, 1, 1, 2, 3, 100}));
}

TEST(ExplainTexts, NamesSmallThings) {
  EXPECT_THAT(
      Explain("Rose 5.", "rose 7 !"),
      ElementsAre(
          Edit{EditOp::kReplace, EditWhat::kLetterForm, 0, 4, 0, 4, 2},
          Edit{EditOp::kReplace, EditWhat::kPlaceable, 5, 6, 5, 6, 10},
          Edit{EditOp::kInsert, EditWhat::kSpacing, 6, 6, 6, 7, 1},
          Edit{EditOp::kReplace, EditWhat::kPunctuation, 6, 7, 7, 8, 5}));
}

TEST(ExplainTexts, TakesANumberWithItsWordsAsOne) {
  EXPECT_THAT(Explain("up 5 per cent", "up 7%"),
              ElementsAre(Edit{EditOp::kReplace, EditWhat::kPlaceable, 3, 13, 3,
                               5, 10}));
  EXPECT_THAT(Explain("up 5 per cent", "up 5%"),
              ElementsAre(Edit{EditOp::kReplace, EditWhat::kLetterForm, 3, 13,
                               3, 5, 2}));
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
      "trade", "Trade",       "trades",     "talks",   "talk", "the",
      "The",   "12",          "13",         "1,000",   ",",    ".",
      "\"",    "“",           "-",          "–",       "中",   "国",
      "國",    "５",          "flood",      "…",       "x",    "👍",
      "%",     "5%",          "5 per cent", "million", "two",  "May 5",
      "2008",  "May 5, 2008", "10:30",      "three"};
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

TEST(ExplainTexts, CostsAddUpToTheScores) {
  for (uint32_t seed = 0; seed < 5'000; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    const Analysis a = Of(RandomSentence(random));
    const Analysis b = Of(RandomSentence(random));
    int cost = 0;
    for (const Edit& edit : Explain(a, b)) cost += edit.cost;
    EXPECT_EQ(cost, ScoreTexts(a, b).cost);
  }
}

// What is said to be too little is; everything else is as without a limit.
TEST(CompareTexts, GivesUpOnlyOnWhatScoresLess) {
  size_t given_up = 0;
  for (uint32_t seed = 0; seed < 5'000; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    const Analysis a = Of(RandomSentence(random));
    const Analysis b = seed % 9 == 0 ? a : Of(RandomSentence(random));
    const Comparison whole = CompareTexts(a, b);
    const int least = static_cast<int>(random() % 120);
    const std::optional<Comparison> limited = CompareTexts(a, b, least);
    ASSERT_EQ(limited.has_value(), whole.text.score >= least) << least;
    given_up += limited.has_value() ? 0 : 1;
    if (!limited.has_value()) continue;
    EXPECT_EQ(limited->text.score, whole.text.score);
    EXPECT_EQ(limited->text.cost, whole.text.cost);
    EXPECT_EQ(limited->text.kind, whole.text.kind);
    EXPECT_EQ(limited->alignment, whole.alignment);
  }
  EXPECT_GT(given_up, 1'000U);
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
