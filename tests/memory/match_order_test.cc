#include "service/memory/match_order.h"

#include <algorithm>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/random_text.h"

namespace tercet {
namespace {

bool HaveSamePlace(const Match& a, const Match& b) {
  return !IsBetter(RankOf(a), RankOf(b)) && !IsBetter(RankOf(b), RankOf(a));
}

// Each better than the next, for a reason that comes later in the order.
std::vector<Match> OrderedMatches() {
  Match match{.entry = {.memory_id = "a", .number = UnitNumber{9}},
              .kind = MatchKind::kExactInContext,
              .score = 90};
  std::vector<Match> matches = {match};
  const auto then = [&](auto change) {
    change(match);
    matches.push_back(match);
  };
  then([](Match& m) { m.entry.number = UnitNumber{8}; });
  then([](Match& m) {
    m.entry.number = UnitNumber{99};
    m.entry.memory_id = "a-1";
  });
  then([](Match& m) {
    m.entry.memory_id = "0";
    m.cost = 1;
  });
  then([](Match& m) {
    m.cost = 0;
    m.kind = MatchKind::kExact;
  });
  then([](Match& m) {
    m.kind = MatchKind::kExactInContext;
    m.score = 89;
  });
  return matches;
}

TEST(IsBetter, OrdersByScoreKindCostMemoryAndNumber) {
  const std::vector<Match> matches = OrderedMatches();
  for (size_t i = 0; i < matches.size(); ++i) {
    for (size_t j = 0; j < matches.size(); ++j) {
      EXPECT_EQ(IsBetter(RankOf(matches[i]), RankOf(matches[j])), i < j)
          << i << " " << j;
    }
  }
}

TEST(BestMatches, KeepsTheFirstInOrderHoweverTheyCome) {
  const std::vector<Match> matches = OrderedMatches();
  std::vector<size_t> order(matches.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  do {
    BestMatches best(3);
    for (const size_t i : order) best.Add({.match = matches[i]});
    const std::vector<EvaluatedMatch> kept = std::move(best).Take();
    ASSERT_EQ(kept.size(), 3U);
    for (size_t i = 0; i < kept.size(); ++i) {
      EXPECT_TRUE(HaveSamePlace(kept[i].match, matches[i])) << i;
    }
  } while (std::ranges::next_permutation(order).found);
}

TEST(BestMatches, HasALastPlaceOnceItIsFull) {
  BestMatches best(2);
  best.Add({.match = {.entry = {.id = "a"}, .score = 95}});
  EXPECT_FALSE(best.Last().has_value());
  best.Add({.match = {.entry = {.id = "b"}, .score = 80}});
  ASSERT_TRUE(best.Last().has_value());
  EXPECT_EQ(best.Last()->score, 80);
}

}  // namespace
}  // namespace tercet
