#include "service/rpc/call_stop.h"

#include <atomic>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace tercet {
namespace {

using std::chrono::steady_clock;

constexpr auto kLookEvery = std::chrono::milliseconds(1);

// Remembers when it looked, and what it saw.
class ThrottledCheck {
 public:
  explicit ThrottledCheck(CallLimits limits) : limits_(std::move(limits)) {}

  Status Check() {
    const steady_clock::duration now = steady_clock::now().time_since_epoch();
    if (now.count() < next_look_.load(std::memory_order_relaxed)) {
      return OkStatus();
    }
    absl::MutexLock lock(&mutex_);
    if (!seen_.ok()) return seen_;
    seen_ = CheckCall(limits_);
    if (seen_.ok()) next_look_ = (now + kLookEvery).count();
    return seen_;
  }

 private:
  const CallLimits limits_;
  std::atomic<steady_clock::rep> next_look_ = 0;
  absl::Mutex mutex_;
  Status seen_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

Status CheckCall(const CallLimits& limits) {
  // The deadline first: when it passes, gRPC cancels the call too.
  if (std::chrono::system_clock::now() >= limits.deadline) {
    return MakeError(StatusCode::kDeadlineExceeded,
                     "the call's deadline has passed",
                     {.reason = "DEADLINE_EXCEEDED"});
  }
  if (limits.is_cancelled()) {
    return MakeError(StatusCode::kCancelled, "the call was cancelled",
                     {.reason = "CANCELLED"});
  }
  return OkStatus();
}

StopCheck MakeStopCheck(CallLimits limits) {
  // Shared by the copies of the function.
  auto check = std::make_shared<ThrottledCheck>(std::move(limits));
  return [check] { return check->Check(); };
}

}  // namespace tercet
