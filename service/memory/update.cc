#include "service/memory/update.h"

#include <fmt/format.h>

#include <utility>

#include "service/base/bytes.h"
#include "service/base/utf8.h"
#include "service/model/limits.h"

namespace tercet {
namespace {

constexpr std::string_view kIdRule =
    "must be 1 to 63 of a-z, 0-9 and '-', with no '-' at either end";

void CheckId(std::string_view field, std::string_view id,
             std::vector<FieldViolation>& violations) {
  if (!IsValidId(id)) {
    violations.push_back({std::string(field), std::string(kIdRule)});
  }
}

Status Verdict(std::vector<FieldViolation> violations) {
  return violations.empty() ? OkStatus() : InvalidFields(std::move(violations));
}

}  // namespace

Status CheckMemoryFields(std::string_view id, const MemoryFields& fields) {
  std::vector<FieldViolation> violations;
  CheckId("memory_id", id, violations);
  if (fields.display_name.has_value() &&
      fields.display_name->size() > kMaxNameBytes) {
    violations.push_back(
        {"memory.display_name",
         fmt::format("has {} bytes; the most is {}",
                     fields.display_name->size(), kMaxNameBytes)});
  }
  if (fields.display_name.has_value() && !IsValidUtf8(*fields.display_name)) {
    violations.push_back({"memory.display_name", "is not valid UTF-8"});
  }
  if (fields.penalty.has_value() &&
      (*fields.penalty < 0 || *fields.penalty > kMaxMemoryPenalty)) {
    violations.push_back(
        {"memory.penalty", fmt::format("is {}; it must be 0 to {}",
                                       *fields.penalty, kMaxMemoryPenalty)});
  }
  return Verdict(std::move(violations));
}

Status CheckBatch(std::string_view memory_id, size_t unit_count) {
  std::vector<FieldViolation> violations;
  CheckId("memory_id", memory_id, violations);
  if (unit_count > kMaxBatchSize) {
    violations.push_back(
        {"requests", fmt::format("has {} entries; the most is {}", unit_count,
                                 kMaxBatchSize)});
  }
  return Verdict(std::move(violations));
}

void CheckNewUnit(const NewUnit& unit, std::string_view path,
                  std::vector<FieldViolation>& violations) {
  if (!unit.id.empty()) {
    CheckId(fmt::format("{}unit_id", path), unit.id, violations);
  }
  ValidateUnit(unit.unit, fmt::format("{}unit.", path), violations);
}

Status CheckEtag(std::string_view etag, Revision revision) {
  if (etag.empty() || etag == MakeEtag(revision)) return OkStatus();
  return MakeError(
      StatusCode::kAborted,
      fmt::format("the etag is '{}', not '{}': somebody changed it since; "
                  "read it again and decide anew",
                  MakeEtag(revision), etag),
      {.reason = "ETAG_MISMATCH", .metadata = {{"etag", MakeEtag(revision)}}});
}

StatusOr<StoredMemory> CreateMemory(Transaction& transaction,
                                    std::string_view id,
                                    const MemoryFields& fields) {
  if (transaction.FindMemory(id) != nullptr) {
    return MakeError(StatusCode::kAlreadyExists,
                     fmt::format("there is a memory '{}' already", id),
                     {.reason = "MEMORY_EXISTS",
                      .metadata = {{"name", fmt::format("memories/{}", id)}}});
  }
  ASSIGN_OR_RETURN(const std::optional<std::string> next,
                   transaction.Get(kNextMemoryNumberKey));
  const uint32_t number =
      next.has_value() ? ByteReader(*next).ReadU32().value_or(1) : 1;
  std::string after;
  AppendU32(after, number + 1);
  transaction.Put(std::string(kNextMemoryNumberKey), std::move(after));
  StoredMemory memory{.id = std::string(id),
                      .number = MemoryNumber{number},
                      .create_micros = transaction.now_micros(),
                      .next_unit_number = UnitNumber{1}};
  SetMemoryFields(transaction, fields, memory);
  return memory;
}

Status EnsureMemory(Transaction& transaction, const std::string& memory_id) {
  if (transaction.FindMemory(memory_id) != nullptr) return OkStatus();
  return CreateMemory(transaction, memory_id, {}).status();
}

void SetMemoryFields(Transaction& transaction, const MemoryFields& fields,
                     StoredMemory& memory) {
  if (fields.display_name.has_value()) {
    memory.display_name = *fields.display_name;
  }
  if (fields.penalty.has_value()) memory.penalty = *fields.penalty;
  memory.update_micros = transaction.now_micros();
  memory.revision = transaction.revision();
  transaction.PutMemory(memory);
}

void CopyFields(const UnitUpdate& update, Unit& unit) {
  for (const UnitField field : update.fields) {
    switch (field) {
      case UnitField::kVariants:
        unit.variants = update.unit.variants;
        break;
      case UnitField::kSourceLanguage:
        unit.source_language = update.unit.source_language;
        break;
      case UnitField::kOrigin:
        unit.origin = update.unit.origin;
        break;
      case UnitField::kState:
        unit.state = update.unit.state;
        break;
      case UnitField::kExternalId:
        unit.external_id = update.unit.external_id;
        break;
      case UnitField::kUsageCount:
        unit.usage_count = update.unit.usage_count;
        break;
      case UnitField::kAttribution:
        unit.attribution = update.unit.attribution;
        break;
      case UnitField::kNotes:
        unit.notes = update.unit.notes;
        break;
      case UnitField::kProperties:
        unit.properties = update.unit.properties;
        break;
    }
  }
}

StatusOr<UnitEntry> PutChecked(Transaction& transaction,
                               const std::string& memory_id,
                               const std::optional<FoundUnit>& before,
                               std::string id, Unit unit) {
  std::vector<FieldViolation> violations;
  CheckId("unit.name", id, violations);
  ValidateUnit(unit, "unit.", violations);
  RETURN_IF_ERROR(Verdict(std::move(violations)));
  if (unit.state == UnitState::kUnspecified) {
    unit.state = UnitState::kConfirmed;
  }
  if (before.has_value() && before->stored.unit == unit) {
    return MakeEntry(memory_id, *before);
  }
  return PutUnit(transaction, memory_id, before, std::move(id), std::move(unit),
                 {});
}

}  // namespace tercet
