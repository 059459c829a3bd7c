#include "service/memory/load.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include "service/base/bytes.h"
#include "service/base/hash.h"
#include "service/memory/index_builder.h"
#include "service/store/keys.h"
#include "service/store/records.h"

namespace tercet {
namespace {

// DO NOT CHANGE: stored on disk. Another layout is another number.
constexpr std::string_view kSchema = "tercet 1";

StatusOr<Revision> LoadRevision(const KeyValueStore& store,
                                const Snapshot* snapshot) {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                   store.Get(kRevisionKey, snapshot));
  if (!bytes.has_value()) return Revision{0};
  const std::optional<uint64_t> revision = ByteReader(*bytes).ReadU64();
  if (!revision.has_value()) {
    return MakeError(StatusCode::kDataLoss, "the last revision is unreadable",
                     {.reason = "STORE_CORRUPT"});
  }
  return Revision{*revision};
}

}  // namespace

Status CheckSchema(KeyValueStore& store) {
  ASSIGN_OR_RETURN(const std::optional<std::string> schema,
                   store.Get(kSchemaKey, nullptr));
  if (schema == kSchema) return OkStatus();
  if (schema.has_value()) {
    return MakeError(
        StatusCode::kFailedPrecondition,
        fmt::format("the data has the layout '{}', and this version of Tercet "
                    "knows only '{}'; use the version that wrote it",
                    *schema, kSchema),
        {.reason = "SCHEMA_UNKNOWN", .metadata = {{"schema", *schema}}});
  }
  const auto walk = store.NewIterator(nullptr);
  walk->Seek("");
  RETURN_IF_ERROR(walk->status());
  if (walk->Valid()) {
    return MakeError(StatusCode::kFailedPrecondition,
                     "the data directory holds a database that is not Tercet's",
                     {.reason = "SCHEMA_UNKNOWN"});
  }
  WriteBatch batch;
  batch.Put(std::string(kSchemaKey), std::string(kSchema));
  return store.Write(batch, /*sync=*/true);
}

StatusOr<std::string> LoadIdentity(KeyValueStore& store) {
  ASSIGN_OR_RETURN(const std::optional<std::string> known,
                   store.Get(kIdentityKey, nullptr));
  if (known.has_value()) return *known;
  std::random_device random;
  std::string identity;
  for (int i = 0; i < 4; ++i) AppendU32(identity, random());
  WriteBatch batch;
  batch.Put(std::string(kIdentityKey), identity);
  RETURN_IF_ERROR(store.Write(batch, /*sync=*/true));
  return identity;
}

StatusOr<uint64_t> HistoryMark(const KeyValueStore& store,
                               const Snapshot* snapshot, Revision revision) {
  const auto walk = store.NewIterator(snapshot);
  walk->SeekBefore(ChangeKey(Revision{static_cast<uint64_t>(revision) + 1}, 0));
  RETURN_IF_ERROR(walk->status());
  if (!walk->Valid() || !walk->key().starts_with(ChangeKeyPrefix())) return 0;
  return HashBytes64(std::string(walk->key()).append(walk->value()));
}

StatusOr<View> LoadView(const KeyValueStore& store, uint64_t most_units) {
  View view{.snapshot = store.TakeSnapshot()};
  ASSIGN_OR_RETURN(view.revision, LoadRevision(store, view.snapshot.get()));
  const auto walk = store.NewIterator(view.snapshot.get());
  const std::string prefix = MemoryKeyPrefix();
  uint64_t units = 0;
  for (walk->Seek(prefix); walk->Valid() && walk->key().starts_with(prefix);
       walk->Next()) {
    const std::optional<std::string> id = ParseMemoryKey(walk->key());
    if (!id.has_value()) continue;
    MemoryState state;
    ASSIGN_OR_RETURN(state.record, DecodeMemory(*id, walk->value()));
    units += state.record.unit_count;
    state.is_indexed = units <= most_units || state.record.unit_count == 0;
    if (state.is_indexed) {
      ASSIGN_OR_RETURN(
          state.indexes,
          BuildIndexes(store, view.snapshot.get(), state.record.number,
                       [](uint64_t) { return OkStatus(); }));
    }
    view.memories[*id] = std::make_shared<const MemoryState>(std::move(state));
  }
  RETURN_IF_ERROR(walk->status());
  return view;
}

}  // namespace tercet
