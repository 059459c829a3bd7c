// Lookups over one view. Pure reads; thread-safe.
#ifndef TERCET_SERVICE_MEMORY_LOOKUP_H_
#define TERCET_SERVICE_MEMORY_LOOKUP_H_

#include <memory>
#include <string_view>
#include <vector>

#include "service/base/stop_check.h"
#include "service/memory/types.h"
#include "service/memory/view.h"
#include "service/store/key_value_store.h"

namespace tercet {

// A view and the store that its snapshot is of, and which memories to look in.
struct LookupScope {
  const KeyValueStore& store;
  const View& view;
  std::vector<const MemoryState*> memories;
};

// As Database::Lookup.
StatusOr<std::vector<Match>> FindMatches(const LookupScope& scope,
                                         const LookupQuery& query,
                                         const StopCheck& stop);

// As Database::LookupExact.
StatusOr<Page<Match>> FindExact(const LookupScope& scope,
                                const LookupQuery& query,
                                const PageRequest& page);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_LOOKUP_H_
