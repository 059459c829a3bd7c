// What LookupService's RPCs do: checks the request, asks the domain, fills the
// response. Errors are those of the API, and RESPONSE_TOO_LARGE.
#ifndef TERCET_SERVICE_RPC_LOOKUP_CALLS_H_
#define TERCET_SERVICE_RPC_LOOKUP_CALLS_H_

#include "grpcpp/support/sync_stream.h"
#include "service/base/status.h"
#include "service/base/stop_check.h"
#include "service/memory/database.h"
#include "service/rpc/call.h"
#include "tercet/v1/lookup_service.grpc.pb.h"

namespace tercet {

using LookupStream = grpc::ServerReaderWriter<v1::StreamLookupSegmentsResponse,
                                              v1::LookupSegmentRequest>;

Status LookupSegment(const Database& database,
                     const v1::LookupSegmentRequest& request,
                     const StopCheck& stop,
                     v1::LookupSegmentResponse& response);
Status BatchLookupSegments(const Database& database,
                           const v1::BatchLookupSegmentsRequest& request,
                           const StopCheck& stop,
                           v1::BatchLookupSegmentsResponse& response);
Status StreamLookupSegments(const Database& database, Call& call,
                            LookupStream& stream);
Status LookupExact(const Database& database,
                   const v1::LookupExactRequest& request,
                   v1::LookupExactResponse& response);
Status SearchUnits(const Database& database,
                   const v1::SearchUnitsRequest& request, const StopCheck& stop,
                   v1::SearchUnitsResponse& response);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_LOOKUP_CALLS_H_
