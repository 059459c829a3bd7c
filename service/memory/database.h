// The domain: memories, units and lookups over one data directory.
//
//   ASSIGN_OR_RETURN(auto database, Database::Open({.directory = "/var/..."}));
//   RETURN_IF_ERROR(database->CreateMemory("press", {}, {}).status());
//   ASSIGN_OR_RETURN(auto matches, database->Lookup("press", query, stop));
//
// A write that returned OK survives a crash and is seen by every read that
// begins later. A read sees one moment of the whole store and never waits for
// writers. Thread-safe.
//
// Errors beside those named at the functions: kInvalidArgument with every
// wrong field (paths as in the API's requests, relative to the argument);
// kUnavailable, reason STORE_IO, when the disk fails: the database then takes
// no more writes until it is opened again; what `stop` returned.
#ifndef TERCET_SERVICE_MEMORY_DATABASE_H_
#define TERCET_SERVICE_MEMORY_DATABASE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/clock.h"
#include "service/base/files.h"
#include "service/base/status.h"
#include "service/base/stop_check.h"
#include "service/memory/import.h"
#include "service/memory/index_event.h"
#include "service/memory/index_upkeep.h"
#include "service/memory/types.h"

namespace leveldb {
class Env;
}

namespace tercet {

struct DatabaseOptions {
  std::string directory;
  bool sync_writes = true;              // Survive a crash of the machine too.
  const Clock* clock = &SystemClock();  // Must outlive the database.
  leveldb::Env* env = nullptr;          // Null: the real one. For tests.
  FileSystem* files = &FileSystem::Real();  // For the index. For tests.
  IndexUpkeep index_upkeep;
  IndexListener index_listener;  // May be null; must outlive the database.
};

// Figures of the index.
struct IndexStats {
  uint64_t segment_count = 0;
  uint64_t memory_bytes = 0;       // About; mapped files count.
  uint64_t disk_bytes = 0;         // Of the snapshot.
  uint64_t revision = 0;           // The last write.
  uint64_t snapshot_revision = 0;  // The last one in the snapshot; 0: none is.
  RebuildProgress rebuild;
};

// Figures of the whole database.
struct DatabaseStats {
  uint64_t memory_count = 0;
  uint64_t unit_count = 0;
  uint64_t disk_bytes = 0;
  IndexStats index;
};

// All units of a memory at one moment, in order of their ids.
class UnitWalk {
 public:
  virtual ~UnitWalk() = default;
  // The memory at that moment.
  virtual const Memory& memory() const = 0;
  // The next unit; nullopt after the last.
  virtual StatusOr<std::optional<UnitEntry>> Next() = 0;
};

class Database {
 public:
  // Opens the data in `directory`, which is made when missing, with the
  // snapshot of the index in `directory`/index. Where there is none to be
  // trusted it is rebuilt in the background; until then lookups read every
  // record. The destructor writes a snapshot for the next time. Fails as
  // OpenLeveldb does, and with kFailedPrecondition, reason SCHEMA_UNKNOWN, when
  // the data was written in a layout that this version does not know.
  static StatusOr<std::unique_ptr<Database>> Open(
      const DatabaseOptions& options);

  virtual ~Database() = default;

  // Memories. Unknown ones: kNotFound, reason MEMORY_NOT_FOUND.

  // Fails with kAlreadyExists, reason MEMORY_EXISTS.
  virtual StatusOr<Memory> CreateMemory(std::string_view id,
                                        const MemoryFields& fields,
                                        const WriteOptions& options) = 0;
  virtual StatusOr<Memory> GetMemory(std::string_view id) const = 0;
  // In id order.
  virtual StatusOr<Page<Memory>> ListMemories(
      const PageRequest& page) const = 0;
  // Fails with kAborted, reason ETAG_MISMATCH.
  virtual StatusOr<Memory> UpdateMemory(std::string_view id,
                                        const MemoryFields& fields,
                                        const WriteOptions& options) = 0;
  // Fails with kFailedPrecondition, reason MEMORY_NOT_EMPTY, unless `force`,
  // and with kAborted, reason ETAG_MISMATCH. The units go at once for readers.
  virtual Status DeleteMemory(std::string_view id, bool force,
                              const WriteOptions& options) = 0;

  // Units. Unknown ones: kNotFound, reason UNIT_NOT_FOUND.

  // Creates or merges all of `units`, in order, or none; with `keep_going`, all
  // but those that are wrong, which are marked as refused. A unit without id
  // whose source text is there already adds what it has of new variants and
  // metadata; one with an id that is taken by a different unit fails with
  // kAlreadyExists, reason UNIT_EXISTS. At most kMaxBatchSize.
  virtual StatusOr<std::vector<WrittenUnit>> CreateUnits(
      std::string_view memory_id, std::vector<NewUnit> units,
      const CreateUnitsOptions& options) = 0;
  virtual StatusOr<UnitEntry> GetUnit(std::string_view memory_id,
                                      std::string_view unit_id) const = 0;
  // In id order. Fewer than asked when they would exceed a message.
  virtual StatusOr<Page<UnitEntry>> ListUnits(
      std::string_view memory_id, const PageRequest& page) const = 0;
  // Fails with kAborted, reason ETAG_MISMATCH.
  virtual StatusOr<UnitEntry> UpdateUnit(std::string_view memory_id,
                                         std::string_view unit_id,
                                         const UnitUpdate& update,
                                         const WriteOptions& options) = 0;
  virtual Status DeleteUnit(std::string_view memory_id,
                            std::string_view unit_id,
                            const WriteOptions& options) = 0;
  // For exports. The walk must not outlive the database.
  virtual StatusOr<std::unique_ptr<UnitWalk>> WalkUnits(
      std::string_view memory_id) const = 0;

  // Imports. Unknown ones: kNotFound, reason IMPORT_NOT_FOUND. Their numbers
  // are unique in the whole store, so `memory_id` only narrows the search.

  // Begins an import, or goes on with one that was not finished; makes the
  // memory where there is none. The session must not outlive the database.
  virtual StatusOr<std::unique_ptr<ImportSession>> BeginImport(
      std::string_view memory_id, const ImportRequest& request) = 0;
  virtual StatusOr<ImportEntry> GetImport(
      std::optional<std::string_view> memory_id, ImportNumber number) const = 0;
  // In order of their memories' ids, newest first.
  virtual StatusOr<Page<ImportEntry>> ListImports(
      std::optional<std::string_view> memory_id,
      const PageRequest& page) const = 0;
  // Takes an import back: deletes the units that it created and restores those
  // that it changed. Units that others have changed or deleted since stay as
  // they are, each with a case. A running import is ended. Where this is broken
  // off, calling it again goes on; once it is done, that changes nothing.
  virtual StatusOr<ImportEntry> UndoImport(
      std::optional<std::string_view> memory_id, ImportNumber number,
      const UndoOptions& options) = 0;

  // Lookups. No `memory_id` means all memories.

  // The best matches: exactly those a comparison with every unit gives, best
  // first, in the total order of score, kind, cost, memory id, newest created.
  // A unit appears once, with the best of its variants in the language.
  virtual StatusOr<std::vector<Match>> Lookup(
      std::optional<std::string_view> memory_id, const LookupQuery& query,
      const StopCheck& stop) const = 0;
  // Every unit with a variant in the query's language (any region) whose text
  // is canonically the same, in order of memory and unit id; fewer on a page
  // than asked when they would exceed a message. Inline codes count for the
  // score, not for what is found; the least score and the most matches of the
  // query do not count at all. Without targets, units that have no other
  // language are found too.
  virtual StatusOr<Page<Match>> LookupExact(
      std::optional<std::string_view> memory_id, const LookupQuery& query,
      const PageRequest& page) const = 0;

  // The units that meet all conditions of `query`: exactly those that looking
  // at every text gives. In order of the length of the shortest text that meets
  // the first condition (words; Han characters), then of memory ids, then of
  // creation, newest first. Fewer on a page than asked when they would exceed a
  // message. Later pages leave out units that were written since the first,
  // so that none comes twice. A token that is none: kInvalidArgument,
  // `page_token`.
  virtual StatusOr<Page<SearchHit>> Search(
      std::optional<std::string_view> memory_id, const SearchQuery& query,
      const PageRequest& page, const StopCheck& stop) const = 0;

  virtual DatabaseStats Stats() const = 0;
  // Waits until the index is complete, or has turned out not to be possible.
  virtual void AwaitIndex() = 0;
  // Waits until it is also as fast as it gets, and writes a snapshot of it.
  virtual Status SettleIndex() = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_DATABASE_H_
