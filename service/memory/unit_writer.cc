#include "service/memory/unit_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "service/base/bytes.h"
#include "service/base/hash.h"
#include "service/memory/before_image.h"
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

// Whether it is what an export of ours writes for a unit without an identifier:
// its id, which is the derived one, or that with `-2`, `-3` and so on.
bool IsOwnId(std::string_view external_id, std::string_view derived_id) {
  if (!external_id.starts_with(derived_id)) return false;
  external_id.remove_prefix(derived_id.size());
  if (external_id.empty()) return true;
  return external_id.size() > 1 && external_id.front() == '-' &&
         std::ranges::all_of(external_id.substr(1),
                             [](char c) { return c >= '0' && c <= '9'; });
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

}  // namespace

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
  std::string& external_id = prepared.unit.unit.external_id;
  if (IsOwnId(external_id, prepared.derived_id)) external_id.clear();
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
