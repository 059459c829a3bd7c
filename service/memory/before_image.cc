#include "service/memory/before_image.h"

#include <algorithm>
#include <string>
#include <utility>

#include "service/store/import_records.h"

namespace tercet {
namespace {

constexpr size_t kMaxImportsOfUnit = 16;

// The last of an image's imports where its own import has only met the unit, or
// has put it back. No import has this number.
constexpr ImportNumber kOnlyMet{0};

StatusOr<std::optional<StoredBefore>> FindBefore(const Transaction& transaction,
                                                 const std::string& key) {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                   transaction.Get(key));
  if (!bytes.has_value()) return std::nullopt;
  ASSIGN_OR_RETURN(StoredBefore before, DecodeBefore(*bytes));
  return before;
}

// Lets the image of the import that wrote `state` last say that it left the
// unit with the revision `to`, where it says `from`.
Status ChangeRevisionLeft(Transaction& transaction, MemoryNumber memory,
                          UnitNumber number, const StoredUnit& state,
                          Revision from, Revision to) {
  if (state.imports.empty()) return OkStatus();
  const std::string key = BeforeKey(memory, state.imports.back(), number);
  ASSIGN_OR_RETURN(std::optional<StoredBefore> before,
                   FindBefore(transaction, key));
  if (!before.has_value() || before->revision != from) return OkStatus();
  before->revision = to;
  transaction.Put(key, EncodeBefore(*before));
  return OkStatus();
}

}  // namespace

StatusOr<std::optional<StoredBefore>> FindBefore(const Transaction& transaction,
                                                 MemoryNumber memory,
                                                 ImportNumber import,
                                                 UnitNumber number) {
  ASSIGN_OR_RETURN(std::optional<StoredBefore> before,
                   FindBefore(transaction, BeforeKey(memory, import, number)));
  if (before.has_value() && IsUntouched(*before)) {
    before->unit->imports.pop_back();
  }
  return before;
}

void KeepMet(Transaction& transaction, MemoryNumber memory,
             const FoundUnit& found, Revision now) {
  StoredBefore met{now, found.stored};
  met.unit->imports.push_back(kOnlyMet);
  transaction.Put(BeforeKey(memory, transaction.import(), found.number),
                  EncodeBefore(met));
}

bool IsUntouched(const StoredBefore& before) {
  return before.unit.has_value() && !before.unit->imports.empty() &&
         before.unit->imports.back() == kOnlyMet;
}

Status KeepBefore(Transaction& transaction, MemoryNumber memory,
                  UnitNumber number, const std::optional<FoundUnit>& found) {
  const std::string key = BeforeKey(memory, transaction.import(), number);
  StoredBefore before{.revision = transaction.revision()};
  if (found.has_value()) {
    ASSIGN_OR_RETURN(std::optional<StoredBefore> own,
                     FindBefore(transaction, key));
    const bool only_met = own.has_value() && IsUntouched(*own);
    if (own.has_value() && own->revision == found->stored.revision) {
      before.unit = std::move(own->unit);
      if (only_met) {
        before.unit->imports.pop_back();
        // Where it had been put back: that is over.
        RETURN_IF_ERROR(ChangeRevisionLeft(transaction, memory, number,
                                           *before.unit, own->revision,
                                           before.unit->revision));
      }
    } else {
      // What others did between two touches of the import must not be undone.
      if (own.has_value() && !only_met) {
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
  return ChangeRevisionLeft(transaction, memory, number, restored,
                            restored.revision, transaction.revision());
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
