#include "service/rpc/import_end.h"

#include <atomic>
#include <cstdint>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/time.h"

namespace tercet {
namespace {

// For a client that reads while it sends.
constexpr absl::Duration kReadPatience = absl::Milliseconds(500);
// Without a message in either direction.
constexpr absl::Duration kStillPatience = absl::Seconds(10);

// Until what is to be told is told, or the client has sent everything.
void DropRequests(Call& call, ImportStream& stream,
                  const ImportReporter& reporter) {
  std::atomic<int64_t> dropped = 0;
  absl::Notification over;
  std::thread watch([&] {
    int64_t seen = 0;
    while (!over.WaitForNotificationWithTimeout(kStillPatience)) {
      if (dropped == seen) return call.Cancel();
      seen = dropped;
    }
  });
  v1::ImportUnitsRequest request;
  while (!reporter.is_flushed() && stream.Read(&request)) ++dropped;
  over.Notify();
  watch.join();
}

}  // namespace

Status FinishTelling(Call& call, ImportStream& stream,
                     ImportReporter& reporter) {
  if (!reporter.FlushWithin(kReadPatience)) {
    DropRequests(call, stream, reporter);
  }
  return reporter.Finish();
}

}  // namespace tercet
