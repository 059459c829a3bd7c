// How a database starts: with the index of its snapshot where that can be
// trusted, brought up to date by the change log; without one where not.
#ifndef TERCET_SERVICE_MEMORY_START_H_
#define TERCET_SERVICE_MEMORY_START_H_

#include <cstdint>

#include "service/base/status.h"
#include "service/memory/index_builder.h"
#include "service/memory/index_event.h"
#include "service/memory/index_snapshot.h"
#include "service/memory/index_upkeep.h"
#include "service/memory/view.h"
#include "service/store/key_value_store.h"

namespace tercet {

struct Start {
  View view;
  Revision snapshot_revision{};  // 0: there is no snapshot.
  uint64_t snapshot_bytes = 0;
  // Indexes of memories that the view lacks, at `snapshot_revision`: too far
  // behind to be brought up to date before anybody is answered.
  MemoryIndexes behind;
};

// A snapshot that cannot be used is reported and removed. Fails when the store
// cannot be read.
StatusOr<Start> MakeStart(KeyValueStore& store, IndexSnapshots& snapshots,
                          const IndexUpkeep& upkeep,
                          const IndexListener& listener);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_START_H_
