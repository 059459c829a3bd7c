// Looks after the index on threads of its own: rebuilds what is missing, merges
// what has become too many pieces, writes snapshots. Reads go on with what
// there is; writes wait only for the moments in which an index is exchanged.
#ifndef TERCET_SERVICE_MEMORY_INDEX_KEEPER_H_
#define TERCET_SERVICE_MEMORY_INDEX_KEEPER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/base/status.h"
#include "service/memory/index_builder.h"
#include "service/memory/index_event.h"
#include "service/memory/index_snapshot.h"
#include "service/memory/index_upkeep.h"
#include "service/memory/write_queue.h"
#include "service/store/key_value_store.h"

namespace tercet {

struct IndexKeeperOptions {
  IndexSnapshots& snapshots;  // Must outlive the keeper, which alone uses it.
  std::string identity;       // The store's.
  IndexUpkeep upkeep;
  IndexListener listener;  // May be null.
  // As it was at the start (start.h).
  Revision snapshot_revision{};
  uint64_t snapshot_bytes = 0;
  MemoryIndexes behind;
};

// Thread-safe.
class IndexKeeper {
 public:
  // Begins at once with the memories whose index is missing. `store` and
  // `queue` must outlive the keeper.
  IndexKeeper(const KeyValueStore& store, WriteQueue& queue,
              IndexKeeperOptions options);
  // Ends what is under way, promptly, and writes a last snapshot.
  // REQUIRES: there are no more writes.
  ~IndexKeeper();

  IndexKeeper(const IndexKeeper&) = delete;
  IndexKeeper& operator=(const IndexKeeper&) = delete;

  // To be called after writes.
  void Wake();
  // To be called before writes: waits for a moment where merges cannot follow.
  void SlowDown();

  // Waits until no memory lacks its index, or until rebuilding has failed.
  void AwaitRebuilt();
  // Merges what is to be merged, and writes a snapshot.
  Status Settle();

  RebuildProgress rebuild_progress() const;
  Revision snapshot_revision() const;
  uint64_t snapshot_bytes() const;

 private:
  void RunRebuildsAndSnapshots();
  void RunMerges();

  void RebuildAll();
  Status Rebuild(MemoryNumber memory);
  StatusOr<LanguageIndexes> BuildWithProgress(const View& view,
                                              MemoryNumber memory);
  Status Adopt(MemoryNumber memory, Revision revision, MemoryIndexes& indexes);
  void SetProgress(const RebuildProgress& now);

  // Waits; how to merge, nullopt when the keeper is to stop.
  std::optional<MergeEffort> AwaitMerge();
  // False when there is nothing to merge, or the keeper is to stop.
  bool MergeSome(MergeEffort effort);
  bool MergeOne(const MemoryState& memory, const std::string& language,
                const SegmentIndex& index, MergeEffort effort);

  // Waits; false when the keeper is to stop.
  bool AwaitSnapshotDue();
  void WriteSnapshot();
  Status SaveSnapshot(const View& view);

  // Fails when the keeper is to stop.
  Status CheckStop() const;
  void Report(const IndexEvent& event);

  const KeyValueStore& store_;
  WriteQueue& queue_;
  const IndexKeeperOptions options_;

  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool rebuilding_ ABSL_GUARDED_BY(mutex_) = true;
  RebuildProgress progress_ ABSL_GUARDED_BY(mutex_);
  // Of the view: how many changes there are, are merged, are in the snapshot.
  uint64_t changes_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t merged_changes_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t saved_changes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool merge_wanted_ ABSL_GUARDED_BY(mutex_) = true;
  // Whether all is merged thoroughly, and how many callers wait for that.
  bool tidy_ ABSL_GUARDED_BY(mutex_) = false;
  int settling_ ABSL_GUARDED_BY(mutex_) = 0;
  // Snapshots that callers wait for, and those that are done.
  uint64_t saves_wanted_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t saves_done_ ABSL_GUARDED_BY(mutex_) = 0;
  Status saved_ ABSL_GUARDED_BY(mutex_);
  Revision snapshot_revision_ ABSL_GUARDED_BY(mutex_);
  uint64_t snapshot_bytes_ ABSL_GUARDED_BY(mutex_);

  absl::Mutex report_mutex_;  // One report at a time.

  std::thread merger_;  // Last: they use all of the above.
  std::thread saver_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_INDEX_KEEPER_H_
