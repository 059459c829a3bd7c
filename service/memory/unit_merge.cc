#include "service/memory/unit_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "service/memory/before_image.h"
#include "service/memory/merge.h"

namespace tercet {
namespace {

// Where a unit goes.
struct Place {
  std::string id;
  std::optional<FoundUnit> found;  // nullopt: it is created.
  WriteMode mode = WriteMode::kAddVariants;
  // Of an import that overwrites and has met the unit before.
  std::optional<StoredBefore> met;
};

bool IsOverwritingImport(const Transaction& transaction, WriteMode mode) {
  return mode == WriteMode::kOverwrite &&
         transaction.import() != ImportNumber{0};
}

// What an import overwrites is what was there before it: a file may have
// several translations of one sentence.
StatusOr<Place> PlaceAt(const Transaction& transaction, MemoryNumber memory,
                        std::string id, FoundUnit found, WriteMode mode) {
  Place place{.id = std::move(id), .mode = mode};
  if (IsOverwritingImport(transaction, mode)) {
    ASSIGN_OR_RETURN(place.met, FindBefore(transaction, memory,
                                           transaction.import(), found.number));
    if (place.met.has_value()) place.mode = WriteMode::kAddVariants;
  }
  place.found = std::move(found);
  return place;
}

// How well a unit of the same source suits `added`; 0: not at all. What says
// nothing new goes first to where it is: else a draft whose unit was confirmed
// would go to another draft when it is imported again.
int Suits(const Unit& unit, const Unit& added, WriteMode mode) {
  const bool same = HasSameStanding(unit, added);
  if (SaysNothingNew(unit, added)) return same ? 4 : 3;
  if (same) return 2;
  return CanTakeIn(unit, added, mode) ? 1 : 0;
}

// The unit of that source that suits best, else the next free id. A unit keeps
// its id when its source text is changed; the text it had then gets the next
// one.
StatusOr<Place> FindPlace(const Transaction& transaction, MemoryNumber memory,
                          const PreparedUnit& prepared) {
  Place best;
  int best_suits = 0;
  std::string id = prepared.derived_id;
  for (int i = 2; best_suits < 4; ++i) {
    ASSIGN_OR_RETURN(std::optional<FoundUnit> found,
                     FindUnit(transaction, memory, id));
    if (!found.has_value()) {
      if (best_suits == 0) best.id = std::move(id);
      return best;
    }
    if (DeriveId(found->stored.unit) == prepared.derived_id) {
      ASSIGN_OR_RETURN(Place place,
                       PlaceAt(transaction, memory, std::move(id),
                               *std::move(found), prepared.unit.mode));
      const int suits =
          Suits(place.found->stored.unit, prepared.unit.unit, place.mode);
      if (suits > best_suits) {
        best_suits = suits;
        best = std::move(place);
        // A draft that is there already is no reason to overwrite.
        if (suits == 3) best.mode = WriteMode::kAddVariants;
      }
    }
    id = fmt::format("{}-{}", prepared.derived_id, i);
  }
  return best;
}

StatusOr<WrittenUnit> Create(Transaction& transaction,
                             const std::string& memory_id, std::string id,
                             PreparedUnit prepared) {
  const StoredMemory& memory = *transaction.FindMemory(memory_id);
  if (transaction.import() != ImportNumber{0}) {
    RETURN_IF_ERROR(KeepBefore(transaction, memory.number,
                               memory.next_unit_number, std::nullopt));
  }
  WrittenUnit written{
      .outcome = WrittenUnit::Outcome::kCreated,
      .texts_added = static_cast<int>(prepared.unit.unit.variants.size())};
  written.entry =
      PutUnit(transaction, memory_id, std::nullopt, std::move(id),
              std::move(prepared.unit.unit), std::move(prepared.analyses));
  return written;
}

// Variants of `after` that `before` has not, by language and segment.
int CountNewTexts(const Unit& before, const Unit& after) {
  std::vector<const Variant*> old;
  for (const Variant& variant : before.variants) old.push_back(&variant);
  int count = 0;
  for (const Variant& variant : after.variants) {
    const auto same = std::ranges::find_if(old, [&](const Variant* other) {
      return other->language == variant.language &&
             other->segment == variant.segment;
    });
    if (same == old.end()) {
      ++count;
    } else {
      old.erase(same);
    }
  }
  return count;
}

// Merges `added` into `unit`, which is as `stored`; whether its notes and
// properties had to be left out. Fails with kInvalidArgument where the merged
// unit breaks a limit.
StatusOr<bool> MergeWithin(const NewUnit& added, WriteMode mode,
                           const Unit& stored, Unit& unit) {
  MergeUnit(added.unit, mode, unit);
  std::vector<FieldViolation> violations;
  ValidateUnit(unit, "unit.", violations);
  if (violations.empty()) return false;
  if (!added.may_lose_metadata) return InvalidFields(std::move(violations));
  Unit bare = added.unit;
  bare.notes.clear();
  bare.properties.clear();
  for (Variant& variant : bare.variants) {
    variant.notes.clear();
    variant.properties.clear();
  }
  unit = stored;
  MergeUnit(bare, mode, unit);
  violations.clear();
  ValidateUnit(unit, "unit.", violations);
  if (!violations.empty()) return InvalidFields(std::move(violations));
  return true;
}

Status ContextLeftOut() {
  return MakeError(StatusCode::kInvalidArgument,
                   "the unit with that text has another document, other "
                   "neighbours or another key",
                   {.reason = "CONTEXT_LEFT_OUT"});
}

// Makes the unit what it was before the import, whose earlier units had only
// taken away what this one brings again.
Status PutBack(Transaction& transaction, const std::string& memory_id,
               const FoundUnit& found, const StoredUnit& once) {
  const MemoryNumber memory = transaction.FindMemory(memory_id)->number;
  RestoreUnit(transaction, memory_id, found, once);
  RETURN_IF_ERROR(RenewBefore(transaction, memory, found.number, once));
  KeepMet(transaction, memory, {found.number, once}, transaction.revision());
  return OkStatus();
}

// Counts by what the unit was before the import: what an earlier unit of it
// took away and this one brings again was never gone.
void CountByBefore(const Unit& added, const Unit& once, const Unit& stored,
                   const Unit& merged, WrittenUnit& written) {
  Unit with_stored = once;
  MergeUnit(stored, WriteMode::kAddVariants, with_stored);
  Unit with_merged = once;
  MergeUnit(merged, WriteMode::kAddVariants, with_merged);
  const int all = written.texts_added;
  written.texts_added = CountNewTexts(with_stored, with_merged);
  written.texts_removed -= all - written.texts_added;
  Unit with_added = once;
  MergeUnit(added, WriteMode::kAddVariants, with_added);
  if (with_added == once) written.outcome = WrittenUnit::Outcome::kUnchanged;
}

// Writes `merged` where the unit was.
StatusOr<WrittenUnit> Replace(Transaction& transaction,
                              const std::string& memory_id, const Unit& added,
                              const Place& place, Unit merged) {
  const FoundUnit& found = *place.found;
  const Unit& stored = found.stored.unit;
  WrittenUnit written{.outcome = WrittenUnit::Outcome::kUpdated,
                      .texts_added = CountNewTexts(stored, merged),
                      .texts_removed = CountNewTexts(merged, stored)};
  if (place.met.has_value() && place.met->unit.has_value() &&
      place.met->revision == found.stored.revision) {
    const StoredUnit& once = *place.met->unit;
    CountByBefore(added, once.unit, stored, merged, written);
    if (merged == once.unit) {
      RETURN_IF_ERROR(PutBack(transaction, memory_id, found, once));
      written.put_back = true;
      written.entry = MakeEntry(memory_id, {found.number, once});
      return written;
    }
  }
  if (transaction.import() != ImportNumber{0}) {
    RETURN_IF_ERROR(KeepBefore(transaction,
                               transaction.FindMemory(memory_id)->number,
                               found.number, found));
  }
  written.entry =
      PutUnit(transaction, memory_id, found, place.id, std::move(merged), {});
  return written;
}

StatusOr<WrittenUnit> Merge(Transaction& transaction,
                            const std::string& memory_id, const NewUnit& added,
                            Place place) {
  const Unit& stored = place.found->stored.unit;
  Unit merged = stored;
  ASSIGN_OR_RETURN(const bool lost_metadata,
                   MergeWithin(added, place.mode, stored, merged));
  const bool lost_context = !HoldsContext(merged, added.unit.origin);
  if (lost_context && !added.may_lose_context) return ContextLeftOut();
  WrittenUnit written{.outcome = WrittenUnit::Outcome::kUnchanged};
  if (merged != stored) {
    ASSIGN_OR_RETURN(written, Replace(transaction, memory_id, added.unit, place,
                                      std::move(merged)));
  } else {
    if (IsOverwritingImport(transaction, added.mode) &&
        !place.met.has_value()) {
      KeepMet(transaction, transaction.FindMemory(memory_id)->number,
              *place.found, place.found->stored.revision);
    }
    written.entry = MakeEntry(memory_id, *std::move(place.found));
  }
  written.lost_metadata = lost_metadata;
  written.lost_context = lost_context;
  return written;
}

// With an id that the caller gave.
StatusOr<WrittenUnit> CreateNamed(Transaction& transaction,
                                  const std::string& memory_id,
                                  PreparedUnit prepared) {
  std::string id = prepared.unit.id;
  ASSIGN_OR_RETURN(
      std::optional<FoundUnit> found,
      FindUnit(transaction, transaction.FindMemory(memory_id)->number, id));
  if (!found.has_value()) {
    return Create(transaction, memory_id, std::move(id), std::move(prepared));
  }
  if (found->stored.unit == prepared.unit.unit) {
    return WrittenUnit{.outcome = WrittenUnit::Outcome::kUnchanged,
                       .entry = MakeEntry(memory_id, *std::move(found))};
  }
  return MakeError(
      StatusCode::kAlreadyExists,
      fmt::format("there is another unit '{}' in memories/{}", id, memory_id),
      {.reason = "UNIT_EXISTS",
       .metadata = {
           {"name", fmt::format("memories/{}/units/{}", memory_id, id)}}});
}

}  // namespace

StatusOr<WrittenUnit> CreateOrMerge(Transaction& transaction,
                                    const std::string& memory_id,
                                    PreparedUnit prepared) {
  if (!prepared.unit.id.empty()) {
    return CreateNamed(transaction, memory_id, std::move(prepared));
  }
  ASSIGN_OR_RETURN(
      Place place,
      FindPlace(transaction, transaction.FindMemory(memory_id)->number,
                prepared));
  if (!place.found.has_value()) {
    return Create(transaction, memory_id, std::move(place.id),
                  std::move(prepared));
  }
  return Merge(transaction, memory_id, prepared.unit, std::move(place));
}

}  // namespace tercet
