#include "service/memory/index_keeper.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "service/memory/index_builder.h"

namespace tercet {
namespace {

// So many changes are read from the log while writers wait.
constexpr uint64_t kMostChangesInTurn = 200;
// Where writers are faster than catching up, they have to wait in the end.
constexpr int kCatchUpRounds = 10;
// A rebuild is reported so many times.
constexpr uint64_t kReports = 20;

std::vector<const MemoryState*> MissingIndexes(const View& view) {
  std::vector<const MemoryState*> missing;
  for (const auto& [id, state] : view.memories) {
    if (!state->is_indexed) missing.push_back(state.get());
  }
  return missing;
}

uint64_t CountUnits(const std::vector<const MemoryState*>& memories) {
  uint64_t count = 0;
  for (const MemoryState* memory : memories) count += memory->record.unit_count;
  return count;
}

// The memory's id, empty when it has been deleted.
std::string FindMemory(const View& view, MemoryNumber number) {
  for (const auto& [id, state] : view.memories) {
    if (state->record.number == number) return id;
  }
  return {};
}

}  // namespace

IndexKeeper::IndexKeeper(const KeyValueStore& store, WriteQueue& queue,
                         IndexListener listener)
    : store_(store),
      queue_(queue),
      listener_(std::move(listener)),
      rebuilder_([this] { RebuildLoop(); }) {}

IndexKeeper::~IndexKeeper() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  rebuilder_.join();
}

RebuildProgress IndexKeeper::rebuild_progress() const {
  absl::MutexLock lock(&mutex_);
  return progress_;
}

void IndexKeeper::AwaitRebuilt() {
  absl::MutexLock lock(&mutex_);
  const auto rebuilt = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return !rebuilding_;
  };
  mutex_.Await(absl::Condition(&rebuilt));
}

Status IndexKeeper::CheckStop() const {
  absl::MutexLock lock(&mutex_);
  if (!stopping_) return OkStatus();
  return MakeError(StatusCode::kCancelled, "the database is closed", {});
}

void IndexKeeper::Report(const IndexEvent& event) {
  if (listener_ != nullptr) listener_(event);
}

void IndexKeeper::RebuildLoop() {
  const std::shared_ptr<const View> view = queue_.CurrentView();
  const std::vector<const MemoryState*> missing = MissingIndexes(*view);
  const uint64_t total = CountUnits(missing);
  {
    absl::MutexLock lock(&mutex_);
    progress_ = {.units_done = 0, .units_total = total};
  }
  Status status;
  if (!missing.empty()) {
    Report({.kind = IndexEvent::Kind::kRebuilding, .units_total = total});
  }
  for (const MemoryState* memory : missing) {
    status = Rebuild(memory->record.number);
    if (!status.ok()) break;
  }
  if (!status.ok() && CheckStop().ok()) {
    Report({.kind = IndexEvent::Kind::kRebuildFailed,
            .why = std::string(MessageOf(status))});
  } else if (status.ok() && !missing.empty()) {
    Report({.kind = IndexEvent::Kind::kRebuilt,
            .units_done = total,
            .units_total = total});
  }
  absl::MutexLock lock(&mutex_);
  if (status.ok()) progress_ = {};
  rebuilding_ = false;
}

Status IndexKeeper::Rebuild(MemoryNumber memory) {
  const RebuildProgress before = rebuild_progress();
  uint64_t reports = before.units_done * kReports / before.units_total;
  const auto step = [&](uint64_t units_done) -> Status {
    RebuildProgress now = before;
    now.units_done += units_done;
    {
      absl::MutexLock lock(&mutex_);
      progress_ = now;
    }
    if (now.units_done * kReports / now.units_total > reports) {
      reports = now.units_done * kReports / now.units_total;
      Report({.kind = IndexEvent::Kind::kRebuilding,
              .units_done = now.units_done,
              .units_total = now.units_total});
    }
    return CheckStop();
  };
  std::shared_ptr<const View> view = queue_.CurrentView();
  MemoryIndexes indexes;
  ASSIGN_OR_RETURN(indexes[memory],
                   BuildIndexes(store_, view->snapshot.get(), memory, step));
  // Most of what was written meanwhile, so that little is left for the moment
  // in which writers wait.
  Revision at = view->revision;
  for (int round = 0; round < kCatchUpRounds; ++round) {
    view = queue_.CurrentView();
    ASSIGN_OR_RETURN(const uint64_t left,
                     CountChanges(store_, *view, at, kMostChangesInTurn));
    if (left < kMostChangesInTurn) break;
    RETURN_IF_ERROR(CatchUp(
        store_, *view, at, [this] { return CheckStop(); }, indexes));
    at = view->revision;
  }
  return Adopt(memory, at, indexes);
}

Status IndexKeeper::Adopt(MemoryNumber memory, Revision revision,
                          MemoryIndexes& indexes) {
  Status status;
  queue_.RunOnView([&](View& view) {
    const std::string id = FindMemory(view, memory);
    if (id.empty()) return;
    status = CatchUp(
        store_, view, revision, [this] { return CheckStop(); }, indexes);
    if (!status.ok()) return;
    MemoryState state = *view.memories.at(id);
    state.is_indexed = true;
    state.indexes = std::move(indexes[memory]);
    view.memories[id] = std::make_shared<const MemoryState>(std::move(state));
  });
  return status;
}

}  // namespace tercet
