// Filters: API messages to domain values.
#ifndef TERCET_SERVICE_RPC_CONVERT_FILTER_H_
#define TERCET_SERVICE_RPC_CONVERT_FILTER_H_

#include <string_view>

#include "service/memory/unit_filter.h"
#include "service/rpc/names.h"
#include "service/rpc/request_check.h"
#include "tercet/v1/filters.pb.h"

namespace tercet {

// The filter of a read that asks `scope`. Adds all that is wrong with it, with
// `path` (e.g. "filter.") before the field names.
UnitFilter FilterFromApi(const v1::UnitFilter& from, const MemoryScope& scope,
                         std::string_view path, RequestCheck& check);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CONVERT_FILTER_H_
