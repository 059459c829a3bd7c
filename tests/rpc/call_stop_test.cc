#include "service/rpc/call_stop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

#include "tests/support/matchers.h"

namespace tercet {
namespace {

using std::chrono::hours;
using std::chrono::system_clock;

constexpr auto kNoDeadline = system_clock::time_point::max();

bool Never() { return false; }
bool Always() { return true; }

TEST(CheckCall, IsOkWhileSomebodyWaits) {
  EXPECT_THAT(CheckCall({.deadline = kNoDeadline, .is_cancelled = Never}),
              IsOk());
}

TEST(CheckCall, SeesTheDeadlineFirst) {
  const Status status = CheckCall(
      {.deadline = system_clock::now() - hours(1), .is_cancelled = Always});
  EXPECT_EQ(status.code(), StatusCode::kDeadlineExceeded);
  EXPECT_THAT(status, ReasonIs("DEADLINE_EXCEEDED"));
}

TEST(CheckCall, SeesACancellation) {
  const Status status =
      CheckCall({.deadline = kNoDeadline, .is_cancelled = Always});
  EXPECT_EQ(status.code(), StatusCode::kCancelled);
  EXPECT_THAT(status, ReasonIs("CANCELLED"));
}

TEST(StopCheck, LooksAtOnce) {
  const StopCheck stop =
      MakeStopCheck({.deadline = kNoDeadline, .is_cancelled = Always});
  EXPECT_EQ(stop().code(), StatusCode::kCancelled);
}

TEST(StopCheck, LooksSeldom) {
  std::atomic<int> looks = 0;
  const StopCheck stop =
      MakeStopCheck({.deadline = kNoDeadline, .is_cancelled = [&looks] {
                       ++looks;
                       return false;
                     }});
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 10'000; ++i) ASSERT_THAT(stop(), IsOk());
  const auto taken = std::chrono::steady_clock::now() - start;
  EXPECT_LE(looks, 1 + taken / std::chrono::milliseconds(1));
}

TEST(StopCheck, RemembersThatItIsOver) {
  bool cancelled = true;
  const StopCheck stop =
      MakeStopCheck({.deadline = kNoDeadline,
                     .is_cancelled = [&cancelled] { return cancelled; }});
  ASSERT_FALSE(stop().ok());
  cancelled = false;
  EXPECT_EQ(stop().code(), StatusCode::kCancelled);
}

}  // namespace
}  // namespace tercet
