// Indexes from what is in the store: anew from the records of a memory, and
// from an earlier moment by the change log. Bounded memory beside the indexes.
#ifndef TERCET_SERVICE_MEMORY_INDEX_BUILDER_H_
#define TERCET_SERVICE_MEMORY_INDEX_BUILDER_H_

#include <cstdint>
#include <functional>
#include <map>

#include "service/base/status.h"
#include "service/base/stop_check.h"
#include "service/memory/view.h"
#include "service/store/key_value_store.h"
#include "service/store/records.h"

namespace tercet {

// Told how many units are done; an error stops the work and is returned.
using BuildStep = std::function<Status(uint64_t units_done)>;

// The indexes of a memory as `snapshot` sees it (null: now).
StatusOr<LanguageIndexes> BuildIndexes(const KeyValueStore& store,
                                       const Snapshot* snapshot,
                                       MemoryNumber memory,
                                       const BuildStep& step);

// The indexes of several memories at a moment.
using MemoryIndexes = std::map<MemoryNumber, LanguageIndexes>;

// Brings `indexes` from revision `from` to the moment of `view`, as the change
// log says. Other memories' changes are passed over. On an error `indexes` are
// at no moment at all.
Status CatchUp(const KeyValueStore& store, const View& view, Revision from,
               const StopCheck& stop, MemoryIndexes& indexes);

// How many changes the log has between the two, counted up to `most`.
StatusOr<uint64_t> CountChanges(const KeyValueStore& store, const View& view,
                                Revision from, uint64_t most);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_INDEX_BUILDER_H_
