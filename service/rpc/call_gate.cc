#include "service/rpc/call_gate.h"

namespace tercet {
namespace {

// Long enough for a load balancer to see, short enough for a restart.
constexpr int64_t kRetryDelayMs = 1000;

}  // namespace

Status CallGate::Enter() {
  absl::MutexLock lock(&mutex_);
  if (closed_) {
    return MakeError(
        StatusCode::kUnavailable, "the server is shutting down",
        {.reason = "SERVER_DRAINING", .retry_delay_ms = kRetryDelayMs});
  }
  ++running_;
  return OkStatus();
}

void CallGate::Leave() {
  absl::MutexLock lock(&mutex_);
  --running_;
}

void CallGate::Close() {
  absl::MutexLock lock(&mutex_);
  closed_ = true;
}

bool CallGate::WaitUntilEmpty(absl::Duration timeout) const {
  absl::MutexLock lock(&mutex_);
  return mutex_.AwaitWithTimeout(absl::Condition(this, &CallGate::Empty),
                                 timeout);
}

}  // namespace tercet
