#include "service/memory/unit_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "service/base/bytes.h"
#include "service/base/hash.h"
#include "service/memory/before_image.h"
#include "service/memory/merge.h"
#include "service/text/analysis.h"
#include "service/text/language.h"

namespace tercet {
namespace {

// 26 characters of [a-z2-7], which an id may hold.
std::string Base32(const Hash128& hash) {
  static constexpr std::string_view kDigits =
      "abcdefghijklmnopqrstuvwxyz234567";
  std::string text;
  uint64_t high = hash.high;
  uint64_t low = hash.low;
  for (int i = 0; i < 26; ++i) {
    text.push_back(kDigits[low & 31]);
    low = (low >> 5) | (high << 59);
    high >>= 5;
  }
  return text;
}

// DO NOT CHANGE: ids are stored and known outside.
std::string DeriveId(const Unit& unit) {
  const Variant& source = SourceVariant(unit);
  const Language language = ResolveLanguage(source.language);
  std::string bytes;
  AppendPrefixed(bytes, language.base);
  AppendPrefixed(bytes, language.script);
  AppendPrefixed(bytes, language.region);
  AppendU64(bytes, HashText(source.segment.text));
  for (const InlineCode& code : source.segment.codes) {
    AppendU32(bytes, static_cast<uint32_t>(code.kind));
    AppendU32(bytes, code.offset);
    AppendPrefixed(bytes, code.content);
  }
  return Base32(HashBytes128(bytes));
}

std::vector<VariantAnalysis> AnalyzeVariants(const Unit& unit) {
  std::vector<VariantAnalysis> analyses;
  for (const Variant& variant : unit.variants) {
    analyses.push_back(AnalyzeVariant(variant));
  }
  return analyses;
}

std::string EncodeNumber(UnitNumber number) {
  std::string bytes;
  AppendU64(bytes, static_cast<uint64_t>(number));
  return bytes;
}

// Takes everything derived from a unit out of the transaction's world.
void RemoveDerived(Transaction& transaction, StoredMemory& memory,
                   const FoundUnit& found) {
  uint32_t place = 0;
  for (const Variant& variant : found.stored.unit.variants) {
    transaction.RemoveSegment(memory.id, ResolveLanguage(variant.language).base,
                              {found.number, place++});
    transaction.Delete(
        ExactKey(memory.number, HashText(variant.segment.text), found.number));
    const auto count = memory.language_counts.find(variant.language.code());
    if (count != memory.language_counts.end() && --count->second == 0) {
      memory.language_counts.erase(count);
    }
  }
  --memory.unit_count;
}

void AddDerived(Transaction& transaction, StoredMemory& memory,
                UnitNumber number, const Unit& unit,
                std::vector<VariantAnalysis> analyses) {
  uint32_t place = 0;
  for (VariantAnalysis& analysis : analyses) {
    const std::string& code = unit.variants[place].language.code();
    transaction.Put(ExactKey(memory.number, analysis.text_hash, number), "");
    const std::string language = analysis.language;
    transaction.AddSegment(
        memory.id, language,
        MakeIndexedSegment({number, place++}, unit, std::move(analysis)));
    ++memory.language_counts[code];
  }
  ++memory.unit_count;
}

// Replaces `before` by `stored`, with all that is derived from them.
UnitEntry Store(Transaction& transaction, const std::string& memory_id,
                const std::optional<FoundUnit>& before, StoredUnit stored,
                std::vector<VariantAnalysis> analyses) {
  StoredMemory& memory = transaction.ChangeMemory(memory_id);
  UnitNumber number = memory.next_unit_number;
  if (before.has_value()) {
    number = before->number;
    RemoveDerived(transaction, memory, *before);
  } else {
    memory.next_unit_number = UnitNumber{static_cast<uint64_t>(number) + 1};
    transaction.Put(UnitIdKey(memory.number, stored.id), EncodeNumber(number));
  }
  if (analyses.empty()) analyses = AnalyzeVariants(stored.unit);
  AddDerived(transaction, memory, number, stored.unit, std::move(analyses));
  transaction.Put(UnitKey(memory.number, number), EncodeUnit(stored));
  transaction.Log({memory.number, number, StoredChange::Kind::kPut,
                   transaction.now_micros()});
  return MakeEntry(memory_id, {number, std::move(stored)});
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
StatusOr<bool> MergeWithin(const NewUnit& added, const Unit& stored,
                           Unit& unit) {
  MergeUnit(added.unit, added.mode, unit);
  std::vector<FieldViolation> violations;
  ValidateUnit(unit, "unit.", violations);
  if (violations.empty()) return false;
  if (!added.may_lose_metadata) return InvalidFields(std::move(violations));
  Unit bare = added.unit;
  bare.notes.clear();
  bare.properties.clear();
  unit = stored;
  MergeUnit(bare, added.mode, unit);
  violations.clear();
  ValidateUnit(unit, "unit.", violations);
  if (!violations.empty()) return InvalidFields(std::move(violations));
  return true;
}

}  // namespace

VariantAnalysis AnalyzeVariant(const Variant& variant) {
  VariantAnalysis result{.language = ResolveLanguage(variant.language).base};
  Analysis analysis = Analyze(variant.segment, result.language);
  result.text_hash = analysis.text_hash;
  result.print = PrintOf(analysis);
  result.stems = std::move(analysis.stems);
  return result;
}

IndexedSegment MakeIndexedSegment(const SegmentRef& ref, const Unit& unit,
                                  VariantAnalysis analysis) {
  analysis.print.context = ContextPrint(unit.origin);
  if (const auto penalty = StatePenalty(unit.state)) {
    analysis.print.penalty = static_cast<uint8_t>(penalty->points);
  }
  return {ref, std::move(analysis.stems), analysis.print};
}

PreparedUnit PrepareUnit(NewUnit unit) {
  if (unit.unit.state == UnitState::kUnspecified) {
    unit.unit.state = UnitState::kConfirmed;
  }
  PreparedUnit prepared{.unit = std::move(unit)};
  prepared.derived_id = DeriveId(prepared.unit.unit);
  // What an export of ours writes for a unit without one.
  std::string& external_id = prepared.unit.unit.external_id;
  if (external_id == prepared.derived_id) external_id.clear();
  prepared.analyses = AnalyzeVariants(prepared.unit.unit);
  return prepared;
}

StatusOr<std::optional<FoundUnit>> FindUnit(const Transaction& transaction,
                                            MemoryNumber memory,
                                            std::string_view unit_id) {
  ASSIGN_OR_RETURN(const std::optional<std::string> number_bytes,
                   transaction.Get(UnitIdKey(memory, unit_id)));
  if (!number_bytes.has_value()) return std::nullopt;
  const UnitNumber number{ByteReader(*number_bytes).ReadU64().value_or(0)};
  ASSIGN_OR_RETURN(std::optional<FoundUnit> found,
                   FindUnit(transaction, memory, number));
  if (found.has_value()) return found;
  return MakeError(StatusCode::kDataLoss,
                   fmt::format("unit '{}' has an id but no record", unit_id),
                   {.reason = "STORE_CORRUPT"});
}

StatusOr<std::optional<FoundUnit>> FindUnit(const Transaction& transaction,
                                            MemoryNumber memory,
                                            UnitNumber number) {
  ASSIGN_OR_RETURN(const std::optional<std::string> record,
                   transaction.Get(UnitKey(memory, number)));
  if (!record.has_value()) return std::nullopt;
  ASSIGN_OR_RETURN(StoredUnit stored, DecodeUnit(*record));
  return FoundUnit{number, std::move(stored)};
}

StatusOr<WrittenUnit> CreateOrMerge(Transaction& transaction,
                                    const std::string& memory_id,
                                    PreparedUnit prepared) {
  using Outcome = WrittenUnit::Outcome;
  const MemoryNumber memory = transaction.FindMemory(memory_id)->number;
  const bool derived = prepared.unit.id.empty();
  std::string id = derived ? prepared.derived_id : prepared.unit.id;
  ASSIGN_OR_RETURN(std::optional<FoundUnit> found,
                   FindUnit(transaction, memory, id));
  // A unit keeps its id when its source text is changed; the text it had then
  // gets the next free one.
  for (int i = 2; derived && found.has_value() &&
                  DeriveId(found->stored.unit) != prepared.derived_id;
       ++i) {
    id = fmt::format("{}-{}", prepared.derived_id, i);
    ASSIGN_OR_RETURN(found, FindUnit(transaction, memory, id));
  }
  if (!found.has_value()) {
    if (transaction.import() != ImportNumber{0}) {
      const UnitNumber next =
          transaction.FindMemory(memory_id)->next_unit_number;
      RETURN_IF_ERROR(KeepBefore(transaction, memory, next, std::nullopt));
    }
    WrittenUnit written{
        .outcome = Outcome::kCreated,
        .texts_added = static_cast<int>(prepared.unit.unit.variants.size())};
    written.entry =
        PutUnit(transaction, memory_id, std::nullopt, std::move(id),
                std::move(prepared.unit.unit), std::move(prepared.analyses));
    return written;
  }
  Unit merged = found->stored.unit;
  bool lost_metadata = false;
  if (derived) {
    ASSIGN_OR_RETURN(lost_metadata,
                     MergeWithin(prepared.unit, found->stored.unit, merged));
  } else if (merged != prepared.unit.unit) {
    return MakeError(
        StatusCode::kAlreadyExists,
        fmt::format("there is another unit '{}' in memories/{}", id, memory_id),
        {.reason = "UNIT_EXISTS",
         .metadata = {
             {"name", fmt::format("memories/{}/units/{}", memory_id, id)}}});
  }
  if (merged == found->stored.unit) {
    return WrittenUnit{.outcome = Outcome::kUnchanged,
                       .entry = MakeEntry(memory_id, *std::move(found)),
                       .lost_metadata = lost_metadata};
  }
  if (transaction.import() != ImportNumber{0}) {
    RETURN_IF_ERROR(KeepBefore(transaction, memory, found->number, found));
  }
  const Unit& before = found->stored.unit;
  WrittenUnit written{.outcome = Outcome::kUpdated,
                      .texts_added = CountNewTexts(before, merged),
                      .texts_removed = CountNewTexts(merged, before),
                      .lost_metadata = lost_metadata};
  written.entry =
      PutUnit(transaction, memory_id, found, id, std::move(merged), {});
  return written;
}

UnitEntry PutUnit(Transaction& transaction, const std::string& memory_id,
                  const std::optional<FoundUnit>& before, std::string id,
                  Unit after, std::vector<VariantAnalysis> analyses) {
  StoredUnit stored{.id = std::move(id),
                    .revision = transaction.revision(),
                    .create_micros = transaction.now_micros(),
                    .update_micros = transaction.now_micros(),
                    .unit = std::move(after)};
  if (before.has_value()) {
    stored.create_micros = before->stored.create_micros;
    stored.imports = before->stored.imports;
  }
  if (transaction.import() != ImportNumber{0}) {
    AddImport(transaction.import(), stored.imports);
  }
  return Store(transaction, memory_id, before, std::move(stored),
               std::move(analyses));
}

void RestoreUnit(Transaction& transaction, const std::string& memory_id,
                 const FoundUnit& found, StoredUnit once) {
  once.revision = transaction.revision();
  Store(transaction, memory_id, found, std::move(once), {});
}

void DeleteUnit(Transaction& transaction, const std::string& memory_id,
                const FoundUnit& found) {
  StoredMemory& memory = transaction.ChangeMemory(memory_id);
  RemoveDerived(transaction, memory, found);
  transaction.Delete(UnitKey(memory.number, found.number));
  transaction.Delete(UnitIdKey(memory.number, found.stored.id));
  transaction.Log({memory.number, found.number, StoredChange::Kind::kDelete,
                   transaction.now_micros()});
}

UnitEntry MakeEntry(std::string_view memory_id, FoundUnit found) {
  StoredUnit& stored = found.stored;
  return {.memory_id = std::string(memory_id),
          .id = std::move(stored.id),
          .number = found.number,
          .unit = std::move(stored.unit),
          .create_micros = stored.create_micros,
          .update_micros = stored.update_micros,
          .etag = MakeEtag(stored.revision),
          .imports = std::move(stored.imports)};
}

std::string MakeEtag(Revision revision) {
  return fmt::format("{:x}", static_cast<uint64_t>(revision));
}

}  // namespace tercet
