// The entries of a t5memory memory one by one: `entry`, `getentry` and
// `entrydelete`, and how each is written.
#ifndef TERCET_SERVICE_HTTP_T5MEMORY_ENTRY_H_
#define TERCET_SERVICE_HTTP_T5MEMORY_ENTRY_H_

#include <string>

#include "nlohmann/json.hpp"
#include "service/base/status.h"
#include "service/http/rpc.h"
#include "service/http/t5memory_keys.h"
#include "tercet/v1/resources.pb.h"

namespace tercet::http {

// A pair of texts of a unit as t5memory writes it, in a search and before what
// a match adds, with a key of `keys`.
nlohmann::ordered_json T5memoryEntry(T5memoryKeys& keys, const v1::Unit& unit,
                                     const v1::Variant& source,
                                     const v1::Variant& target);

// The answers to the bodies of `entry`, `getentry` and `entrydelete` in a
// memory, an id. `entry` answers with what was sent, which the client compares,
// and its key. The others fail with kNotFound, reason UNIT_NOT_FOUND, when no
// entry has the key any more; `getentry` of 7:1, by which clients have a memory
// loaded, gives the first entry there is.
StatusOr<nlohmann::ordered_json> SaveT5memoryEntry(const RpcClient& rpc,
                                                   T5memoryKeys& keys,
                                                   const std::string& memory,
                                                   nlohmann::ordered_json body);
StatusOr<nlohmann::ordered_json> GetT5memoryEntry(
    const RpcClient& rpc, T5memoryKeys& keys, const std::string& memory,
    const nlohmann::ordered_json& body);
StatusOr<nlohmann::ordered_json> DeleteT5memoryEntry(
    const RpcClient& rpc, const T5memoryKeys& keys, const std::string& memory,
    const nlohmann::ordered_json& body);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_T5MEMORY_ENTRY_H_
