// The response side of an import: progress and problems as they come.
#ifndef TERCET_SERVICE_RPC_IMPORT_REPORTER_H_
#define TERCET_SERVICE_RPC_IMPORT_REPORTER_H_

#include <cstdint>
#include <optional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/support/sync_stream.h"
#include "service/base/status.h"
#include "service/memory/import.h"
#include "service/rpc/call.h"
#include "tercet/v1/memory_service.grpc.pb.h"

namespace tercet {

using ImportStream =
    grpc::ServerReaderWriter<v1::ImportUnitsResponse, v1::ImportUnitsRequest>;

// Writes to the stream from a thread of its own, at least once a second, so
// that whoever reports never waits for the client. Thread-safe.
class ImportReporter {
 public:
  // Both must outlive the reporter; until Finish nobody else may write to
  // `stream`.
  // `total_bytes`: of the file; 0: not known.
  // A dry run (not `is_stored`) tells of no durable units.
  ImportReporter(Call& call, ImportStream& stream, int64_t total_bytes,
                 bool is_stored);
  ~ImportReporter();
  ImportReporter(const ImportReporter&) = delete;
  ImportReporter& operator=(const ImportReporter&) = delete;

  void CountBytes(int64_t count);
  void CountUnit();
  // Tells how the import begins; what is durable already counts as read.
  void Start(const ImportEntry& entry);
  void SetDurable(int64_t count);
  // Sends the problem, unless 1,000 were sent.
  void AddProblem(const ImportCase& problem);

  // Sends the result behind everything else. Nothing is to be reported after
  // it, and one flush is to follow.
  void SetResult(const ImportEntry& entry);

  // Sends all there is to tell and waits until that is done. Fails with
  // kCancelled when the client is gone.
  Status Flush();
  // As above, but waits no longer than so; false when the client has not taken
  // everything by then.
  bool FlushWithin(absl::Duration patience);
  // Whether all that was to be flushed is.
  bool is_flushed() const;

  // Waits for the flushes that were begun and ends the thread. Fails as Flush
  // does. Call at most once, as the last.
  Status Finish();

  int64_t units_durable() const;

 private:
  void Run();
  // The progress as it is now, with its speed.
  v1::ImportProgress Progress() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool FlushesDone() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Status Told() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool Send(const std::vector<v1::ImportUnitsResponse>& messages);

  Call& call_;
  ImportStream& stream_;
  mutable absl::Mutex mutex_;
  const absl::Time start_ = absl::Now();
  v1::ImportProgress progress_ ABSL_GUARDED_BY(mutex_);
  const bool is_stored_;
  // Read by calls before this one.
  int64_t units_before_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<v1::ImportUnitsResponse> unsent_ ABSL_GUARDED_BY(mutex_);
  std::optional<v1::ImportUnitsResponse> result_ ABSL_GUARDED_BY(mutex_);
  int64_t problem_count_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t flushes_asked_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t flushes_done_ ABSL_GUARDED_BY(mutex_) = 0;
  bool client_gone_ ABSL_GUARDED_BY(mutex_) = false;
  bool finishing_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // The last member: it uses all others.
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_IMPORT_REPORTER_H_
