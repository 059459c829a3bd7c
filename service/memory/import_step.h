// A part of a file on its way into a memory. Checking and analysing its units
// takes as long as writing them, so it is a step of its own, for another thread
// than the session's.
#ifndef TERCET_SERVICE_MEMORY_IMPORT_STEP_H_
#define TERCET_SERVICE_MEMORY_IMPORT_STEP_H_

#include <vector>

#include "service/memory/checked_units.h"
#include "service/memory/types.h"
#include "service/model/import.h"

namespace tercet {

struct ImportStep {
  std::vector<NewUnit> units;  // At most kMaxBatchSize.
  // Where each of them stands; used where it is refused.
  std::vector<ImportCase> places;
  // What else the part holds, which is not stored.
  std::vector<ImportCase> cases;
  ImportCheckpoint checkpoint;  // Behind the part.
};

// A step that is ready for ImportSession::Write.
struct CheckedStep {
  std::vector<CheckedUnit> units;
  ImportStep rest;  // Its units are gone.
};

// Never fails: what is wrong with a unit goes with it. Thread-safe.
CheckedStep CheckStep(ImportStep step);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_IMPORT_STEP_H_
