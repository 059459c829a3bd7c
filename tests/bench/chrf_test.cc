#include "bench/quality/chrf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tercet::bench {
namespace {

using ::testing::DoubleNear;

constexpr double kRounding = 1e-9;

TEST(Chrf, IsAllForTheSameText) {
  EXPECT_THAT(Chrf("Trade rose.", "Trade rose."), DoubleNear(100, kRounding));
  EXPECT_THAT(Chrf("贸易", "贸易"), DoubleNear(100, kRounding));
  EXPECT_THAT(Chrf("", ""), DoubleNear(100, kRounding));
}

TEST(Chrf, IsNothingForTextsWithoutACommonCharacter) {
  EXPECT_EQ(Chrf("abc", "xyz"), 0);
  EXPECT_EQ(Chrf("", "xyz"), 0);
  EXPECT_EQ(Chrf("abc", ""), 0);
}

// Orders 1 to 3 exist in both. Of one character, a and b agree: 2/3 and 2/4;
// of two, ab: 1/2 and 1/3; of three, none.
// P = (2/3 + 1/2 + 0) / 3 = 7/18, R = (1/2 + 1/3 + 0) / 3 = 5/18,
// F = 5 P R / (4 P + R) = 5 * 35/324 / (33/18) = 175/594.
TEST(Chrf, IsWhatAHandComputes) {
  EXPECT_THAT(Chrf("abx", "abcd"), DoubleNear(100.0 * 175 / 594, kRounding));
}

// Three characters against two: P = (2/3 + 1/2) / 2, R = 1.
TEST(Chrf, WeighsRecallTwice) {
  const double precision = 7.0 / 12;
  EXPECT_THAT(Chrf("abc", "ab"),
              DoubleNear(100 * 5 * precision / (4 * precision + 1), kRounding));
  // The other way round P and R change places.
  EXPECT_THAT(Chrf("ab", "abc"),
              DoubleNear(100 * 5 * precision / (4 + precision), kRounding));
}

TEST(Chrf, CountsARepeatedCharacterAsOftenAsBothHaveIt) {
  // Of one character 1 of 3 and 1 of 1 agree; the reference has no others.
  EXPECT_THAT(Chrf("aaa", "a"), DoubleNear(100 * 5.0 / 3 / (7.0 / 3), 1e-9));
}

TEST(Chrf, LeavesWhiteSpaceOut) {
  EXPECT_THAT(Chrf("a b\tc\u3000d", "ab cd"), DoubleNear(100, kRounding));
}

TEST(Chrf, CountsCharactersNotBytes) {
  // One of two characters agrees, no pair does: P = R = 1/4.
  EXPECT_THAT(Chrf("贸易", "贸区"), DoubleNear(25, kRounding));
}

}  // namespace
}  // namespace tercet::bench
