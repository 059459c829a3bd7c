// The snapshot of a database's index: a folder of files beside the store, so
// that opening needs to read little. It is derived: one that is missing, torn,
// of another version or of another database is never trusted.
//
//   index/SNAPSHOT           what it is of, and which files hold it
//   index/0123abcd….chunk    segments; a file never changes
//
// docs/storage.md draws SNAPSHOT.
#ifndef TERCET_SERVICE_MEMORY_INDEX_SNAPSHOT_H_
#define TERCET_SERVICE_MEMORY_INDEX_SNAPSHOT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/base/files.h"
#include "service/base/status.h"
#include "service/memory/index_builder.h"
#include "service/store/keys.h"

namespace tercet {

// What a snapshot is of.
struct SnapshotOrigin {
  std::string identity;          // The store's (load.h).
  std::string analysis_version;  // text/analysis.h
  Revision revision{};
  uint64_t history_mark = 0;  // The store's at `revision` (load.h).

  friend bool operator==(const SnapshotOrigin&,
                         const SnapshotOrigin&) = default;
};

struct IndexSnapshot {
  SnapshotOrigin origin;
  MemoryIndexes indexes;  // Of all memories that have segments.
  uint64_t disk_bytes = 0;
};

// Not thread-safe.
class IndexSnapshots {
 public:
  // In `directory`, which is made when it is needed. `files` must outlive it.
  IndexSnapshots(FileSystem& files, std::string directory)
      : files_(files), directory_(std::move(directory)) {}

  // Takes the place of the one before as a whole or, on an error, not at all;
  // files that nobody needs any more are then removed. Returns the bytes that
  // it takes on disk. The indexes must not lack a memory.
  StatusOr<uint64_t> Save(const SnapshotOrigin& origin,
                          const MemoryIndexes& indexes);

  // Nullopt where there is none. Errors: kDataLoss, reason INDEX_FILE_INVALID,
  // for what Save did not write or not in this version; those of the files.
  StatusOr<std::optional<IndexSnapshot>> Load();

  // Removes all of it, first what makes it a snapshot.
  Status Discard();

 private:
  std::string PathOf(std::string_view name) const;
  // How much the files of these names take.
  StatusOr<uint64_t> DiskBytes(const std::vector<std::string>& names);
  Status RemoveAllBut(const std::vector<std::string>& needed);

  FileSystem& files_;
  const std::string directory_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_INDEX_SNAPSHOT_H_
