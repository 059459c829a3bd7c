#include "bench/quality/judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace tercet::bench {
namespace {

using ::testing::DoubleNear;

// Finds what the test says.
class FixedRanking : public Ranking {
 public:
  explicit FixedRanking(TopHits top) : top_(std::move(top)) {}
  std::string_view name() const override { return "fixed"; }
  TopHits Top(std::string_view, bool) const override { return top_; }

 private:
  TopHits top_;
};

QualitySet SmallSet() {
  return {.name = "small",
          .source = "en",
          .targets = {"zh"},
          .memory = {{"Trade rose.", "贸易", ""}, {"Trade fell.", "双边", ""}},
          .queries = {{"Trade grew.", "贸易", ""}}};
}

double ChrfOf(const TopHits& top) {
  return MeanChrf(Judge(SmallSet(), FixedRanking(top)).front());
}

TEST(Judge, ComparesTheTranslationFoundWithTheReference) {
  EXPECT_THAT(ChrfOf({{.place = 0, .similarity = 0.9}}), DoubleNear(100, 1e-9));
  EXPECT_EQ(ChrfOf({{.place = 1, .similarity = 0.9}}), 0);
}

TEST(Judge, TakesTheMeanOfTies) {
  EXPECT_THAT(ChrfOf({{.place = 0, .similarity = 0.9},
                      {.place = 1, .similarity = 0.9}}),
              DoubleNear(50, 1e-9));
}

TEST(Judge, CountsNothingFoundAsZero) { EXPECT_EQ(ChrfOf({}), 0); }

const Findings kFindings = {.by_query = {{.chrf = 90, .similarity = 0.9},
                                         {.chrf = 10, .similarity = 0.2},
                                         {.chrf = 60, .similarity = 0.5},
                                         {.chrf = 40, .similarity = 0.5}}};

TEST(MeanOfSurest, TakesTheSurestFirst) {
  EXPECT_DOUBLE_EQ(MeanOfSurest(kFindings, 0.25), 90);
  EXPECT_DOUBLE_EQ(MeanOfSurest(kFindings, 0.75), (90 + 60 + 40) / 3.0);
  EXPECT_DOUBLE_EQ(MeanOfSurest(kFindings, 1), 50);
}

TEST(MeanOfSurest, CountsTiesAtTheLimitInPart) {
  EXPECT_DOUBLE_EQ(MeanOfSurest(kFindings, 0.5), (90 + 50) / 2.0);
}

TEST(Compare, GivesTheDifferenceAndSurroundsIt) {
  std::vector<Finding> ours;
  std::vector<Finding> theirs;
  for (int i = 0; i < 200; ++i) {
    theirs.push_back({.chrf = static_cast<double>(i % 50)});
    ours.push_back({.chrf = theirs.back().chrf + (i % 2 == 0 ? 4.0 : 0.0)});
  }
  const Difference difference = Compare(ours, theirs, 1);
  EXPECT_DOUBLE_EQ(difference.mean, 2);
  // The standard error of the mean is 2 / sqrt(200) = 0.141.
  EXPECT_THAT(difference.low, DoubleNear(2 - 1.96 * 0.141, 0.05));
  EXPECT_THAT(difference.high, DoubleNear(2 + 1.96 * 0.141, 0.05));
}

TEST(Compare, IsTheSameForTheSameSeed) {
  const std::vector<Finding> ours = {{.chrf = 1}, {.chrf = 5}, {.chrf = 9}};
  const std::vector<Finding> theirs = {{.chrf = 2}, {.chrf = 2}, {.chrf = 3}};
  EXPECT_EQ(Compare(ours, theirs, 7).low, Compare(ours, theirs, 7).low);
}

}  // namespace
}  // namespace tercet::bench
