#include "service/memory/index_builder.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "service/memory/unit_writer.h"
#include "service/store/each_unit.h"
#include "service/store/keys.h"

namespace tercet {
namespace {

// Units whose segments are held until they go into the index together.
constexpr size_t kUnitsAtATime = 8192;

// Collects segments by language and puts them into indexes together.
class SegmentBatch {
 public:
  void Add(UnitNumber number, const Unit& unit) {
    uint32_t place = 0;
    for (const Variant& variant : unit.variants) {
      VariantAnalysis analysis = AnalyzeVariant(variant);
      IndexChanges& changes = changes_[analysis.language];
      changes.added.push_back(
          MakeIndexedSegment({number, place++}, unit, std::move(analysis)));
    }
  }

  // All segments of the unit go, in whatever languages they are.
  void Remove(UnitNumber number) { removed_.push_back(number); }

  void ApplyTo(LanguageIndexes& indexes) {
    for (const auto& [language, index] : indexes) {
      changes_[language].removed_units = removed_;
    }
    for (auto& [language, changes] : changes_) {
      ApplyChanges(language, std::move(changes), indexes);
    }
    changes_.clear();
    removed_.clear();
  }

 private:
  std::map<std::string, IndexChanges> changes_;
  std::vector<UnitNumber> removed_;
};

Revision After(Revision revision) {
  return Revision{static_cast<uint64_t>(revision) + 1};
}

// Calls `visit` with every change of the log after `from`, in order.
template <typename Visit>
Status WalkChanges(const KeyValueStore& store, const View& view, Revision from,
                   const Visit& visit) {
  const std::string prefix = ChangeKeyPrefix();
  const auto walk = store.NewIterator(view.snapshot.get());
  for (walk->Seek(ChangeKey(After(from), 0));
       walk->Valid() && walk->key().starts_with(prefix); walk->Next()) {
    ASSIGN_OR_RETURN(const StoredChange change, DecodeChange(walk->value()));
    ASSIGN_OR_RETURN(const bool go_on, visit(change));
    if (!go_on) return OkStatus();
  }
  return walk->status();
}

using ChangedUnits = std::map<MemoryNumber, std::set<UnitNumber>>;

// Gives the units their segments of now.
Status Refresh(const KeyValueStore& store, const View& view,
               const StopCheck& stop, const ChangedUnits& units,
               MemoryIndexes& indexes) {
  for (const auto& [memory, numbers] : units) {
    SegmentBatch batch;
    for (const UnitNumber number : numbers) {
      RETURN_IF_ERROR(stop());
      batch.Remove(number);
      ASSIGN_OR_RETURN(const std::optional<std::string> record,
                       store.Get(UnitKey(memory, number), view.snapshot.get()));
      if (!record.has_value()) continue;
      ASSIGN_OR_RETURN(const StoredUnit stored, DecodeUnit(*record));
      batch.Add(number, stored.unit);
    }
    batch.ApplyTo(indexes[memory]);
  }
  return OkStatus();
}

}  // namespace

StatusOr<LanguageIndexes> BuildIndexes(const KeyValueStore& store,
                                       const Snapshot* snapshot,
                                       MemoryNumber memory,
                                       const BuildStep& step) {
  LanguageIndexes indexes;
  SegmentBatch batch;
  uint64_t done = 0;
  RETURN_IF_ERROR(
      ForEachUnit(store, snapshot, memory,
                  [&](UnitNumber number, const StoredUnit& stored) -> Status {
                    batch.Add(number, stored.unit);
                    if (++done % kUnitsAtATime != 0) return OkStatus();
                    batch.ApplyTo(indexes);
                    RETURN_IF_ERROR(step(done));
                    return MergeWhatIsDue([&] { return step(done); }, indexes);
                  }));
  batch.ApplyTo(indexes);
  RETURN_IF_ERROR(MergeWhatIsDue([&] { return step(done); }, indexes));
  return indexes;
}

Status CatchUp(const KeyValueStore& store, const View& view, Revision from,
               const StopCheck& stop, MemoryIndexes& indexes) {
  ChangedUnits changed;
  size_t count = 0;
  const auto flush = [&]() -> Status {
    RETURN_IF_ERROR(Refresh(store, view, stop, changed, indexes));
    changed.clear();
    count = 0;
    return OkStatus();
  };
  RETURN_IF_ERROR(WalkChanges(
      store, view, from, [&](const StoredChange& change) -> StatusOr<bool> {
        if (!indexes.contains(change.memory)) return true;
        // A unit that comes again in the next part is done again.
        if (changed[change.memory].insert(change.unit).second) ++count;
        if (count == kUnitsAtATime) RETURN_IF_ERROR(flush());
        return true;
      }));
  return flush();
}

StatusOr<uint64_t> CountChanges(const KeyValueStore& store, const View& view,
                                Revision from, uint64_t most) {
  uint64_t count = 0;
  RETURN_IF_ERROR(WalkChanges(
      store, view, from,
      [&](const StoredChange&) -> StatusOr<bool> { return ++count < most; }));
  return count;
}

}  // namespace tercet
