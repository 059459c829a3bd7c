#include "service/memory/database.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "service/base/bytes.h"
#include "service/memory/checked_units.h"
#include "service/memory/dry_run.h"
#include "service/memory/import_log.h"
#include "service/memory/import_session.h"
#include "service/memory/import_undo.h"
#include "service/memory/index_keeper.h"
#include "service/memory/index_snapshot.h"
#include "service/memory/load.h"
#include "service/memory/lookup.h"
#include "service/memory/search.h"
#include "service/memory/start.h"
#include "service/memory/transaction.h"
#include "service/memory/unit_page.h"
#include "service/memory/unit_writer.h"
#include "service/memory/update.h"
#include "service/memory/view.h"
#include "service/memory/write_queue.h"
#include "service/store/leveldb_store.h"

namespace tercet {
namespace {

Memory MakeMemory(const StoredMemory& stored) {
  return {.id = stored.id,
          .display_name = stored.display_name,
          .penalty = stored.penalty,
          .unit_count = stored.unit_count,
          .language_counts = stored.language_counts,
          .create_micros = stored.create_micros,
          .update_micros = stored.update_micros,
          .etag = MakeEtag(stored.revision)};
}

Status MemoryNotFound(std::string_view id) {
  return MakeError(StatusCode::kNotFound,
                   fmt::format("there is no memory '{}'", id),
                   {.reason = "MEMORY_NOT_FOUND",
                    .metadata = {{"name", fmt::format("memories/{}", id)}}});
}

Status UnitNotFound(std::string_view memory_id, std::string_view unit_id) {
  return MakeError(
      StatusCode::kNotFound,
      fmt::format("there is no unit '{}' in memories/{}", unit_id, memory_id),
      {.reason = "UNIT_NOT_FOUND",
       .metadata = {
           {"name", fmt::format("memories/{}/units/{}", memory_id, unit_id)}}});
}

StatusOr<StoredMemory> RequireMemory(const Transaction& transaction,
                                     std::string_view id) {
  const StoredMemory* memory = transaction.FindMemory(id);
  if (memory == nullptr) return MemoryNotFound(id);
  return *memory;
}

// Walks over the units of one memory in order of their ids.
class IdOrderWalk final : public UnitWalk {
 public:
  IdOrderWalk(const KeyValueStore& store, std::shared_ptr<const View> view,
              const StoredMemory& memory, std::string_view after_id)
      : store_(store),
        view_(std::move(view)),
        number_(memory.number),
        memory_(MakeMemory(memory)),
        prefix_(UnitIdKeyPrefix(number_)),
        walk_(store.NewIterator(view_->snapshot.get())) {
    walk_->Seek(UnitIdKey(number_, after_id));
    const bool at_it = !after_id.empty() && walk_->Valid() &&
                       walk_->key() == UnitIdKey(number_, after_id);
    if (at_it) walk_->Next();
  }

  const Memory& memory() const override { return memory_; }

  StatusOr<std::optional<UnitEntry>> Next() override {
    if (!walk_->Valid() || !walk_->key().starts_with(prefix_)) {
      RETURN_IF_ERROR(walk_->status());
      return std::nullopt;
    }
    const std::optional<uint64_t> number = ByteReader(walk_->value()).ReadU64();
    const std::string record_key =
        UnitKey(number_, UnitNumber{number.value_or(0)});
    ASSIGN_OR_RETURN(const std::optional<std::string> record,
                     store_.Get(record_key, view_->snapshot.get()));
    if (!record.has_value()) {
      return MakeError(StatusCode::kDataLoss, "a unit has an id but no record",
                       {.reason = "STORE_CORRUPT"});
    }
    walk_->Next();
    ASSIGN_OR_RETURN(StoredUnit stored, DecodeUnit(*record));
    return MakeEntry(memory_.id,
                     {UnitNumber{number.value_or(0)}, std::move(stored)});
  }

 private:
  const KeyValueStore& store_;
  std::shared_ptr<const View> view_;
  MemoryNumber number_;
  Memory memory_;
  std::string prefix_;
  std::unique_ptr<Iterator> walk_;
};

// The error, with the paths of its fields as those of request `i`.
Status AtRequest(size_t i, const Status& status) {
  ErrorDetails details = GetDetails(status);
  if (details.violations.empty()) return status;
  for (FieldViolation& violation : details.violations) {
    violation.field = fmt::format("requests[{}].{}", i, violation.field);
  }
  return InvalidFields(std::move(details.violations));
}

class DatabaseImpl final : public Database {
 public:
  DatabaseImpl(std::unique_ptr<KeyValueStore> store,
               std::unique_ptr<IndexSnapshots> snapshots, Start start,
               std::string identity, const DatabaseOptions& options)
      : options_(options),
        store_(std::move(store)),
        snapshots_(std::move(snapshots)),
        queue_(*store_, std::move(start.view), options.sync_writes,
               *options.clock),
        keeper_(*store_, queue_,
                {.snapshots = *snapshots_,
                 .identity = std::move(identity),
                 .upkeep = options.index_upkeep,
                 .listener = options.index_listener,
                 .snapshot_revision = start.snapshot_revision,
                 .snapshot_bytes = start.snapshot_bytes,
                 .behind = std::move(start.behind)}) {}

  StatusOr<Memory> CreateMemory(std::string_view id, const MemoryFields& fields,
                                const WriteOptions& options) override {
    RETURN_IF_ERROR(CheckMemoryFields(id, fields));
    Memory created;
    RETURN_IF_ERROR(Run(options.validate_only, [&](Transaction& transaction) {
      ASSIGN_OR_RETURN(const StoredMemory memory,
                       tercet::CreateMemory(transaction, id, fields));
      created = MakeMemory(memory);
      return OkStatus();
    }));
    return created;
  }

  StatusOr<Memory> GetMemory(std::string_view id) const override {
    const std::shared_ptr<const View> view = queue_.CurrentView();
    ASSIGN_OR_RETURN(const MemoryState* state, RequireState(*view, id));
    return MakeMemory(state->record);
  }

  StatusOr<Page<Memory>> ListMemories(const PageRequest& page) const override {
    const std::shared_ptr<const View> view = queue_.CurrentView();
    Page<Memory> result;
    for (auto it = view->memories.upper_bound(page.token);
         it != view->memories.end(); ++it) {
      if (result.items.size() == static_cast<size_t>(page.size)) {
        result.next_token = result.items.back().id;
        break;
      }
      result.items.push_back(MakeMemory(it->second->record));
    }
    return result;
  }

  StatusOr<Memory> UpdateMemory(std::string_view id, const MemoryFields& fields,
                                const WriteOptions& options) override {
    RETURN_IF_ERROR(CheckMemoryFields(id, fields));
    Memory updated;
    RETURN_IF_ERROR(Run(options.validate_only, [&](Transaction& transaction) {
      ASSIGN_OR_RETURN(StoredMemory memory, RequireMemory(transaction, id));
      RETURN_IF_ERROR(CheckEtag(options.etag, memory.revision));
      SetMemoryFields(transaction, fields, memory);
      updated = MakeMemory(memory);
      return OkStatus();
    }));
    return updated;
  }

  Status DeleteMemory(std::string_view id, bool force,
                      const WriteOptions& options) override {
    return Run(options.validate_only, [&](Transaction& transaction) {
      ASSIGN_OR_RETURN(const StoredMemory memory,
                       RequireMemory(transaction, id));
      RETURN_IF_ERROR(CheckEtag(options.etag, memory.revision));
      if (memory.unit_count > 0 && !force) {
        return MakeError(
            StatusCode::kFailedPrecondition,
            fmt::format("memories/{} still holds {} units", id,
                        memory.unit_count),
            {.reason = "MEMORY_NOT_EMPTY",
             .metadata = {{"name", fmt::format("memories/{}", id)}}});
      }
      transaction.DeleteMemory(memory.id);
      transaction.Put(PurgeKey(memory.number), "");
      return OkStatus();
    });
  }

  StatusOr<std::vector<WrittenUnit>> CreateUnits(
      std::string_view memory_id, std::vector<NewUnit> units,
      const CreateUnitsOptions& options) override {
    RETURN_IF_ERROR(CheckBatch(memory_id, units.size()));
    ASSIGN_OR_RETURN(std::vector<CheckedUnit> checked,
                     CheckUnits(std::move(units), options.keep_going));
    std::vector<WrittenUnit> written;
    RETURN_IF_ERROR(Run(options.validate_only, [&](Transaction& transaction) {
      const std::string id(memory_id);
      if (options.create_memory) {
        RETURN_IF_ERROR(EnsureMemory(transaction, id));
      } else if (transaction.FindMemory(id) == nullptr) {
        return MemoryNotFound(id);
      }
      for (size_t i = 0; i < checked.size(); ++i) {
        ASSIGN_OR_RETURN(WrittenUnit result,
                         WriteOrRefuse(transaction, id, std::move(checked[i])));
        if (!result.problem.ok() && !options.keep_going) {
          return AtRequest(i, result.problem);
        }
        written.push_back(std::move(result));
      }
      return OkStatus();
    }));
    return written;
  }

  StatusOr<UnitEntry> GetUnit(std::string_view memory_id,
                              std::string_view unit_id) const override {
    const std::shared_ptr<const View> view = queue_.CurrentView();
    ASSIGN_OR_RETURN(const MemoryState* state, RequireState(*view, memory_id));
    const Transaction reader(*store_, *view);
    ASSIGN_OR_RETURN(std::optional<FoundUnit> found,
                     FindUnit(reader, state->record.number, unit_id));
    if (!found.has_value()) return UnitNotFound(memory_id, unit_id);
    return MakeEntry(memory_id, *std::move(found));
  }

  StatusOr<Page<UnitEntry>> ListUnits(std::string_view memory_id,
                                      const PageRequest& page) const override {
    const std::shared_ptr<const View> view = queue_.CurrentView();
    ASSIGN_OR_RETURN(const MemoryState* state, RequireState(*view, memory_id));
    IdOrderWalk walk(*store_, view, state->record, page.token);
    UnitPage result(page.size);
    while (!result.is_full()) {
      ASSIGN_OR_RETURN(std::optional<UnitEntry> entry, walk.Next());
      if (!entry.has_value()) break;
      std::string id = entry->id;
      result.Add(std::move(id), *std::move(entry));
    }
    return std::move(result).Take();
  }

  StatusOr<UnitEntry> UpdateUnit(std::string_view memory_id,
                                 std::string_view unit_id,
                                 const UnitUpdate& update,
                                 const WriteOptions& options) override {
    UnitEntry updated;
    RETURN_IF_ERROR(Run(options.validate_only, [&](Transaction& transaction) {
      ASSIGN_OR_RETURN(const StoredMemory memory,
                       RequireMemory(transaction, memory_id));
      ASSIGN_OR_RETURN(const std::optional<FoundUnit> found,
                       FindUnit(transaction, memory.number, unit_id));
      // An etag is that of a unit that was there.
      if (!found.has_value() &&
          (!update.allow_missing || !options.etag.empty())) {
        return UnitNotFound(memory_id, unit_id);
      }
      if (found.has_value()) {
        RETURN_IF_ERROR(CheckEtag(options.etag, found->stored.revision));
      }
      Unit unit = found.has_value() ? found->stored.unit : update.unit;
      if (found.has_value()) CopyFields(update, unit);
      ASSIGN_OR_RETURN(updated,
                       PutChecked(transaction, memory.id, found,
                                  std::string(unit_id), std::move(unit)));
      return OkStatus();
    }));
    return updated;
  }

  Status DeleteUnit(std::string_view memory_id, std::string_view unit_id,
                    const WriteOptions& options) override {
    return Run(options.validate_only, [&](Transaction& transaction) {
      ASSIGN_OR_RETURN(const StoredMemory memory,
                       RequireMemory(transaction, memory_id));
      ASSIGN_OR_RETURN(const std::optional<FoundUnit> found,
                       FindUnit(transaction, memory.number, unit_id));
      if (!found.has_value()) return UnitNotFound(memory_id, unit_id);
      RETURN_IF_ERROR(CheckEtag(options.etag, found->stored.revision));
      tercet::DeleteUnit(transaction, memory.id, *found);
      return OkStatus();
    });
  }

  StatusOr<std::unique_ptr<ImportSession>> BeginImport(
      std::string_view memory_id, const ImportRequest& request) override {
    RETURN_IF_ERROR(CheckMemoryFields(memory_id, {}));
    const std::string id(memory_id);
    if (!request.validate_only) return OpenImportSession(queue_, id, request);
    ASSIGN_OR_RETURN(std::unique_ptr<KeyValueStore> scratch,
                     OpenScratch(options_.directory, {.env = options_.env}));
    return OpenDryRun(*store_, queue_.CurrentView(), std::move(scratch),
                      *options_.clock, id, request);
  }

  StatusOr<ImportEntry> GetImport(std::optional<std::string_view> memory_id,
                                  ImportNumber number) const override {
    return ReadImport(*store_, *queue_.CurrentView(), memory_id, number);
  }

  StatusOr<Page<ImportEntry>> ListImports(
      std::optional<std::string_view> memory_id,
      const PageRequest& page) const override {
    const std::shared_ptr<const View> view = queue_.CurrentView();
    if (memory_id.has_value()) {
      RETURN_IF_ERROR(RequireState(*view, *memory_id).status());
    }
    return ReadImports(*store_, *view, memory_id, page);
  }

  StatusOr<ImportEntry> UndoImport(std::optional<std::string_view> memory_id,
                                   ImportNumber number,
                                   const UndoOptions& options) override {
    const std::shared_ptr<const View> view = queue_.CurrentView();
    ASSIGN_OR_RETURN(ImportEntry entry,
                     ReadImport(*store_, *view, memory_id, number));
    if (options.validate_only) {
      return PreviewUndo(*store_, *view, std::move(entry), options);
    }
    RETURN_IF_ERROR(
        tercet::UndoImport(queue_, entry.memory_id, number, options).status());
    return GetImport(entry.memory_id, number);
  }

  StatusOr<std::unique_ptr<UnitWalk>> WalkUnits(
      std::string_view memory_id) const override {
    const std::shared_ptr<const View> view = queue_.CurrentView();
    ASSIGN_OR_RETURN(const MemoryState* state, RequireState(*view, memory_id));
    return std::make_unique<IdOrderWalk>(*store_, view, state->record, "");
  }

  StatusOr<std::vector<Match>> Lookup(std::optional<std::string_view> memory_id,
                                      const LookupQuery& query,
                                      const StopCheck& stop) const override {
    const std::shared_ptr<const View> view = queue_.CurrentView();
    ASSIGN_OR_RETURN(const LookupScope scope,
                     MakeScope(*view, memory_id, query.filter.memories));
    return FindMatches(scope, query, stop);
  }

  StatusOr<Page<Match>> LookupExact(std::optional<std::string_view> memory_id,
                                    const LookupQuery& query,
                                    const PageRequest& page) const override {
    const std::shared_ptr<const View> view = queue_.CurrentView();
    ASSIGN_OR_RETURN(const LookupScope scope,
                     MakeScope(*view, memory_id, query.filter.memories));
    return FindExact(scope, query, page);
  }

  StatusOr<Page<SearchHit>> Search(std::optional<std::string_view> memory_id,
                                   const SearchQuery& query,
                                   const PageRequest& page,
                                   const StopCheck& stop) const override {
    const std::shared_ptr<const View> view = queue_.CurrentView();
    ASSIGN_OR_RETURN(const LookupScope scope,
                     MakeScope(*view, memory_id, query.filter.memories));
    return SearchUnits(scope, query, page, stop);
  }

  DatabaseStats Stats() const override {
    const std::shared_ptr<const View> view = queue_.CurrentView();
    DatabaseStats stats{.memory_count = view->memories.size(),
                        .index = IndexStatsOf(*view)};
    for (const auto& [id, state] : view->memories) {
      stats.unit_count += state->record.unit_count;
    }
    stats.disk_bytes = store_->DiskBytes() + stats.index.disk_bytes;
    return stats;
  }

  void AwaitIndex() override { keeper_.AwaitRebuilt(); }

  Status SettleIndex() override { return keeper_.Settle(); }

 private:
  IndexStats IndexStatsOf(const View& view) const {
    IndexStats stats{
        .disk_bytes = keeper_.snapshot_bytes(),
        .revision = static_cast<uint64_t>(view.revision),
        .snapshot_revision = static_cast<uint64_t>(keeper_.snapshot_revision()),
        .rebuild = keeper_.rebuild_progress()};
    for (const auto& [id, state] : view.memories) {
      for (const auto& [language, index] : state->indexes) {
        stats.segment_count += index->size();
        stats.memory_bytes += index->MemoryBytes();
      }
    }
    return stats;
  }

  Status Run(bool validate_only, const WriteOperation& operation) {
    if (validate_only) return queue_.RunDry(operation);
    keeper_.SlowDown();
    Status status = queue_.Run(operation);
    keeper_.Wake();
    return status;
  }

  static StatusOr<const MemoryState*> RequireState(const View& view,
                                                   std::string_view id) {
    const auto it = view.memories.find(id);
    if (it == view.memories.end()) return MemoryNotFound(id);
    return it->second.get();
  }

  // The memories `wanted`, all if there are none; of these `memory_id` alone
  // where it is given.
  StatusOr<LookupScope> MakeScope(
      const View& view, std::optional<std::string_view> memory_id,
      const std::vector<std::string>& wanted) const {
    for (const std::string& id : wanted) {
      RETURN_IF_ERROR(RequireState(view, id).status());
    }
    if (memory_id.has_value()) {
      RETURN_IF_ERROR(RequireState(view, *memory_id).status());
    }
    LookupScope scope{.store = *store_, .view = view, .memories = {}};
    for (const auto& [id, state] : view.memories) {
      if (id != memory_id.value_or(id)) continue;
      if (!wanted.empty() && std::ranges::find(wanted, id) == wanted.end()) {
        continue;
      }
      scope.memories.push_back(state.get());
    }
    return scope;
  }

  const DatabaseOptions options_;
  std::unique_ptr<KeyValueStore> store_;
  std::unique_ptr<IndexSnapshots> snapshots_;
  WriteQueue queue_;
  IndexKeeper keeper_;
};

}  // namespace

StatusOr<std::unique_ptr<Database>> Database::Open(
    const DatabaseOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<KeyValueStore> store,
                   OpenLeveldb(options.directory, {.env = options.env}));
  RemoveScratch(options.directory);
  RETURN_IF_ERROR(CheckSchema(*store));
  RETURN_IF_ERROR(BreakOffRunning(*store, options.clock->NowMicros()));
  ASSIGN_OR_RETURN(std::string identity, LoadIdentity(*store));
  auto snapshots = std::make_unique<IndexSnapshots>(
      *options.files, options.directory + "/index");
  ASSIGN_OR_RETURN(Start start,
                   MakeStart(*store, *snapshots, options.index_upkeep,
                             options.index_listener));
  return std::make_unique<DatabaseImpl>(std::move(store), std::move(snapshots),
                                        std::move(start), std::move(identity),
                                        options);
}

}  // namespace tercet
