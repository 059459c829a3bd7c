// Opening a store: its schema, its memories, its index.
#ifndef TERCET_SERVICE_MEMORY_LOAD_H_
#define TERCET_SERVICE_MEMORY_LOAD_H_

#include "service/base/status.h"
#include "service/memory/view.h"
#include "service/store/key_value_store.h"

namespace tercet {

// Writes the schema into an empty store; fails with kFailedPrecondition, reason
// SCHEMA_UNKNOWN, when it is another one than ours.
Status CheckSchema(KeyValueStore& store);

// The store as it is, with an index built from its records.
StatusOr<View> LoadView(const KeyValueStore& store);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_LOAD_H_
