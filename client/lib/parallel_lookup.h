// Looks up many segments, over several streams at once.
#ifndef TERCET_CLIENT_LIB_PARALLEL_LOOKUP_H_
#define TERCET_CLIENT_LIB_PARALLEL_LOOKUP_H_

#include <span>
#include <vector>

#include "client/lib/client.h"
#include "service/base/status.h"
#include "tercet/v1/lookup_service.pb.h"

namespace tercet::client {

// The answers to `requests`, in their order. One that is wrong in itself has
// `error` set, with the code INVALID_ARGUMENT; what would fail for other
// segments too, such as a memory that does not exist, is returned. Waits for
// all.
StatusOr<std::vector<v1::StreamLookupSegmentsResponse>> LookUpAll(
    Client& client, std::span<const v1::LookupSegmentRequest> requests);

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_PARALLEL_LOOKUP_H_
