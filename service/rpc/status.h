// Errors on the wire: the domain's Status as gRPC's, with google.rpc details.
#ifndef TERCET_SERVICE_RPC_STATUS_H_
#define TERCET_SERVICE_RPC_STATUS_H_

#include "grpcpp/support/status.h"
#include "service/base/status.h"
#include "tercet/v1/errors.pb.h"

namespace tercet {

// What a status becomes on the wire. gRPC refuses trailers of more than 8 KiB,
// so a long message or value is cut, at a character, and ends in "..."; of many
// violations the first stay, and the metadata `violations_omitted` counts the
// others. REQUIRES: !status.ok().
v1::ErrorStatus ToErrorStatus(const Status& status);

// The status for gRPC, with the error status in its binary details.
grpc::Status ToGrpcStatus(const Status& status);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_STATUS_H_
