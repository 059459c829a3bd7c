// What a database tells of its index, for logs.
#ifndef TERCET_SERVICE_MEMORY_INDEX_EVENT_H_
#define TERCET_SERVICE_MEMORY_INDEX_EVENT_H_

#include <cstdint>
#include <functional>
#include <string>

namespace tercet {

struct IndexEvent {
  enum class Kind : uint8_t {
    kRebuilding,       // From the records; again and again with its progress.
    kRebuilt,          // Lookups use the index again.
    kRebuildFailed,    // They go on without; `why`.
    kSnapshotUsed,     // At the start; `revision` is that of the snapshot.
    kSnapshotUseless,  // At the start; `why`. A rebuild follows.
    kSnapshotWritten,  // Of `revision`.
    kSnapshotFailed,   // `why`. The one before stays.
  };

  Kind kind{};
  uint64_t units_done = 0;
  uint64_t units_total = 0;
  uint64_t revision = 0;
  std::string why;
};

// How far a rebuild is; all units are done when there is none.
struct RebuildProgress {
  uint64_t units_done = 0;
  uint64_t units_total = 0;
};

// Called from any thread, one at a time for each database, with no lock held.
using IndexListener = std::function<void(const IndexEvent&)>;

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_INDEX_EVENT_H_
