// The steps of an import, inside a transaction.
#ifndef TERCET_SERVICE_MEMORY_IMPORT_APPLY_H_
#define TERCET_SERVICE_MEMORY_IMPORT_APPLY_H_

#include <string>
#include <vector>

#include "service/base/status.h"
#include "service/memory/import_step.h"
#include "service/memory/transaction.h"

namespace tercet {

// What came of a step.
struct StepResult {
  std::vector<ImportCase> unit_cases;  // Of its units.
  std::vector<ImportCase> kept;        // Of all its cases, those to keep.
};

// Writes the units and counts everything in `import`, whose checkpoint moves.
// The record of the import is the caller's to put. REQUIRES: the memory exists.
StatusOr<StepResult> ApplyStep(Transaction& transaction,
                               const std::string& memory_id, CheckedStep step,
                               Import& import);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_IMPORT_APPLY_H_
