// Units as they were before an import touched them, so that it can be undone.
#ifndef TERCET_SERVICE_MEMORY_BEFORE_IMAGE_H_
#define TERCET_SERVICE_MEMORY_BEFORE_IMAGE_H_

#include <optional>
#include <vector>

#include "service/base/status.h"
#include "service/memory/transaction.h"
#include "service/memory/unit_writer.h"

namespace tercet {

// Keeps `found` (nullopt: nothing) for the import of the transaction, which is
// about to write the unit. REQUIRES: the transaction belongs to an import.
Status KeepBefore(Transaction& transaction, MemoryNumber memory,
                  UnitNumber number, const std::optional<FoundUnit>& found);

// The restored unit, which the transaction has just written, is again what the
// import that wrote it last had left, so that this one can be undone as well.
// REQUIRES: `restored` was stored as it is with its own revision.
Status RenewBefore(Transaction& transaction, MemoryNumber memory,
                   UnitNumber number, const StoredUnit& restored);

// Appends `import`, the last to change a unit. A unit remembers the one that
// brought it, and the last fifteen.
void AddImport(ImportNumber import, std::vector<ImportNumber>& imports);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_BEFORE_IMAGE_H_
