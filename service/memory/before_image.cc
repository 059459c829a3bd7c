#include "service/memory/before_image.h"

#include <algorithm>
#include <string>
#include <utility>

#include "service/store/import_records.h"

namespace tercet {
namespace {

constexpr size_t kMaxImportsOfUnit = 16;

StatusOr<std::optional<StoredBefore>> FindBefore(const Transaction& transaction,
                                                 const std::string& key) {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                   transaction.Get(key));
  if (!bytes.has_value()) return std::nullopt;
  ASSIGN_OR_RETURN(StoredBefore before, DecodeBefore(*bytes));
  return before;
}

}  // namespace

StatusOr<std::optional<StoredBefore>> FindBefore(const Transaction& transaction,
                                                 MemoryNumber memory,
                                                 ImportNumber import,
                                                 UnitNumber number) {
  return FindBefore(transaction, BeforeKey(memory, import, number));
}

void KeepMet(Transaction& transaction, MemoryNumber memory,
             const FoundUnit& found) {
  transaction.Put(BeforeKey(memory, transaction.import(), found.number),
                  EncodeBefore({found.stored.revision, found.stored}));
}

bool IsUntouched(const StoredBefore& before) {
  return before.unit.has_value() && before.unit->revision == before.revision;
}

Status KeepBefore(Transaction& transaction, MemoryNumber memory,
                  UnitNumber number, const std::optional<FoundUnit>& found) {
  const std::string key = BeforeKey(memory, transaction.import(), number);
  StoredBefore before{.revision = transaction.revision()};
  if (found.has_value()) {
    ASSIGN_OR_RETURN(std::optional<StoredBefore> own,
                     FindBefore(transaction, key));
    if (own.has_value() && own->revision == found->stored.revision) {
      before.unit = std::move(own->unit);
    } else {
      // What others did between two touches of the import must not be undone.
      if (own.has_value()) {
        RETURN_IF_ERROR(
            PassOnBefore(transaction, memory, *found, *own).status());
      }
      before.unit = found->stored;
    }
  }
  transaction.Put(key, EncodeBefore(before));
  return OkStatus();
}

Status RenewBefore(Transaction& transaction, MemoryNumber memory,
                   UnitNumber number, const StoredUnit& restored) {
  if (restored.imports.empty()) return OkStatus();
  const std::string key = BeforeKey(memory, restored.imports.back(), number);
  ASSIGN_OR_RETURN(std::optional<StoredBefore> before,
                   FindBefore(transaction, key));
  if (!before.has_value() || before->revision != restored.revision) {
    return OkStatus();
  }
  before->revision = transaction.revision();
  transaction.Put(key, EncodeBefore(*before));
  return OkStatus();
}

StatusOr<std::optional<ImportNumber>> FindNextImport(
    const Transaction& transaction, MemoryNumber memory, const FoundUnit& now,
    Revision revision) {
  StoredUnit state = now.stored;
  while (!state.imports.empty()) {
    const ImportNumber import = state.imports.back();
    ASSIGN_OR_RETURN(
        std::optional<StoredBefore> before,
        FindBefore(transaction, BeforeKey(memory, import, now.number)));
    if (!before.has_value() || !before->unit.has_value()) return std::nullopt;
    if (before->unit->revision == revision) return import;
    // An import that touched the unit twice has only the later image, which is
    // no way down from what it left the first time.
    if (before->unit->revision >= state.revision) return std::nullopt;
    state = *std::move(before->unit);
  }
  return std::nullopt;
}

StatusOr<std::optional<ImportNumber>> PassOnBefore(Transaction& transaction,
                                                   MemoryNumber memory,
                                                   const FoundUnit& now,
                                                   const StoredBefore& before) {
  ASSIGN_OR_RETURN(const std::optional<ImportNumber> next,
                   FindNextImport(transaction, memory, now, before.revision));
  if (!next.has_value()) return std::nullopt;
  const std::string key = BeforeKey(memory, *next, now.number);
  ASSIGN_OR_RETURN(std::optional<StoredBefore> image,
                   FindBefore(transaction, key));
  if (!image.has_value()) return std::nullopt;
  transaction.Put(key, EncodeBefore({image->revision, before.unit}));
  return next;
}

void AddImport(ImportNumber import, std::vector<ImportNumber>& imports) {
  std::erase(imports, import);
  if (imports.size() == kMaxImportsOfUnit) imports.erase(imports.begin() + 1);
  imports.push_back(import);
}

}  // namespace tercet
