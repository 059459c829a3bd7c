// The writing side of an import, on a thread of its own.
#ifndef TERCET_SERVICE_RPC_IMPORT_WRITER_H_
#define TERCET_SERVICE_RPC_IMPORT_WRITER_H_

#include <cstdint>
#include <deque>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/base/status.h"
#include "service/memory/database.h"
#include "service/rpc/import_reporter.h"
#include "service/rpc/import_stream.h"

namespace tercet {

// Units to be written together, each with its line in the file.
struct ImportBatch {
  std::vector<NewUnit> units;
  std::vector<int64_t> lines;
  size_t bytes = 0;  // About.
};

// What became of the units.
struct ImportCounts {
  int64_t created = 0;
  int64_t updated = 0;
  int64_t unchanged = 0;
  int64_t skipped = 0;  // Wrong ones; each was reported as a problem.
};

// Writes batches in order. One thread may push.
class ImportWriter {
 public:
  // All arguments must outlive the writer. With the first batch the memory is
  // created, when it is missing.
  ImportWriter(Database& database, const ImportPlan& plan,
               ImportReporter& reporter);
  // Drops what has not been written yet.
  ~ImportWriter();
  ImportWriter(const ImportWriter&) = delete;
  ImportWriter& operator=(const ImportWriter&) = delete;

  // Waits while two batches wait. Returns the error that ended the writing.
  Status Push(ImportBatch batch);

  // Waits until everything is written. Call at most once, as the last.
  StatusOr<ImportCounts> Finish();

 private:
  void Run();
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool HasRoom() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Status Write(ImportBatch batch);
  void Count(const WrittenUnit& written, int64_t line);

  Database& database_;
  const ImportPlan& plan_;
  ImportReporter& reporter_;
  bool memory_exists_ = false;  // Used by the thread alone.
  ImportCounts counts_;         // Used by the thread alone, while it runs.
  absl::Mutex mutex_;
  std::deque<ImportBatch> waiting_ ABSL_GUARDED_BY(mutex_);
  Status status_ ABSL_GUARDED_BY(mutex_);
  bool finishing_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // The last member: it uses all others.
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_IMPORT_WRITER_H_
