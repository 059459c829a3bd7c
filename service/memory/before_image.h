// Units as they were before an import touched them, so that it can be undone.
#ifndef TERCET_SERVICE_MEMORY_BEFORE_IMAGE_H_
#define TERCET_SERVICE_MEMORY_BEFORE_IMAGE_H_

#include <optional>
#include <vector>

#include "service/base/status.h"
#include "service/memory/transaction.h"
#include "service/memory/unit_writer.h"
#include "service/store/import_records.h"

namespace tercet {

// What the import keeps of the unit, as it was; nullopt: it has not met it.
StatusOr<std::optional<StoredBefore>> FindBefore(const Transaction& transaction,
                                                 MemoryNumber memory,
                                                 ImportNumber import,
                                                 UnitNumber number);

// Keeps that the import of the transaction has met `found` and left it as it
// is, or put it back; now it has the revision `now`. Whether a stored image
// says so.
void KeepMet(Transaction& transaction, MemoryNumber memory,
             const FoundUnit& found, Revision now);
bool IsUntouched(const StoredBefore& before);

// Keeps `found` (nullopt: nothing) for the import of the transaction, which is
// about to write the unit. REQUIRES: the transaction belongs to an import.
Status KeepBefore(Transaction& transaction, MemoryNumber memory,
                  UnitNumber number, const std::optional<FoundUnit>& found);

// The restored unit, which the transaction has just written, is again what the
// import that wrote it last had left, so that this one can be undone as well.
// REQUIRES: `restored` was stored as it is with its own revision.
Status RenewBefore(Transaction& transaction, MemoryNumber memory,
                   UnitNumber number, const StoredUnit& restored);

// The import that changed the unit next after `revision` (of which it keeps the
// image), `now` being what has become of it; nullopt where somebody else did.
StatusOr<std::optional<ImportNumber>> FindNextImport(
    const Transaction& transaction, MemoryNumber memory, const FoundUnit& now,
    Revision revision);

// An import that kept `before` cannot put it back, for others have changed the
// unit. Where the next one to do so was an import, that takes the image over,
// so that taking it back takes back both; its number.
StatusOr<std::optional<ImportNumber>> PassOnBefore(Transaction& transaction,
                                                   MemoryNumber memory,
                                                   const FoundUnit& now,
                                                   const StoredBefore& before);

// Appends `import`, the last to change a unit. A unit remembers the one that
// brought it, and the last fifteen.
void AddImport(ImportNumber import, std::vector<ImportNumber>& imports);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_BEFORE_IMAGE_H_
