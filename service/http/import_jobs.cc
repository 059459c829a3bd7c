#include "service/http/import_jobs.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <random>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "service/http/import_pieces.h"

namespace tercet::http {
namespace {

constexpr int kMaxRunning = 4;
constexpr size_t kMaxRemembered = 1000;
constexpr size_t kChunkBytes = 256 << 10;
constexpr std::string_view kMemories = "memories/";

Status SpoolError() {
  return MakeError(
      StatusCode::kUnavailable,
      fmt::format("the file cannot be kept on disk: {}", std::strerror(errno)),
      {.reason = "SPOOL_IO"});
}

std::string NewUuid() {
  std::random_device random;
  const auto word = [&random] { return random(); };
  return fmt::format("{:08x}-{:04x}-4{:03x}-8{:03x}-{:08x}{:04x}", word(),
                     word() & 0xFFFF, word() & 0xFFF, word() & 0xFFF, word(),
                     word() & 0xFFFF);
}

}  // namespace

SpoolFile::SpoolFile() : file_(std::tmpfile()) {}

Status SpoolFile::Add(std::string_view bytes) {
  if (file_ == nullptr ||
      std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) {
    return SpoolError();
  }
  size_ += static_cast<int64_t>(bytes.size());
  return OkStatus();
}

Status SpoolFile::Rewind() {
  if (file_ == nullptr || std::fflush(file_.get()) != 0 ||
      std::fseek(file_.get(), 0, SEEK_SET) != 0) {
    return SpoolError();
  }
  return OkStatus();
}

std::string SpoolFile::Read(size_t max) {
  std::string bytes(max, '\0');
  bytes.resize(std::fread(bytes.data(), 1, max, file_.get()));
  return bytes;
}

ImportJobs::~ImportJobs() {
  std::map<std::string, std::thread> threads;
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    threads.swap(threads_);
  }
  for (auto& [id, thread] : threads) thread.join();
  JoinEnded();
}

StatusOr<ImportJob> ImportJobs::Start(v1::ImportConfig config, SpoolFile file) {
  RETURN_IF_ERROR(file.Rewind());
  config.set_total_bytes(file.size());
  ImportJob job{.id = NewUuid(),
                .memory = config.memory().substr(kMemories.size()),
                .begin_micros = clock_.NowMicros()};
  JoinEnded();
  absl::MutexLock lock(&mutex_);
  if (running_ >= kMaxRunning || stopping_) {
    return MakeError(
        StatusCode::kResourceExhausted,
        fmt::format("{} imports are running; try again when one has ended",
                    running_),
        {.reason = "TOO_MANY_IMPORTS", .retry_delay_ms = 5000});
  }
  ++running_;
  jobs_.push_back(job);
  if (jobs_.size() > kMaxRemembered) jobs_.pop_front();
  threads_[job.id] = std::thread(
      [this, id = job.id, config = std::move(config),
       file = std::move(file)]() mutable { Run(id, config, std::move(file)); });
  return job;
}

// A thread that has ended keeps its stack until then.
void ImportJobs::JoinEnded() {
  std::vector<std::thread> ended;
  {
    absl::MutexLock lock(&mutex_);
    ended.swap(ended_);
  }
  for (std::thread& thread : ended) thread.join();
}

void ImportJobs::Run(const std::string& id, const v1::ImportConfig& config,
                     SpoolFile file) {
  v1::Import import;
  const auto next = [&]() -> std::optional<std::string> {
    {
      absl::MutexLock lock(&mutex_);
      if (stopping_) return std::nullopt;
    }
    return file.Read(kChunkBytes);
  };
  const Status done = ImportPieces(rpc_, config, next, import);
  absl::MutexLock lock(&mutex_);
  --running_;
  if (const auto thread = threads_.find(id); thread != threads_.end()) {
    ended_.push_back(std::move(thread->second));
    threads_.erase(thread);
  }
  const auto job = std::ranges::find(jobs_, id, &ImportJob::id);
  if (job == jobs_.end()) return;
  job->end_micros = clock_.NowMicros();
  job->state = done.ok() ? ImportJob::State::kDone : ImportJob::State::kFailed;
  job->import = std::move(import);
  if (!done.ok()) job->message = std::string(MessageOf(done));
}

std::optional<ImportJob> ImportJobs::Find(std::string_view id) const {
  absl::MutexLock lock(&mutex_);
  const auto job = std::ranges::find(jobs_, id, &ImportJob::id);
  if (job == jobs_.end()) return std::nullopt;
  return *job;
}

std::optional<ImportJob> ImportJobs::LatestInto(std::string_view memory) const {
  absl::MutexLock lock(&mutex_);
  const auto job =
      std::find_if(jobs_.rbegin(), jobs_.rend(),
                   [memory](const ImportJob& j) { return j.memory == memory; });
  if (job == jobs_.rend()) return std::nullopt;
  return *job;
}

}  // namespace tercet::http
