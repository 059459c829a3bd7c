// Whether anybody still waits for a call.
#ifndef TERCET_SERVICE_RPC_CALL_STOP_H_
#define TERCET_SERVICE_RPC_CALL_STOP_H_

#include <chrono>
#include <functional>

#include "service/base/status.h"
#include "service/base/stop_check.h"

namespace tercet {

// What a call's end depends on.
struct CallLimits {
  std::chrono::system_clock::time_point deadline;
  std::function<bool()> is_cancelled;  // Must be thread-safe.
};

// Looks now: kDeadlineExceeded, reason DEADLINE_EXCEEDED; kCancelled, reason
// CANCELLED; OK.
Status CheckCall(const CallLimits& limits);

// Looks when first asked, and then at most once a millisecond: asking gRPC
// takes a lock. What it said once it says for ever. Thread-safe; `is_cancelled`
// must be callable as long as the result is.
StopCheck MakeStopCheck(CallLimits limits);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CALL_STOP_H_
