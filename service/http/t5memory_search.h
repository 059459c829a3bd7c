// The searches of t5memory: `search` (by texts, document, author, time) and the
// older `concordancesearch` (one text).
#ifndef TERCET_SERVICE_HTTP_T5MEMORY_SEARCH_H_
#define TERCET_SERVICE_HTTP_T5MEMORY_SEARCH_H_

#include <string>

#include "nlohmann/json.hpp"
#include "service/base/status.h"
#include "service/http/rpc.h"
#include "service/http/t5memory_keys.h"

namespace tercet::http {

// The answers to the bodies of `search` and `concordancesearch` in a memory,
// an id.
StatusOr<nlohmann::ordered_json> SearchT5memory(
    const RpcClient& rpc, T5memoryKeys& keys, const std::string& memory,
    const nlohmann::ordered_json& body);
StatusOr<nlohmann::ordered_json> SearchT5memoryConcordance(
    const RpcClient& rpc, T5memoryKeys& keys, const std::string& memory,
    const nlohmann::ordered_json& body);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_T5MEMORY_SEARCH_H_
