#include "client/cli/names.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet::cli {
namespace {

using ::testing::HasSubstr;

TEST(MemoryName, TakesShortAndFullNames) {
  EXPECT_EQ(MemoryName("press"), "memories/press");
  EXPECT_EQ(MemoryName("memories/press"), "memories/press");
  EXPECT_EQ(LastPart("memories/press"), "press");
}

TEST(UnitName, NeedsAMemoryForAShortName) {
  EXPECT_THAT(UnitName("memories/a/units/b", ""),
              IsOkAndHolds("memories/a/units/b"));
  EXPECT_THAT(UnitName("b", "a"), IsOkAndHolds("memories/a/units/b"));
  EXPECT_THAT(UnitName("b", ""),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("--memory")));
  EXPECT_THAT(UnitName("memories/a", "a"),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("UNIT")));
}

TEST(FormatOfPath, GoesByTheEnding) {
  EXPECT_EQ(FormatOfPath("a/b.TMX"), v1::TMX);
  EXPECT_EQ(FormatOfPath("x.tsv"), v1::TSV);
  EXPECT_EQ(FormatOfPath("x.jsonl"), v1::JSONL);
  EXPECT_EQ(FormatOfPath("x.csv"), v1::CSV);
  EXPECT_EQ(FormatOfPath("x.txt"), std::nullopt);
  EXPECT_EQ(FormatOfPath("-"), std::nullopt);
}

TEST(NameOfState, RoundTrips) {
  for (const auto state :
       {v1::Unit::ALIGNED, v1::Unit::DRAFT, v1::Unit::CONFIRMED}) {
    EXPECT_EQ(StateOfName(NameOfState(state)), state);
  }
}

}  // namespace
}  // namespace tercet::cli
