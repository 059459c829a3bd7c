// Reading all units of a memory.
#ifndef TERCET_SERVICE_STORE_EACH_UNIT_H_
#define TERCET_SERVICE_STORE_EACH_UNIT_H_

#include <functional>

#include "service/base/status.h"
#include "service/store/key_value_store.h"
#include "service/store/keys.h"
#include "service/store/records.h"

namespace tercet {

// Calls `use` for each unit of the memory, in the order of numbers, until it
// fails or nothing is left. Errors: those of `use`, of the store, and
// kDataLoss with reason STORE_CORRUPT for a record that cannot be read.
// Thread-safe.
Status ForEachUnit(const KeyValueStore& store, const Snapshot* snapshot,
                   MemoryNumber memory,
                   const std::function<Status(UnitNumber, StoredUnit)>& use);

}  // namespace tercet

#endif  // TERCET_SERVICE_STORE_EACH_UNIT_H_
