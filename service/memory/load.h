// Opening a store: its schema, its memories, its index.
#ifndef TERCET_SERVICE_MEMORY_LOAD_H_
#define TERCET_SERVICE_MEMORY_LOAD_H_

#include <cstdint>
#include <string>

#include "service/base/status.h"
#include "service/memory/view.h"
#include "service/store/key_value_store.h"

namespace tercet {

// Writes the schema into an empty store; fails with kFailedPrecondition, reason
// SCHEMA_UNKNOWN, when it is another one than ours.
Status CheckSchema(KeyValueStore& store);

// What tells this store from all others, for files that belong to it alone; a
// store without one gets it.
StatusOr<std::string> LoadIdentity(KeyValueStore& store);

// Tells apart two stores of one identity, of which one is a copy that has gone
// its own way, or one that was restored from a backup: stands for the last
// change up to `revision`, with its time. Equal for equal histories.
StatusOr<uint64_t> HistoryMark(const KeyValueStore& store,
                               const Snapshot* snapshot, Revision revision);

// The store as it is. Memories of more than `most_units` units together have no
// index yet; that of smaller ones is built from the records.
StatusOr<View> LoadView(const KeyValueStore& store, uint64_t most_units);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_LOAD_H_
