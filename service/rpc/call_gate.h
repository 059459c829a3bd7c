// Counts the calls that run, and lets no more in when the server drains.
#ifndef TERCET_SERVICE_RPC_CALL_GATE_H_
#define TERCET_SERVICE_RPC_CALL_GATE_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "service/base/status.h"

namespace tercet {

// Thread-safe.
class CallGate {
 public:
  // Lets a call in: it must Leave. Fails with kUnavailable, reason
  // SERVER_DRAINING, once the gate is closed.
  Status Enter();
  void Leave();

  void Close();

  // Waits until no call runs; false when one still did after `timeout`.
  bool WaitUntilEmpty(absl::Duration timeout) const;

 private:
  bool Empty() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return running_ == 0;
  }

  mutable absl::Mutex mutex_;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  int running_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CALL_GATE_H_
