// Searches: API messages to domain values and back.
#ifndef TERCET_SERVICE_RPC_CONVERT_SEARCH_H_
#define TERCET_SERVICE_RPC_CONVERT_SEARCH_H_

#include <vector>

#include "google/protobuf/repeated_field.h"
#include "service/memory/types.h"
#include "service/rpc/request_check.h"
#include "tercet/v1/search.pb.h"

namespace tercet {

// The conditions, at most kMaxSearchConditions. Adds all that is wrong with
// them.
std::vector<TextCondition> ConditionsFromApi(
    const google::protobuf::RepeatedPtrField<v1::TextCondition>& conditions,
    RequestCheck& check);

// The query that `request` describes. Adds all that is wrong with it.
SearchQuery QueryFromApi(const v1::SearchUnitsRequest& request,
                         const MemoryScope& scope, RequestCheck& check);

v1::SearchHit ToApi(const SearchHit& hit);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CONVERT_SEARCH_H_
