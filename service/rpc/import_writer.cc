#include "service/rpc/import_writer.h"

#include <string>
#include <utility>

#include "service/rpc/catch.h"

namespace tercet {
namespace {

constexpr size_t kMaxWaiting = 2;

}  // namespace

ImportWriter::ImportWriter(Database& database, const ImportPlan& plan,
                           ImportReporter& reporter)
    : database_(database),
      plan_(plan),
      reporter_(reporter),
      thread_([this] { Run(); }) {}

ImportWriter::~ImportWriter() {
  {
    absl::MutexLock lock(&mutex_);
    waiting_.clear();
    finishing_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

bool ImportWriter::HasWork() const { return finishing_ || !waiting_.empty(); }

bool ImportWriter::HasRoom() const {
  return !status_.ok() || waiting_.size() < kMaxWaiting;
}

Status ImportWriter::Push(ImportBatch batch) {
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(this, &ImportWriter::HasRoom));
  RETURN_IF_ERROR(status_);
  waiting_.push_back(std::move(batch));
  return OkStatus();
}

StatusOr<ImportCounts> ImportWriter::Finish() {
  {
    absl::MutexLock lock(&mutex_);
    finishing_ = true;
  }
  thread_.join();
  absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(status_);
  return counts_;
}

void ImportWriter::Run() {
  while (true) {
    ImportBatch batch;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &ImportWriter::HasWork));
      if (waiting_.empty()) return;
      batch = std::move(waiting_.front());
      waiting_.pop_front();
    }
    Status status =
        CatchExceptions("ImportUnits", [&] { return Write(std::move(batch)); });
    if (status.ok()) continue;
    absl::MutexLock lock(&mutex_);
    status_ = std::move(status);
    waiting_.clear();
    return;
  }
}

Status ImportWriter::Write(ImportBatch batch) {
  ASSIGN_OR_RETURN(
      const std::vector<WrittenUnit> written,
      database_.CreateUnits(plan_.memory_id, std::move(batch.units),
                            {.validate_only = plan_.validate_only,
                             .create_memory = !memory_exists_,
                             .keep_going = true}));
  memory_exists_ = !plan_.validate_only;
  for (size_t i = 0; i < written.size(); ++i) Count(written[i], batch.lines[i]);
  return OkStatus();
}

void ImportWriter::Count(const WrittenUnit& written, int64_t line) {
  switch (written.outcome) {
    case WrittenUnit::Outcome::kCreated:
      ++counts_.created;
      break;
    case WrittenUnit::Outcome::kUpdated:
      ++counts_.updated;
      break;
    case WrittenUnit::Outcome::kUnchanged:
      ++counts_.unchanged;
      break;
    case WrittenUnit::Outcome::kRefused:
      ++counts_.skipped;
      reporter_.AddProblem({.line = line,
                            .reason = GetDetails(written.problem).reason,
                            .message = std::string(MessageOf(written.problem)),
                            .skipped = true});
      return;
  }
  if (!plan_.validate_only) reporter_.CountDurable(1);
}

}  // namespace tercet
