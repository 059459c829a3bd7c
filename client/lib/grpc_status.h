// From what gRPC reports to our Status, with the details the server sent.
#ifndef TERCET_CLIENT_LIB_GRPC_STATUS_H_
#define TERCET_CLIENT_LIB_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "service/base/status.h"

namespace tercet::client {

// The reason of an UNAVAILABLE that no server sent: nobody answered at all.
inline constexpr char kNoServer[] = "NO_SERVER";

// The reason of an UNAVAILABLE that ended a call that had reached a server.
inline constexpr char kConnectionLost[] = "CONNECTION_LOST";

// Decodes the trailer `grpc-status-details-bin` (tercet.v1.ErrorStatus). An
// error that has none, because it was not made by a Tercet server, gets one of
// the reasons above or its code's name, e.g. `DEADLINE_EXCEEDED`.
Status FromGrpcStatus(const grpc::Status& status);

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_GRPC_STATUS_H_
