// Lets long work notice that nobody waits for it any more.
#ifndef TERCET_SERVICE_BASE_STOP_CHECK_H_
#define TERCET_SERVICE_BASE_STOP_CHECK_H_

#include <functional>

#include "service/base/status.h"

namespace tercet {

// Asked now and then by long work; an error (kCancelled, kDeadlineExceeded)
// means: stop, and return it. Must be cheap (well under a microsecond) and
// callable from any thread.
using StopCheck = std::function<Status()>;

// Never stops.
inline StopCheck NeverStop() {
  return [] { return OkStatus(); };
}

}  // namespace tercet

#endif  // TERCET_SERVICE_BASE_STOP_CHECK_H_
