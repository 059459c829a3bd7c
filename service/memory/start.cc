#include "service/memory/start.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "service/memory/load.h"
#include "service/text/analysis.h"

namespace tercet {
namespace {

Status Useless(std::string_view why) {
  return MakeError(StatusCode::kFailedPrecondition, why,
                   {.reason = "INDEX_FILE_INVALID"});
}

// OK when `origin` is a moment of the store that `view` sees.
Status CheckOrigin(KeyValueStore& store, const View& view,
                   const SnapshotOrigin& origin) {
  ASSIGN_OR_RETURN(const std::string identity, LoadIdentity(store));
  if (origin.identity != identity) {
    return Useless("the snapshot is of another database");
  }
  if (origin.analysis_version != AnalysisVersion()) {
    return Useless(fmt::format("the snapshot is of analysis '{}', not '{}'",
                               origin.analysis_version, AnalysisVersion()));
  }
  if (origin.revision > view.revision) {
    return Useless(
        fmt::format("the snapshot is of revision {}, and the data ends at {}",
                    static_cast<uint64_t>(origin.revision),
                    static_cast<uint64_t>(view.revision)));
  }
  ASSIGN_OR_RETURN(const uint64_t mark,
                   HistoryMark(store, view.snapshot.get(), origin.revision));
  if (origin.history_mark != mark) {
    return Useless("the snapshot is of another history of this database");
  }
  return OkStatus();
}

// The snapshot, or why it is of no use.
StatusOr<IndexSnapshot> LoadUsable(KeyValueStore& store, const View& view,
                                   IndexSnapshots& snapshots) {
  ASSIGN_OR_RETURN(std::optional<IndexSnapshot> snapshot, snapshots.Load());
  if (!snapshot.has_value()) return Useless("there is no snapshot");
  RETURN_IF_ERROR(CheckOrigin(store, view, snapshot->origin));
  return *std::move(snapshot);
}

// As `indexes`, for the memories of `view` and no others. Memories that came
// later begin with nothing.
MemoryIndexes SelectMemories(MemoryIndexes indexes, const View& view) {
  MemoryIndexes selected;
  for (const auto& [id, state] : view.memories) {
    selected[state->record.number] = std::move(indexes[state->record.number]);
  }
  return selected;
}

void SetIndexes(MemoryIndexes indexes, View& view) {
  for (auto& [id, shared_state] : view.memories) {
    MemoryState state = *shared_state;
    state.is_indexed = true;
    state.indexes = std::move(indexes[state.record.number]);
    shared_state = std::make_shared<const MemoryState>(std::move(state));
  }
}

bool HasUnits(const View& view) {
  for (const auto& [id, state] : view.memories) {
    if (state->record.unit_count > 0) return true;
  }
  return false;
}

// Without any snapshot; `problem` says why.
StatusOr<Start> StartAnew(const KeyValueStore& store, const View& view,
                          IndexSnapshots& snapshots, const IndexUpkeep& upkeep,
                          const IndexListener& listener,
                          const Status& problem) {
  if (HasUnits(view) && listener != nullptr) {
    listener({.kind = IndexEvent::Kind::kSnapshotUseless,
              .why = std::string(MessageOf(problem))});
  }
  // Where this fails the checks above still keep it from being trusted.
  snapshots.Discard().IgnoreError();
  Start start;
  ASSIGN_OR_RETURN(start.view, LoadView(store, upkeep.most_units_at_start));
  return start;
}

}  // namespace

StatusOr<Start> MakeStart(KeyValueStore& store, IndexSnapshots& snapshots,
                          const IndexUpkeep& upkeep,
                          const IndexListener& listener) {
  Start start;
  ASSIGN_OR_RETURN(start.view, LoadView(store, /*most_units=*/0));
  StatusOr<IndexSnapshot> snapshot = LoadUsable(store, start.view, snapshots);
  if (!snapshot.ok()) {
    return StartAnew(store, start.view, snapshots, upkeep, listener,
                     snapshot.status());
  }
  start.snapshot_revision = snapshot->origin.revision;
  start.snapshot_bytes = snapshot->disk_bytes;
  if (listener != nullptr) {
    listener({.kind = IndexEvent::Kind::kSnapshotUsed,
              .revision = static_cast<uint64_t>(start.snapshot_revision)});
  }
  MemoryIndexes indexes =
      SelectMemories(std::move(snapshot->indexes), start.view);
  ASSIGN_OR_RETURN(const uint64_t changes,
                   CountChanges(store, start.view, start.snapshot_revision,
                                upkeep.most_changes_at_start + 1));
  if (changes > upkeep.most_changes_at_start) {
    start.behind = std::move(indexes);
    return start;
  }
  RETURN_IF_ERROR(CatchUp(store, start.view, start.snapshot_revision,
                          NeverStop(), indexes));
  SetIndexes(std::move(indexes), start.view);
  start.view.change_count = changes;
  return start;
}

}  // namespace tercet
