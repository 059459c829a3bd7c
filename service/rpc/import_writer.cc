#include "service/rpc/import_writer.h"

#include <utility>
#include <vector>

#include "service/rpc/catch.h"

namespace tercet {
namespace {

constexpr size_t kMaxWaiting = 2;

}  // namespace

ImportWriter::ImportWriter(ImportSession& session, ImportReporter& reporter)
    : session_(session), reporter_(reporter), thread_([this] { Run(); }) {}

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

Status ImportWriter::Push(ImportStep step) {
  // Here, so that it is done while the step before is being written.
  CheckedStep checked = CheckStep(std::move(step));
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(this, &ImportWriter::HasRoom));
  RETURN_IF_ERROR(status_);
  waiting_.push_back(std::move(checked));
  return OkStatus();
}

Status ImportWriter::Finish() {
  {
    absl::MutexLock lock(&mutex_);
    finishing_ = true;
  }
  thread_.join();
  absl::MutexLock lock(&mutex_);
  return status_;
}

void ImportWriter::Run() {
  while (true) {
    CheckedStep step;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &ImportWriter::HasWork));
      if (waiting_.empty()) return;
      step = std::move(waiting_.front());
      waiting_.pop_front();
    }
    Status status =
        CatchExceptions("ImportUnits", [&] { return Write(std::move(step)); });
    if (status.ok()) continue;
    absl::MutexLock lock(&mutex_);
    status_ = std::move(status);
    waiting_.clear();
    return;
  }
}

Status ImportWriter::Write(CheckedStep step) {
  ASSIGN_OR_RETURN(const std::vector<ImportCase> cases,
                   session_.Write(std::move(step)));
  for (const ImportCase& each : cases) reporter_.AddProblem(each);
  reporter_.SetDurable(StoredUnits(session_.entry().import.counts));
  return OkStatus();
}

}  // namespace tercet
