// Imports that go on after the tool that sent the file was answered; it asks
// later how they went.
#ifndef TERCET_SERVICE_HTTP_IMPORT_JOBS_H_
#define TERCET_SERVICE_HTTP_IMPORT_JOBS_H_

#include <cstdint>
#include <cstdio>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/base/clock.h"
#include "service/base/status.h"
#include "service/http/rpc.h"
#include "tercet/v1/imports.pb.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::http {

// A file on disk without a name, gone when it is closed.
class SpoolFile {
 public:
  SpoolFile();

  // Fails with kUnavailable, reason SPOOL_IO, when the disk does.
  Status Add(std::string_view bytes);
  // To the beginning, for Read.
  Status Rewind();
  // The next bytes, at most `max`; empty at the end.
  std::string Read(size_t max);
  int64_t size() const { return size_; }

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Closer> file_;
  int64_t size_ = 0;
};

// How an import stands.
struct ImportJob {
  enum class State : uint8_t { kRunning, kDone, kFailed };

  std::string id;      // A UUID in form.
  std::string memory;  // An id.
  State state = State::kRunning;
  int64_t begin_micros = 0;
  int64_t end_micros = 0;  // 0 while it runs.
  v1::Import import;       // As it ended, also where it failed.
  std::string message;     // Why it failed.
};

// Thread-safe. The last thousand imports are remembered.
class ImportJobs {
 public:
  // Both must outlive the jobs.
  ImportJobs(const RpcClient& rpc, const Clock& clock)
      : rpc_(rpc), clock_(clock) {}
  // Breaks off what still runs; what is durable stays.
  ~ImportJobs();

  // Begins to import `file` as `config` says, whose memory is made when there
  // is none. Fails with kResourceExhausted, reason TOO_MANY_IMPORTS, while four
  // run.
  StatusOr<ImportJob> Start(v1::ImportConfig config, SpoolFile file);

  std::optional<ImportJob> Find(std::string_view id) const;
  // The latest into a memory.
  std::optional<ImportJob> LatestInto(std::string_view memory) const;

 private:
  void JoinEnded();
  void Run(const std::string& id, const v1::ImportConfig& config,
           SpoolFile file);

  const RpcClient& rpc_;
  const Clock& clock_;
  mutable absl::Mutex mutex_;
  std::deque<ImportJob> jobs_ ABSL_GUARDED_BY(mutex_);  // Oldest first.
  // Those that run, by the job's id, and those whose job has ended.
  std::map<std::string, std::thread> threads_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> ended_ ABSL_GUARDED_BY(mutex_);
  int running_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_IMPORT_JOBS_H_
