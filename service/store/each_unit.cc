#include "service/store/each_unit.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tercet {

Status ForEachUnit(const KeyValueStore& store, const Snapshot* snapshot,
                   MemoryNumber memory,
                   const std::function<Status(UnitNumber, StoredUnit)>& use) {
  const std::string prefix = UnitKeyPrefix(memory);
  const auto walk = store.NewIterator(snapshot);
  for (walk->Seek(prefix); walk->Valid() && walk->key().starts_with(prefix);
       walk->Next()) {
    const std::optional<ParsedUnitKey> key = ParseUnitKey(walk->key());
    if (!key.has_value()) continue;
    ASSIGN_OR_RETURN(StoredUnit unit, DecodeUnit(walk->value()));
    RETURN_IF_ERROR(use(key->unit, std::move(unit)));
  }
  return walk->status();
}

}  // namespace tercet
