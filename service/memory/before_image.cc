#include "service/memory/before_image.h"

#include <algorithm>
#include <string>

#include "service/store/import_records.h"

namespace tercet {
namespace {

constexpr size_t kMaxImportsOfUnit = 16;

// No unit has it.
constexpr Revision kChangedByOthers{0};

}  // namespace

Status KeepBefore(Transaction& transaction, MemoryNumber memory,
                  UnitNumber number, const std::optional<FoundUnit>& found) {
  const std::string key = BeforeKey(memory, transaction.import(), number);
  StoredBefore before{.revision = transaction.revision()};
  if (found.has_value()) {
    ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                     transaction.Get(key));
    if (bytes.has_value()) {
      const Revision now = before.revision;
      ASSIGN_OR_RETURN(before, DecodeBefore(*bytes));
      // What others did between two touches of the import must not be undone.
      before.revision =
          before.revision == found->stored.revision ? now : kChangedByOthers;
    } else {
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
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                   transaction.Get(key));
  if (!bytes.has_value()) return OkStatus();
  ASSIGN_OR_RETURN(StoredBefore before, DecodeBefore(*bytes));
  if (before.revision != restored.revision) return OkStatus();
  before.revision = transaction.revision();
  transaction.Put(key, EncodeBefore(before));
  return OkStatus();
}

void AddImport(ImportNumber import, std::vector<ImportNumber>& imports) {
  std::erase(imports, import);
  if (imports.size() == kMaxImportsOfUnit) imports.erase(imports.begin() + 1);
  imports.push_back(import);
}

}  // namespace tercet
