// Units of a batch on their way in, checked before the writer's turn comes.
#ifndef TERCET_SERVICE_MEMORY_CHECKED_UNITS_H_
#define TERCET_SERVICE_MEMORY_CHECKED_UNITS_H_

#include <string>
#include <vector>

#include "service/base/status.h"
#include "service/memory/transaction.h"
#include "service/memory/types.h"
#include "service/memory/unit_writer.h"

namespace tercet {

// A unit that is ready, or what is wrong with it.
using CheckedUnit = StatusOr<PreparedUnit>;

// Checks and analyses units. Without `keep_going` it fails with every wrong
// field of all of them.
StatusOr<std::vector<CheckedUnit>> CheckUnits(std::vector<NewUnit> units,
                                              bool keep_going);

// CreateOrMerge, where a unit that is wrong is refused. Other errors mean that
// the store is.
StatusOr<WrittenUnit> WriteOrRefuse(Transaction& transaction,
                                    const std::string& memory_id,
                                    CheckedUnit unit);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_CHECKED_UNITS_H_
