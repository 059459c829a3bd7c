// One moment of the whole database: what a read sees. Immutable.
#ifndef TERCET_SERVICE_MEMORY_VIEW_H_
#define TERCET_SERVICE_MEMORY_VIEW_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "service/memory/language_indexes.h"
#include "service/store/key_value_store.h"
#include "service/store/records.h"

namespace tercet {

// A memory: its record and what it is looked up by.
struct MemoryState {
  StoredMemory record;
  // False while the index is being rebuilt: `indexes` is then empty, and
  // lookups go through the records.
  bool is_indexed = true;
  LanguageIndexes indexes;
};

// All memories by id, and the store as it was then. Parts are shared between
// views; whoever holds a view keeps its parts alive.
struct View {
  std::shared_ptr<const Snapshot> snapshot;
  Revision revision{};
  // Entries of the change log since the snapshot of the index from which the
  // database was opened.
  uint64_t change_count = 0;
  std::map<std::string, std::shared_ptr<const MemoryState>, std::less<>>
      memories;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_VIEW_H_
