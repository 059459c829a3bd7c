#include "client/lib/retry.h"

#include "gtest/gtest.h"

namespace tercet::client {
namespace {

Status Unavailable(int64_t retry_delay_ms = 0) {
  return MakeError(StatusCode::kUnavailable, "m",
                   {.reason = "R", .retry_delay_ms = retry_delay_ms});
}

TEST(RetryDelayMs, DoublesUpToTheMost) {
  const RetryPolicy policy = {
      .max_attempts = 9, .initial_delay_ms = 100, .max_delay_ms = 500};
  EXPECT_EQ(RetryDelayMs(policy, 1, Unavailable()), 100);
  EXPECT_EQ(RetryDelayMs(policy, 2, Unavailable()), 200);
  EXPECT_EQ(RetryDelayMs(policy, 3, Unavailable()), 400);
  EXPECT_EQ(RetryDelayMs(policy, 4, Unavailable()), 500);
  EXPECT_EQ(RetryDelayMs(policy, 8, Unavailable()), 500);
}

TEST(RetryDelayMs, EndsAfterTheLastAttempt) {
  EXPECT_EQ(RetryDelayMs({.max_attempts = 3}, 3, Unavailable()), std::nullopt);
}

TEST(RetryDelayMs, WaitsAsLongAsTheServerAsks) {
  EXPECT_EQ(RetryDelayMs({}, 1, Unavailable(7000)), 7000);
  EXPECT_EQ(RetryDelayMs({}, 1,
                         MakeError(StatusCode::kResourceExhausted, "m",
                                   {.reason = "R", .retry_delay_ms = 50})),
            100);
}

TEST(RetryDelayMs, DoesNotRepeatWhatIsWrong) {
  EXPECT_EQ(RetryDelayMs(
                {}, 1, MakeError(StatusCode::kNotFound, "m", {.reason = "R"})),
            std::nullopt);
}

}  // namespace
}  // namespace tercet::client
