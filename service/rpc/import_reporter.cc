#include "service/rpc/import_reporter.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/util/time_util.h"
#include "service/rpc/convert_import.h"

namespace tercet {
namespace {

// Half of what is promised.
constexpr absl::Duration kInterval = absl::Milliseconds(500);

constexpr int64_t kMaxProblemsSent = 1000;

}  // namespace

ImportReporter::ImportReporter(Call& call, ImportStream& stream,
                               int64_t total_bytes, bool is_stored)
    : call_(call), stream_(stream), is_stored_(is_stored) {
  {
    absl::MutexLock lock(&mutex_);
    progress_.set_total_bytes(total_bytes);
  }
  thread_ = std::thread([this] { Run(); });
}

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

void ImportReporter::Start(const ImportEntry& entry) {
  v1::ImportUnitsResponse message;
  *message.mutable_started() = ToApi(entry);
  absl::MutexLock lock(&mutex_);
  unsent_.push_back(std::move(message));
  units_before_ = entry.import.counts.read();
  progress_.set_units_read(units_before_);
  if (is_stored_) {
    progress_.set_units_durable(StoredUnits(entry.import.counts));
  }
}

void ImportReporter::SetDurable(int64_t count) {
  absl::MutexLock lock(&mutex_);
  if (is_stored_) progress_.set_units_durable(count);
}

void ImportReporter::AddProblem(const ImportCase& problem) {
  v1::ImportUnitsResponse message;
  *message.mutable_problem() = ToApi(problem);
  absl::MutexLock lock(&mutex_);
  if (++problem_count_ <= kMaxProblemsSent) {
    unsent_.push_back(std::move(message));
  }
}

int64_t ImportReporter::units_durable() const {
  absl::MutexLock lock(&mutex_);
  return progress_.units_durable();
}

void ImportReporter::SetResult(const ImportEntry& entry) {
  absl::MutexLock lock(&mutex_);
  *result_.emplace().mutable_result() = ToApi(entry);
}

Status ImportReporter::Told() const {
  if (!client_gone_) return OkStatus();
  return MakeError(StatusCode::kCancelled, "the client is gone",
                   {.reason = "CANCELLED"});
}

Status ImportReporter::Flush() {
  absl::MutexLock lock(&mutex_);
  ++flushes_asked_;
  mutex_.Await(absl::Condition(this, &ImportReporter::FlushesDone));
  return Told();
}

bool ImportReporter::FlushWithin(absl::Duration patience) {
  absl::MutexLock lock(&mutex_);
  ++flushes_asked_;
  return mutex_.AwaitWithTimeout(
      absl::Condition(this, &ImportReporter::FlushesDone), patience);
}

bool ImportReporter::is_flushed() const {
  absl::MutexLock lock(&mutex_);
  return FlushesDone();
}

Status ImportReporter::Finish() {
  Status status;
  {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &ImportReporter::FlushesDone));
    status = Told();
    finishing_ = true;
  }
  thread_.join();
  return status;
}

v1::ImportProgress ImportReporter::Progress() const {
  v1::ImportProgress progress = progress_;
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start_);
  if (seconds <= 0) return progress;
  progress.set_units_per_second(
      static_cast<double>(progress.units_read() - units_before_) / seconds);
  const int64_t rest = progress.total_bytes() - progress.bytes_read();
  if (progress.bytes_read() > 0 && rest >= 0) {
    const double rest_seconds = seconds * static_cast<double>(rest) /
                                static_cast<double>(progress.bytes_read());
    *progress.mutable_remaining() =
        google::protobuf::util::TimeUtil::MillisecondsToDuration(
            static_cast<int64_t>(rest_seconds * 1000));
  }
  return progress;
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
  bool result_sent = false;
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
      const bool flushes_now = flushes != flushes_done_ && !result_sent;
      if (flushes_now || absl::Now() >= next_progress) {
        *messages.emplace_back().mutable_progress() = Progress();
        next_progress = absl::Now() + kInterval;
      }
      if (result_.has_value()) {
        messages.push_back(*std::exchange(result_, std::nullopt));
        next_progress = absl::InfiniteFuture();
        result_sent = true;
      }
    }
    const bool sent = Send(messages);
    absl::MutexLock lock(&mutex_);
    client_gone_ = client_gone_ || !sent;
    flushes_done_ = flushes;
  }
}

}  // namespace tercet
