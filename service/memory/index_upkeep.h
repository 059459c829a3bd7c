// When the index is looked after: what decides about speed and nothing else.
#ifndef TERCET_SERVICE_MEMORY_INDEX_UPKEEP_H_
#define TERCET_SERVICE_MEMORY_INDEX_UPKEEP_H_

#include <cstdint>

namespace tercet {

struct IndexUpkeep {
  // Where the index is missing, that of so many units is built before a
  // database opens, that of more in the background.
  uint64_t most_units_at_start = 2000;
  // A snapshot that is behind by so many changes is brought up to date before a
  // database opens (some 50 us each), one that is more behind in the
  // background.
  uint64_t most_changes_at_start = 100'000;
  // After so many changes the next snapshot is written.
  uint64_t changes_per_snapshot = 20'000;
  // Where merges are so many changes behind, writers are slowed down.
  uint64_t most_unmerged_changes = 200'000;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_INDEX_UPKEEP_H_
