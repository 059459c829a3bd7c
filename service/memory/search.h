// Concordance: the units whose texts have a phrase, over one view. A pure read;
// thread-safe.
#ifndef TERCET_SERVICE_MEMORY_SEARCH_H_
#define TERCET_SERVICE_MEMORY_SEARCH_H_

#include "service/base/stop_check.h"
#include "service/memory/lookup.h"
#include "service/memory/types.h"

namespace tercet {

// As Database::Search.
StatusOr<Page<SearchHit>> SearchUnits(const LookupScope& scope,
                                      const SearchQuery& query,
                                      const PageRequest& page,
                                      const StopCheck& stop);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_SEARCH_H_
