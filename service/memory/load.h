// Opening a store: its schema, its memories, its index.
#ifndef TERCET_SERVICE_MEMORY_LOAD_H_
#define TERCET_SERVICE_MEMORY_LOAD_H_

#include <cstdint>

#include "service/base/status.h"
#include "service/memory/view.h"
#include "service/store/key_value_store.h"

namespace tercet {

// Writes the schema into an empty store; fails with kFailedPrecondition, reason
// SCHEMA_UNKNOWN, when it is another one than ours.
Status CheckSchema(KeyValueStore& store);

// The store as it is. Memories of more than `most_units` units together have no
// index yet; that of smaller ones is built from the records.
StatusOr<View> LoadView(const KeyValueStore& store, uint64_t most_units);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_LOAD_H_
