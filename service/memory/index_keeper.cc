#include "service/memory/index_keeper.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "service/memory/load.h"
#include "service/text/analysis.h"

namespace tercet {
namespace {

// So many changes are read from the log while writers wait.
constexpr uint64_t kMostChangesInTurn = 200;
// Where writers are faster than catching up, they have to wait in the end.
constexpr int kCatchUpRounds = 10;
// A rebuild is reported so many times.
constexpr uint64_t kReports = 20;
// Where no changes have come for so long, there is time to merge thoroughly.
constexpr absl::Duration kIdle = absl::Seconds(1);
// What one write waits at most where merges cannot follow.
constexpr absl::Duration kSlowDown = absl::Milliseconds(50);

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

// The memory's place in the view; its end when it has been deleted.
auto FindMemory(View& view, MemoryNumber number) {
  return std::ranges::find_if(view.memories, [number](const auto& entry) {
    return entry.second->record.number == number;
  });
}

// The memory of the number, changed by `change`, if it is still there.
template <typename Change>
void ChangeMemory(View& view, MemoryNumber number, const Change& change) {
  const auto memory = FindMemory(view, number);
  if (memory == view.memories.end()) return;
  MemoryState state = *memory->second;
  change(state);
  memory->second = std::make_shared<const MemoryState>(std::move(state));
}

MemoryIndexes AllIndexes(const View& view) {
  MemoryIndexes indexes;
  for (const auto& [id, state] : view.memories) {
    indexes[state->record.number] = state->indexes;
  }
  return indexes;
}

}  // namespace

IndexKeeper::IndexKeeper(const KeyValueStore& store, WriteQueue& queue,
                         IndexKeeperOptions options)
    : store_(store),
      queue_(queue),
      options_(std::move(options)),
      changes_(queue.CurrentView()->change_count),
      snapshot_revision_(options_.snapshot_revision),
      snapshot_bytes_(options_.snapshot_bytes),
      merger_([this] { RunMerges(); }),
      saver_([this] { RunRebuildsAndSnapshots(); }) {}

IndexKeeper::~IndexKeeper() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  saver_.join();
  merger_.join();
  const std::shared_ptr<const View> view = queue_.CurrentView();
  if (MissingIndexes(*view).empty() && view->revision != snapshot_revision()) {
    WriteSnapshot();
  }
}

void IndexKeeper::Wake() {
  const uint64_t changes = queue_.CurrentView()->change_count;
  absl::MutexLock lock(&mutex_);
  changes_ = std::max(changes_, changes);
  merge_wanted_ = true;
  tidy_ = false;
}

void IndexKeeper::SlowDown() {
  const auto merges_follow = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ ||
           changes_ <= merged_changes_ + options_.upkeep.most_unmerged_changes;
  };
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&merges_follow), kSlowDown);
}

void IndexKeeper::AwaitRebuilt() {
  const auto rebuilt = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return !rebuilding_;
  };
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&rebuilt));
}

Status IndexKeeper::Settle() {
  AwaitRebuilt();
  absl::MutexLock lock(&mutex_);
  ++settling_;
  mutex_.Await(absl::Condition(&tidy_));
  --settling_;
  const uint64_t wanted = ++saves_wanted_;
  const auto saved = [this, wanted]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return saves_done_ >= wanted;
  };
  mutex_.Await(absl::Condition(&saved));
  return saved_;
}

RebuildProgress IndexKeeper::rebuild_progress() const {
  absl::MutexLock lock(&mutex_);
  return progress_;
}

Revision IndexKeeper::snapshot_revision() const {
  absl::MutexLock lock(&mutex_);
  return snapshot_revision_;
}

uint64_t IndexKeeper::snapshot_bytes() const {
  absl::MutexLock lock(&mutex_);
  return snapshot_bytes_;
}

Status IndexKeeper::CheckStop() const {
  absl::MutexLock lock(&mutex_);
  if (!stopping_) return OkStatus();
  return MakeError(StatusCode::kCancelled, "the database is closed", {});
}

void IndexKeeper::Report(const IndexEvent& event) {
  if (options_.listener == nullptr) return;
  absl::MutexLock lock(&report_mutex_);
  options_.listener(event);
}

void IndexKeeper::RunRebuildsAndSnapshots() {
  RebuildAll();
  while (AwaitSnapshotDue()) WriteSnapshot();
}

// --- Rebuilds

void IndexKeeper::RebuildAll() {
  const std::shared_ptr<const View> view = queue_.CurrentView();
  const std::vector<const MemoryState*> missing = MissingIndexes(*view);
  const uint64_t total = CountUnits(missing);
  Status status;
  if (total > 0) SetProgress({.units_done = 0, .units_total = total});
  for (const MemoryState* memory : missing) {
    status = Rebuild(memory->record.number);
    if (!status.ok()) break;
  }
  if (!status.ok() && CheckStop().ok()) {
    Report({.kind = IndexEvent::Kind::kRebuildFailed,
            .why = std::string(MessageOf(status))});
  } else if (status.ok() && total > 0) {
    Report({.kind = IndexEvent::Kind::kRebuilt,
            .units_done = total,
            .units_total = total});
  }
  absl::MutexLock lock(&mutex_);
  if (status.ok()) progress_ = {};
  if (status.ok() && total > 0) ++saves_wanted_;
  rebuilding_ = false;
}

void IndexKeeper::SetProgress(const RebuildProgress& now) {
  const auto report = [](const RebuildProgress& at) {
    return at.units_total == 0 ? 0 : at.units_done * kReports / at.units_total;
  };
  RebuildProgress before;
  {
    absl::MutexLock lock(&mutex_);
    before = std::exchange(progress_, now);
  }
  if (before.units_total != 0 && report(now) == report(before)) return;
  Report({.kind = IndexEvent::Kind::kRebuilding,
          .units_done = now.units_done,
          .units_total = now.units_total});
}

StatusOr<LanguageIndexes> IndexKeeper::BuildWithProgress(const View& view,
                                                         MemoryNumber memory) {
  const RebuildProgress before = rebuild_progress();
  return BuildIndexes(store_, view.snapshot.get(), memory,
                      [&](uint64_t units_done) -> Status {
                        RebuildProgress now = before;
                        now.units_done += units_done;
                        SetProgress(now);
                        return CheckStop();
                      });
}

Status IndexKeeper::Rebuild(MemoryNumber memory) {
  std::shared_ptr<const View> view = queue_.CurrentView();
  MemoryIndexes indexes;
  Revision at = view->revision;
  if (const auto behind = options_.behind.find(memory);
      behind != options_.behind.end()) {
    indexes[memory] = behind->second;
    at = options_.snapshot_revision;
  } else {
    ASSIGN_OR_RETURN(indexes[memory], BuildWithProgress(*view, memory));
  }
  // Most of what was written meanwhile, so that little is left for the moment
  // in which writers wait.
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
    status = CatchUp(
        store_, view, revision, [this] { return CheckStop(); }, indexes);
    if (!status.ok()) return;
    ChangeMemory(view, memory, [&](MemoryState& state) {
      state.is_indexed = true;
      state.indexes = std::move(indexes[memory]);
    });
  });
  Wake();
  return status;
}

// --- Merges

void IndexKeeper::RunMerges() {
  while (const std::optional<MergeEffort> effort = AwaitMerge()) {
    const uint64_t changes = queue_.CurrentView()->change_count;
    while (MergeSome(*effort)) {
    }
    absl::MutexLock lock(&mutex_);
    merged_changes_ = std::max(merged_changes_, changes);
    tidy_ = *effort == MergeEffort::kThorough && !merge_wanted_;
  }
}

// While changes come they are merged frugally: what they become will be merged
// again.
std::optional<MergeEffort> IndexKeeper::AwaitMerge() {
  const auto changed = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return merge_wanted_ || stopping_;
  };
  const auto due = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return merge_wanted_ || stopping_ || settling_ > 0;
  };
  absl::MutexLock lock(&mutex_);
  if (tidy_) {
    mutex_.Await(absl::Condition(&changed));
  } else {
    mutex_.AwaitWithTimeout(absl::Condition(&due), kIdle);
  }
  if (stopping_) return std::nullopt;
  return std::exchange(merge_wanted_, false) ? MergeEffort::kFrugal
                                             : MergeEffort::kThorough;
}

bool IndexKeeper::MergeSome(MergeEffort effort) {
  const std::shared_ptr<const View> view = queue_.CurrentView();
  bool merged = false;
  for (const auto& [id, state] : view->memories) {
    for (const auto& [language, index] : state->indexes) {
      merged = MergeOne(*state, language, *index, effort) || merged;
      if (!CheckStop().ok()) return false;
    }
  }
  return merged;
}

bool IndexKeeper::MergeOne(const MemoryState& memory,
                           const std::string& language,
                           const SegmentIndex& index, MergeEffort effort) {
  const std::unique_ptr<IndexMerge> merge = index.PlanMerge(effort);
  if (merge == nullptr) return false;
  if (!merge->Run([this] { return CheckStop(); }).ok()) return false;
  queue_.RunOnView([&](View& view) {
    ChangeMemory(view, memory.record.number, [&](MemoryState& state) {
      const auto latest = state.indexes.find(language);
      if (latest == state.indexes.end()) return;
      latest->second = latest->second->Adopt(*merge);
    });
  });
  return true;
}

// --- Snapshots

bool IndexKeeper::AwaitSnapshotDue() {
  const auto due = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ || saves_wanted_ > saves_done_ ||
           changes_ >= saved_changes_ + options_.upkeep.changes_per_snapshot;
  };
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&due));
  // Nobody waits for ever.
  if (stopping_) saves_done_ = saves_wanted_;
  return !stopping_;
}

void IndexKeeper::WriteSnapshot() {
  uint64_t wanted = 0;
  {
    absl::MutexLock lock(&mutex_);
    wanted = saves_wanted_;
  }
  const std::shared_ptr<const View> view = queue_.CurrentView();
  const Status status = SaveSnapshot(*view);
  const auto revision = static_cast<uint64_t>(view->revision);
  if (status.ok()) {
    Report({.kind = IndexEvent::Kind::kSnapshotWritten, .revision = revision});
  } else {
    Report({.kind = IndexEvent::Kind::kSnapshotFailed,
            .revision = revision,
            .why = std::string(MessageOf(status))});
  }
  absl::MutexLock lock(&mutex_);
  // A failed one is tried again with the next, not at once.
  saved_changes_ = view->change_count;
  saves_done_ = wanted;
  saved_ = status;
}

Status IndexKeeper::SaveSnapshot(const View& view) {
  if (!MissingIndexes(view).empty()) {
    return MakeError(StatusCode::kFailedPrecondition,
                     "the index is not complete", {});
  }
  ASSIGN_OR_RETURN(const uint64_t mark,
                   HistoryMark(store_, view.snapshot.get(), view.revision));
  ASSIGN_OR_RETURN(
      const uint64_t bytes,
      options_.snapshots.Save({.identity = options_.identity,
                               .analysis_version = AnalysisVersion(),
                               .revision = view.revision,
                               .history_mark = mark},
                              AllIndexes(view)));
  absl::MutexLock lock(&mutex_);
  snapshot_revision_ = view.revision;
  snapshot_bytes_ = bytes;
  return OkStatus();
}

}  // namespace tercet
