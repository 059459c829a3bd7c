// When to try a failed call again, and how long to wait first.
#ifndef TERCET_CLIENT_LIB_RETRY_H_
#define TERCET_CLIENT_LIB_RETRY_H_

#include <cstdint>
#include <functional>
#include <optional>

#include "service/base/status.h"

namespace tercet::client {

// The waits double: 100, 200, 400 ms with the defaults.
struct RetryPolicy {
  int max_attempts = 4;  // The first one included; 1 means never to retry.
  int64_t initial_delay_ms = 100;
  int64_t max_delay_ms = 5000;
};

// Waits for so many milliseconds.
using Sleeper = std::function<void(int64_t delay_ms)>;

// The Sleeper that does sleep.
Sleeper RealSleeper();

// How long to wait before another attempt, in milliseconds, after
// `failed_attempts` of them, the last one with `error`; nullopt when trying
// again is no use. Retries what is UNAVAILABLE and what the server asked to
// retry, and never waits less than the server asked for.
// REQUIRES: failed_attempts >= 1.
std::optional<int64_t> RetryDelayMs(const RetryPolicy& policy,
                                    int failed_attempts, const Status& error);

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_RETRY_H_
