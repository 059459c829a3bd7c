// Looks after the index on threads of its own: rebuilds what is missing from
// the records. Reads go on with what there is; writes wait only for the moment
// in which an index is exchanged.
#ifndef TERCET_SERVICE_MEMORY_INDEX_KEEPER_H_
#define TERCET_SERVICE_MEMORY_INDEX_KEEPER_H_

#include <cstdint>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/base/status.h"
#include "service/memory/index_builder.h"
#include "service/memory/index_event.h"
#include "service/memory/write_queue.h"
#include "service/store/key_value_store.h"

namespace tercet {

// Thread-safe.
class IndexKeeper {
 public:
  // Begins at once with the memories whose index is missing. `store` and
  // `queue` must outlive the keeper; `listener` may be null.
  IndexKeeper(const KeyValueStore& store, WriteQueue& queue,
              IndexListener listener);
  // Ends what is under way, promptly.
  ~IndexKeeper();

  IndexKeeper(const IndexKeeper&) = delete;
  IndexKeeper& operator=(const IndexKeeper&) = delete;

  RebuildProgress rebuild_progress() const;

  // Waits until no memory lacks its index, or until rebuilding has failed.
  void AwaitRebuilt();

 private:
  void RebuildLoop();
  Status Rebuild(MemoryNumber memory);
  Status Adopt(MemoryNumber memory, Revision revision, MemoryIndexes& indexes);
  // Fails when the keeper is to stop.
  Status CheckStop() const;
  void Report(const IndexEvent& event);

  const KeyValueStore& store_;
  WriteQueue& queue_;
  const IndexListener listener_;

  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool rebuilding_ ABSL_GUARDED_BY(mutex_) = true;
  RebuildProgress progress_ ABSL_GUARDED_BY(mutex_);

  std::thread rebuilder_;  // Last: it uses all of the above.
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_INDEX_KEEPER_H_
