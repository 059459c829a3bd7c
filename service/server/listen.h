// Why a server cannot listen: gRPC does not say.
#ifndef TERCET_SERVICE_SERVER_LISTEN_H_
#define TERCET_SERVICE_SERVER_LISTEN_H_

#include <string>

#include "service/base/status.h"

namespace tercet {

// Fails with kUnavailable, reason LISTEN_FAILED, when `address` is a `unix:`
// one on which somebody listens: gRPC would take the path away from them.
Status CheckSocketFree(const std::string& address);

// The error for an address on which gRPC could not listen: kUnavailable, reason
// LISTEN_FAILED. Tries again by itself to learn the cause.
Status ListenError(const std::string& address);

}  // namespace tercet

#endif  // TERCET_SERVICE_SERVER_LISTEN_H_
