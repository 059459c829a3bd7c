// gRPC's own log, which would go to stderr in a format of its own.
#ifndef TERCET_SERVICE_SERVER_GRPC_LOG_H_
#define TERCET_SERVICE_SERVER_GRPC_LOG_H_

#include "service/ops/log.h"

namespace tercet {

// From now on gRPC's messages become events `grpc` for debugging: what it calls
// errors (a port in use, a client that breaks off) are none of the server, or
// we report them ourselves. `logger` must outlive every use of gRPC.
void SendGrpcLogTo(Logger& logger);

}  // namespace tercet

#endif  // TERCET_SERVICE_SERVER_GRPC_LOG_H_
