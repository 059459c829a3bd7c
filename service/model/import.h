// An import: a file, or several, that went into a memory together; what became
// of each of its units, and how far it is. Plain values.
#ifndef TERCET_SERVICE_MODEL_IMPORT_H_
#define TERCET_SERVICE_MODEL_IMPORT_H_

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "service/base/hash.h"

namespace tercet {

// DO NOT CHANGE: stored on disk.
enum class ImportState : uint8_t {
  kRunning = 1,
  kDone = 2,
  kBrokenOff = 3,  // Beginning it again goes on with it.
  kUndoing = 4,    // Being taken back; undoing it again goes on with that.
  kUndone = 5,
};

// What became of the units; each was read and is counted once.
struct ImportCounts {
  int64_t created = 0;
  int64_t updated = 0;         // Were there, and changed.
  int64_t variants_added = 0;  // Were there, and only gained texts.
  int64_t duplicates = 0;      // Were there already, as they are.
  int64_t skipped = 0;         // Left out, as a rule or a filter said.
  int64_t failed = 0;          // Wrong.

  int64_t warnings = 0;  // Of units that were stored, and of the file.
  // By how much the memory's number of variants changed is the difference.
  int64_t texts_added = 0;
  int64_t texts_removed = 0;

  int64_t read() const {
    return created + updated + variants_added + duplicates + skipped + failed;
  }

  friend bool operator==(const ImportCounts&, const ImportCounts&) = default;
};

// Units of the file that are in the memory.
inline int64_t StoredUnits(const ImportCounts& counts) {
  return counts.created + counts.updated + counts.variants_added +
         counts.duplicates;
}

// Something worth telling about one place of the file.
struct ImportCase {
  // DO NOT CHANGE: stored on disk.
  enum class Kind : uint8_t {
    kFailed = 1,
    kSkipped = 2,
    kWarning = 3,
    kKept = 4,  // When the import was taken back: changed since by others.
  };

  Kind kind = Kind::kFailed;
  std::string file;  // Where the source holds several.
  int64_t line = 0;  // Counted from 1; 0 where there is none.
  int64_t byte_offset = 0;
  std::string unit_id;  // The one in the file; else that in the memory.
  std::string reason;   // UPPER_SNAKE_CASE, docs/errors.md.
  std::string message;  // For people: lower case, no stop.
  std::string excerpt;  // The beginning of the unit or the line.

  friend bool operator==(const ImportCase&, const ImportCase&) = default;
};

// Cases that are kept of each kind; all are counted.
inline constexpr int64_t kMaxCasesKept = 100;

struct ImportReason {
  ImportCase::Kind kind = ImportCase::Kind::kFailed;
  std::string reason;

  friend auto operator<=>(const ImportReason&, const ImportReason&) = default;
};

// How far an import is: this much of the file is in the memory.
struct ImportCheckpoint {
  int64_t items = 0;  // That the reader gave: units and problems.
  int64_t bytes = 0;  // That the reader had by then.
  Hash128 digest;     // Of these bytes.

  friend bool operator==(const ImportCheckpoint&,
                         const ImportCheckpoint&) = default;
};

// What became of the units that an import had written when it was taken back.
struct UndoCounts {
  int64_t deleted = 0;   // The import had created them.
  int64_t restored = 0;  // To what they were before.
  int64_t kept = 0;      // Changed since by others; as they are.

  friend bool operator==(const UndoCounts&, const UndoCounts&) = default;
};

struct Import {
  ImportState state = ImportState::kRunning;
  std::string source;   // The file's name.
  std::string options;  // What it was asked to do, for people.
  std::string creator;  // Who began it.
  int64_t begin_micros = 0;
  int64_t update_micros = 0;
  uint32_t run = 0;  // Counts the calls that worked on it, from 1.
  Hash128 identity;  // What it is recognised by when it is begun again.
  ImportCounts counts;
  std::map<ImportReason, int64_t> reasons;
  uint32_t case_count = 0;  // That were kept.
  ImportCheckpoint checkpoint;
  std::string error_reason;  // Why it was broken off.
  std::string error_message;
  UndoCounts undo;

  friend bool operator==(const Import&, const Import&) = default;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MODEL_IMPORT_H_
