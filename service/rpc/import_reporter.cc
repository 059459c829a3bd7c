#include "service/rpc/import_reporter.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "service/rpc/shorten.h"

namespace tercet {
namespace {

// Half of what is promised.
constexpr absl::Duration kInterval = absl::Milliseconds(500);

constexpr int64_t kMaxProblemsSent = 1000;
constexpr size_t kMaxProblemBytes = 1024;

}  // namespace

ImportReporter::ImportReporter(Call& call, ImportStream& stream)
    : call_(call), stream_(stream), thread_([this] { Run(); }) {}

ImportReporter::~ImportReporter() {
  {
    absl::MutexLock lock(&mutex_);
    finishing_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void ImportReporter::CountBytes(int64_t count) {
  absl::MutexLock lock(&mutex_);
  progress_.set_bytes_read(progress_.bytes_read() + count);
}

void ImportReporter::CountUnit() {
  absl::MutexLock lock(&mutex_);
  progress_.set_units_read(progress_.units_read() + 1);
}

void ImportReporter::CountDurable(int64_t count) {
  absl::MutexLock lock(&mutex_);
  progress_.set_units_durable(progress_.units_durable() + count);
}

void ImportReporter::AddProblem(const ReadProblem& problem) {
  v1::ImportUnitsResponse message;
  message.mutable_problem()->set_line(problem.line);
  message.mutable_problem()->set_reason(problem.reason);
  message.mutable_problem()->set_message(
      Shorten(problem.message, kMaxProblemBytes));
  absl::MutexLock lock(&mutex_);
  if (++problem_count_ <= kMaxProblemsSent) {
    unsent_.push_back(std::move(message));
  }
}

int64_t ImportReporter::units_durable() const {
  absl::MutexLock lock(&mutex_);
  return progress_.units_durable();
}

int64_t ImportReporter::problem_count() const {
  absl::MutexLock lock(&mutex_);
  return problem_count_;
}

Status ImportReporter::Flush() {
  absl::MutexLock lock(&mutex_);
  ++flushes_asked_;
  mutex_.Await(absl::Condition(this, &ImportReporter::FlushesDone));
  if (!client_gone_) return OkStatus();
  return MakeError(StatusCode::kCancelled, "the client is gone",
                   {.reason = "CANCELLED"});
}

Status ImportReporter::Finish() {
  Status status = Flush();
  {
    absl::MutexLock lock(&mutex_);
    finishing_ = true;
  }
  thread_.join();
  return status;
}

bool ImportReporter::HasWork() const {
  return finishing_ || !unsent_.empty() || !FlushesDone();
}

bool ImportReporter::FlushesDone() const {
  return flushes_done_ == flushes_asked_;
}

bool ImportReporter::Send(
    const std::vector<v1::ImportUnitsResponse>& messages) {
  return std::ranges::all_of(messages, [this](const auto& message) {
    call_.CountResponse(message);
    return stream_.Write(message);
  });
}

void ImportReporter::Run() {
  absl::Time next_progress = absl::Now() + kInterval;
  while (true) {
    std::vector<v1::ImportUnitsResponse> messages;
    int64_t flushes = 0;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithDeadline(absl::Condition(this, &ImportReporter::HasWork),
                               next_progress);
      if (finishing_) return;
      messages.swap(unsent_);
      flushes = flushes_asked_;
      if (flushes != flushes_done_ || absl::Now() >= next_progress) {
        *messages.emplace_back().mutable_progress() = progress_;
        next_progress = absl::Now() + kInterval;
      }
    }
    const bool sent = Send(messages);
    absl::MutexLock lock(&mutex_);
    client_gone_ = client_gone_ || !sent;
    flushes_done_ = flushes;
  }
}

}  // namespace tercet
