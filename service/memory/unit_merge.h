// New units into a transaction: where each goes, and what becomes of it there.
#ifndef TERCET_SERVICE_MEMORY_UNIT_MERGE_H_
#define TERCET_SERVICE_MEMORY_UNIT_MERGE_H_

#include <string>

#include "service/base/status.h"
#include "service/memory/transaction.h"
#include "service/memory/types.h"
#include "service/memory/unit_writer.h"

namespace tercet {

// Creates the unit or merges it into the one that has its id, as
// Database::CreateUnits says. Fails with kInvalidArgument when the merged unit
// would break a limit or lose its context (but see NewUnit::may_lose_metadata).
// REQUIRES: the memory exists.
StatusOr<WrittenUnit> CreateOrMerge(Transaction& transaction,
                                    const std::string& memory_id,
                                    PreparedUnit prepared);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_UNIT_MERGE_H_
