// Prints never promise less than a match turns out to be.
#include "service/match/segment_print.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <tuple>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/match/edit_distance.h"
#include "tests/support/random_text.h"

namespace tercet {
namespace {

constexpr std::array kLanguages = {"en", "zh", "es"};

// The bound as an index has it: by folded stems.
MatchBound Bound(const Analysis& stored, const Analysis& query) {
  const auto longer =
      static_cast<uint32_t>(std::max(stored.stems.size(), query.stems.size()));
  const uint32_t distance = StemPattern(FoldStems(stored.stems))
                                .Distance(FoldStems(query.stems), longer);
  return BoundMatch(PrintOf(stored), PrintOf(query), distance, longer);
}

MatchBound BoundOf(std::string_view stored, std::string_view query,
                   std::string_view language = "en") {
  return Bound(Analyze({.text = std::string(stored)}, language),
               Analyze({.text = std::string(query)}, language));
}

// Whether nothing with the bound comes behind the match.
bool IsNoWorse(const MatchBound& bound, const TextScore& match) {
  return std::tie(bound.score, bound.kind, match.cost) >=
         std::tie(match.score, match.kind, bound.cost);
}

TEST(BoundMatch, IsNeverBehindTheMatch) {
  int equal = 0;
  for (uint64_t seed = 1; seed <= 6000; ++seed) {
    RandomText random(seed);
    const std::string language = random.Pick(kLanguages);
    const Segment stored = random.MakeSegment(language);
    const Segment edited = random.Edit(stored, language);
    const Segment query =
        random.OneIn(3) ? random.Edit(edited, language) : edited;
    const Analysis a = Analyze(stored, language);
    const Analysis b = Analyze(query, language);
    const TextScore match = ScoreTexts(a, b);
    const MatchBound bound = Bound(a, b);
    ASSERT_TRUE(IsNoWorse(bound, match)) << fmt::format(
        "seed {}: {} {} {} against bound {} {} {}\n{}\n{}", seed, match.score,
        static_cast<int>(match.kind), match.cost, bound.score,
        static_cast<int>(bound.kind), bound.cost, stored.text, query.text);
    if (bound.score == match.score) ++equal;
  }
  EXPECT_GT(equal, 2000);  // It says something, too.
}

TEST(BoundMatch, TakesAPointForEachSortThatDiffers) {
  EXPECT_EQ(BoundOf("Trade rose 5.", "trade rose 7!"),
            (MatchBound{97, MatchKind::kNearExact, 17}));
  EXPECT_EQ(BoundOf("贸易额为5亿元。", "贸易额为7亿元。", "zh"),
            (MatchBound{99, MatchKind::kNearExact, 10}));
  EXPECT_EQ(BoundOf("5 % more", "5% more").score, 99);
  // The amount of white space is no sort that tokens show.
  EXPECT_EQ(BoundOf("a  b", "a b"), (MatchBound{99, MatchKind::kNearExact, 0}));
}

TEST(BoundMatch, CountsPlaceablesThatDiffer) {
  EXPECT_EQ(BoundOf("up 1 of 2 of 3", "up 4 of 2 of 6").cost, 20);
}

TEST(BoundMatch, KnowsInflectedWords) {
  EXPECT_EQ(
      BoundOf("The two countries signed it.", "The two country signed it."),
      (MatchBound{90, MatchKind::kFuzzy, 50}));
}

TEST(BoundMatch, AddsMarksToWords) {
  EXPECT_EQ(BoundOf("Trade rose today.", "Trade rose here!").cost, 105);
}

TEST(BoundMatch, IsExactWhereNothingDiffers) {
  EXPECT_EQ(BoundOf("Same.", "Same."), (MatchBound{100, MatchKind::kExact, 0}));
}

TEST(BoundMatch, TakesCertainPenaltiesOff) {
  SegmentPrint stored;
  stored.penalty = 3;
  EXPECT_EQ(BoundMatch(stored, {}, 0, 4).score, 97);
}

TEST(ContextPrint, AgreesWhereKeysOrNeighboursDo) {
  const auto kind = [](const Origin& stored, const Origin& query) {
    SegmentPrint a;
    a.context = ContextPrint(stored);
    SegmentPrint b;
    b.context = ContextPrint(query);
    return BoundMatch(a, b, 0, 1).kind;
  };
  const Origin key{.key = "k"};
  const Origin place{.previous = "One.", .next = "Two."};
  const Origin both{.previous = "One.", .next = "Two.", .key = "k"};
  EXPECT_EQ(kind(key, both), MatchKind::kExactInContext);
  EXPECT_EQ(kind(both, place), MatchKind::kExactInContext);
  EXPECT_EQ(kind(key, place), MatchKind::kExact);
  EXPECT_EQ(kind({}, {}), MatchKind::kExact);
  EXPECT_EQ(kind({.next = "Two."}, place), MatchKind::kExact);
}

}  // namespace
}  // namespace tercet
