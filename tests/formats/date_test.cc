#include "service/formats/date.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(ParseDate, ReadsBothFormsOfIso8601) {
  constexpr int64_t kTime = 1'795'425'337'000'000;  // 2026-11-23T09:15:37Z
  struct Case {
    std::string_view text;
    int64_t micros;
  } kCases[] = {
      {"20261123T091537Z", kTime},
      {"20261123T091537", kTime},
      {"2026-11-23T09:15:37Z", kTime},
      {"2026-11-23 09:15:37", kTime},
      {"2026-11-23T09:15:37.25Z", kTime + 250'000},
      {"2026-11-23T09:15:37.1234567Z", kTime + 123'456},
      {"2026-11-23T10:15:37+01:00", kTime},
      {"20261123T034537-0530", kTime},
      {"20261123T0915Z", kTime - 37'000'000},
      {"2026-11-23T09:15Z", kTime - 37'000'000},
      {"2026-11-23", kTime - 33'337'000'000},
      {"19700101T000000Z", 0},
      {"19691231T235959Z", -1'000'000},
      {"20000229T000000Z", 951'782'400'000'000},
      {"00010101T000000Z", -62'135'596'800'000'000},
  };
  for (const Case& c : kCases) {
    EXPECT_THAT(ParseDate(c.text), Optional(c.micros)) << c.text;
  }
}

TEST(ParseDate, RefusesWhatIsNoDate) {
  for (std::string_view text :
       {"", "yesterday", "2026", "20261301T000000Z", "20260230T000000Z",
        "20240230T250000Z", "20261123T246000Z", "20261123T091537Zx",
        "2026-1123", "20261123T", "20261123T09:", "20261123T091537.Z",
        "00000000T000000Z", "2026-11-23T09:15:37+", "-20261123",
        "2026-11-23T1"}) {
    EXPECT_THAT(ParseDate(text), Eq(std::nullopt)) << text;
  }
}

TEST(FormatDate, RoundsDownToSecondsForTmx) {
  EXPECT_THAT(FormatTmxDate(1'795'425'337'999'999),
              Optional(Eq("20261123T091537Z")));
  EXPECT_THAT(FormatTmxDate(-1), Optional(Eq("19691231T235959Z")));
}

TEST(FormatDate, KeepsMicrosecondsInIso) {
  EXPECT_THAT(FormatIsoDate(1'795'425'337'000'000),
              Optional(Eq("2026-11-23T09:15:37Z")));
  EXPECT_THAT(FormatIsoDate(-1), Optional(Eq("1969-12-31T23:59:59.999999Z")));
}

TEST(FormatDate, KnowsYears1To9999) {
  EXPECT_THAT(FormatTmxDate(253'402'300'799'999'999),
              Optional(Eq("99991231T235959Z")));
  EXPECT_EQ(FormatTmxDate(253'402'300'800'000'000), std::nullopt);
  EXPECT_EQ(FormatIsoDate(-62'135'596'800'000'001), std::nullopt);
  EXPECT_EQ(FormatIsoDate(INT64_MAX), std::nullopt);
}

}  // namespace
}  // namespace tercet
