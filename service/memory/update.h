// Checks and changes that writes are made of.
#ifndef TERCET_SERVICE_MEMORY_UPDATE_H_
#define TERCET_SERVICE_MEMORY_UPDATE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/memory/transaction.h"
#include "service/memory/types.h"
#include "service/memory/unit_writer.h"

namespace tercet {

// kInvalidArgument with every wrong field, paths `memory_id`, `memory.penalty`.
Status CheckMemoryFields(std::string_view id, const MemoryFields& fields);

// kInvalidArgument with every wrong field, paths `requests`, `memory_id`.
Status CheckBatch(std::string_view memory_id, size_t unit_count);

// Appends what is wrong with a new unit; `path` is put before the field names.
void CheckNewUnit(const NewUnit& unit, std::string_view path,
                  std::vector<FieldViolation>& violations);

// kAborted, reason ETAG_MISMATCH, unless `etag` is empty or that of `revision`.
Status CheckEtag(std::string_view etag, Revision revision);

// Fails with kAlreadyExists, reason MEMORY_EXISTS.
StatusOr<StoredMemory> CreateMemory(Transaction& transaction,
                                    std::string_view id,
                                    const MemoryFields& fields);

// Creates the memory where there is none of that name.
Status EnsureMemory(Transaction& transaction, const std::string& memory_id);

// Sets the fields of `memory` and puts it into the transaction.
void SetMemoryFields(Transaction& transaction, const MemoryFields& fields,
                     StoredMemory& memory);

// Copies the fields that `update` names into `unit`.
void CopyFields(const UnitUpdate& update, Unit& unit);

// PutUnit, after seeing that `unit` is valid: kInvalidArgument with every wrong
// field, paths `unit.variants[1].text`. Writes nothing when it changes nothing.
StatusOr<UnitEntry> PutChecked(Transaction& transaction,
                               const std::string& memory_id,
                               const std::optional<FoundUnit>& before,
                               std::string id, Unit unit);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_UPDATE_H_
