// Units into a transaction: the record and everything derived from it, which
// are its id, its exact keys, its index entries, the counts and the log.
#ifndef TERCET_SERVICE_MEMORY_UNIT_WRITER_H_
#define TERCET_SERVICE_MEMORY_UNIT_WRITER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/memory/transaction.h"
#include "service/memory/types.h"

namespace tercet {

// What the index needs of a variant; slow to make, so made before the writer's
// turn comes.
struct VariantAnalysis {
  std::string language;  // Base language.
  uint64_t text_hash = 0;
  std::vector<uint32_t> stems;
  SegmentPrint print;  // Of the text alone.
};

VariantAnalysis AnalyzeVariant(const Variant& variant);

// The variant for the index. `unit` is the one that it is in.
IndexedSegment MakeIndexedSegment(const SegmentRef& ref, const Unit& unit,
                                  VariantAnalysis analysis);

// A unit that is ready to be written: valid and analysed.
struct PreparedUnit {
  NewUnit unit;
  std::string derived_id;  // From language, text and codes of its source.
  std::vector<VariantAnalysis> analyses;  // One for each variant.
};

// The id of a unit without one: of language, text and codes of its source.
std::string DeriveId(const Unit& unit);

// REQUIRES: unit is valid.
PreparedUnit PrepareUnit(NewUnit unit);

// A unit found in the store.
struct FoundUnit {
  UnitNumber number{};
  StoredUnit stored;
};

// The unit with this id; nullopt when there is none.
StatusOr<std::optional<FoundUnit>> FindUnit(const Transaction& transaction,
                                            MemoryNumber memory,
                                            std::string_view unit_id);

// The unit with this number, likewise.
StatusOr<std::optional<FoundUnit>> FindUnit(const Transaction& transaction,
                                            MemoryNumber memory,
                                            UnitNumber number);

// Replaces `before` (nullopt: nothing) by `after`, whose times and revision it
// sets. `analyses` may be empty: then it makes them.
UnitEntry PutUnit(Transaction& transaction, const std::string& memory_id,
                  const std::optional<FoundUnit>& before, std::string id,
                  Unit after, std::vector<VariantAnalysis> analyses);

// Replaces `found` by the unit as it once was, times included; only its
// revision is new.
void RestoreUnit(Transaction& transaction, const std::string& memory_id,
                 const FoundUnit& found, StoredUnit once);

void DeleteUnit(Transaction& transaction, const std::string& memory_id,
                const FoundUnit& found);

// A stored unit as callers see it.
UnitEntry MakeEntry(std::string_view memory_id, FoundUnit found);

std::string MakeEtag(Revision revision);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_UNIT_WRITER_H_
