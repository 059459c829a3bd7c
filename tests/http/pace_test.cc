#include "service/http/pace.h"

#include <gtest/gtest.h>

namespace tercet::http {
namespace {

using std::chrono::seconds;

constexpr Pace::Time kStart{};

TEST(Pace, ClientThatSendsFastEnoughHasNoLag) {
  Pace pace(/*bytes_per_second=*/100);
  pace.BeginWait(Pace::kIn, kStart);
  pace.Move(Pace::kIn, 300, kStart + seconds(3));
  EXPECT_EQ(pace.Lag(kStart + seconds(3)), seconds(0));
}

TEST(Pace, LagGrowsByWhatIsMissing) {
  Pace pace(/*bytes_per_second=*/100);
  pace.BeginWait(Pace::kIn, kStart);
  pace.Move(Pace::kIn, 100, kStart + seconds(3));
  pace.EndWait(Pace::kIn, kStart + seconds(4));
  EXPECT_EQ(pace.Lag(kStart + seconds(100)), seconds(3));
}

TEST(Pace, NobodyWorksAhead) {
  Pace pace(/*bytes_per_second=*/100);
  pace.BeginWait(Pace::kIn, kStart);
  pace.Move(Pace::kIn, 1'000'000, kStart + seconds(1));
  EXPECT_EQ(pace.Lag(kStart + seconds(5)), seconds(4));
}

TEST(Pace, TheServersOwnTimeDoesNotCount) {
  Pace pace(/*bytes_per_second=*/100);
  pace.BeginWait(Pace::kIn, kStart);
  pace.EndWait(Pace::kIn, kStart + seconds(1));
  EXPECT_FALSE(pace.waits());
  EXPECT_EQ(pace.Silence(kStart + seconds(9)), seconds(0));
  pace.BeginWait(Pace::kIn, kStart + seconds(10));
  EXPECT_EQ(pace.Silence(kStart + seconds(12)), seconds(2));
  EXPECT_EQ(pace.Lag(kStart + seconds(12)), seconds(3));
}

TEST(Pace, BothWaysMakeUpForTheLag) {
  Pace pace(/*bytes_per_second=*/100);
  pace.BeginWait(Pace::kIn, kStart);
  pace.BeginWait(Pace::kOut, kStart + seconds(1));
  pace.Move(Pace::kOut, 200, kStart + seconds(3));
  EXPECT_EQ(pace.Lag(kStart + seconds(3)), seconds(1));
}

// An import reports its progress twice a second, whether any comes or not.
TEST(Pace, WhatTheClientIsSentIsNoSignOfLife) {
  Pace pace(/*bytes_per_second=*/100);
  pace.BeginWait(Pace::kIn, kStart);
  pace.BeginWait(Pace::kOut, kStart + seconds(5));
  pace.Move(Pace::kOut, 1, kStart + seconds(6));
  pace.EndWait(Pace::kOut, kStart + seconds(6));
  EXPECT_EQ(pace.Silence(kStart + seconds(8)), seconds(8));
}

TEST(Pace, ClientThatIsTakingAnAnswerIsNotSilent) {
  Pace pace(/*bytes_per_second=*/100);
  pace.BeginWait(Pace::kIn, kStart);
  pace.BeginWait(Pace::kOut, kStart + seconds(5));
  pace.Move(Pace::kOut, 1, kStart + seconds(6));
  EXPECT_EQ(pace.Silence(kStart + seconds(8)), seconds(2));
}

}  // namespace
}  // namespace tercet::http
