// The writing side of an import, on a thread of its own.
#ifndef TERCET_SERVICE_RPC_IMPORT_WRITER_H_
#define TERCET_SERVICE_RPC_IMPORT_WRITER_H_

#include <deque>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/base/status.h"
#include "service/memory/import.h"
#include "service/memory/import_step.h"
#include "service/rpc/import_reporter.h"

namespace tercet {

// Writes the steps of an import in order. One thread may push.
class ImportWriter {
 public:
  // Both must outlive the writer, which uses `session` until it is finished.
  ImportWriter(ImportSession& session, ImportReporter& reporter);
  // Drops what has not been written yet, unless it was finished.
  ~ImportWriter();
  ImportWriter(const ImportWriter&) = delete;
  ImportWriter& operator=(const ImportWriter&) = delete;

  // Checks the step, and waits while two steps wait. Returns the error that
  // ended the writing.
  Status Push(ImportStep step);

  // Waits until everything is written. Call at most once, as the last.
  Status Finish();

 private:
  void Run();
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool HasRoom() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Status Write(CheckedStep step);

  ImportSession& session_;  // The thread's, while it runs.
  ImportReporter& reporter_;
  absl::Mutex mutex_;
  std::deque<CheckedStep> waiting_ ABSL_GUARDED_BY(mutex_);
  Status status_ ABSL_GUARDED_BY(mutex_);
  bool finishing_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // The last member: it uses all others.
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_IMPORT_WRITER_H_
