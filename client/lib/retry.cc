#include "client/lib/retry.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace tercet::client {

Sleeper RealSleeper() {
  return [](int64_t delay_ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
  };
}

std::optional<int64_t> RetryDelayMs(const RetryPolicy& policy,
                                    int failed_attempts, const Status& error) {
  const int64_t asked_ms = GetDetails(error).retry_delay_ms;
  if (error.code() != StatusCode::kUnavailable && asked_ms == 0) return {};
  if (failed_attempts >= policy.max_attempts) return {};
  int64_t delay_ms = policy.initial_delay_ms;
  for (int i = 1; i < failed_attempts && delay_ms < policy.max_delay_ms; ++i) {
    delay_ms *= 2;
  }
  return std::max(std::min(delay_ms, policy.max_delay_ms), asked_ms);
}

}  // namespace tercet::client
