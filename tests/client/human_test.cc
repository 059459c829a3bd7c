#include "client/cli/output/human.h"

#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

TEST(FormatCount, GroupsThousands) {
  EXPECT_EQ(FormatCount(0), "0");
  EXPECT_EQ(FormatCount(999), "999");
  EXPECT_EQ(FormatCount(1000), "1,000");
  EXPECT_EQ(FormatCount(1234567), "1,234,567");
  EXPECT_EQ(FormatCount(-123456), "-123,456");
}

TEST(FormatCounted, KnowsTheSingular) {
  EXPECT_EQ(FormatCounted(1, "unit"), "1 unit");
  EXPECT_EQ(FormatCounted(2000, "unit"), "2,000 units");
}

TEST(FormatBytes, HasAtMostThreeDigits) {
  EXPECT_EQ(FormatBytes(1023), "1023 B");
  EXPECT_EQ(FormatBytes(1024), "1.0 KiB");
  EXPECT_EQ(FormatBytes(1024 * 1024 - 1), "1.0 MiB");
  EXPECT_EQ(FormatBytes(12 * 1024 * 1024), "12 MiB");
  EXPECT_EQ(FormatBytes(int64_t{3} << 40), "3.0 TiB");
}

TEST(FormatDuration, GrowsWithTheTime) {
  EXPECT_EQ(FormatDuration(7), "0:07");
  EXPECT_EQ(FormatDuration(754), "12:34");
  EXPECT_EQ(FormatDuration(3723), "1:02:03");
  EXPECT_EQ(FormatDuration(3 * 86400 + 4 * 3600), "3 d 4 h");
}

TEST(PercentOf, StaysWithinAHundred) {
  EXPECT_EQ(PercentOf(1, 3), 33);
  EXPECT_EQ(PercentOf(5, 3), 100);
  EXPECT_EQ(PercentOf(5, 0), 0);
}

}  // namespace
}  // namespace tercet::cli
