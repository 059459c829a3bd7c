// The RPCs of tercet.v1.LookupService over the domain.
#ifndef TERCET_SERVICE_RPC_LOOKUP_SERVICE_H_
#define TERCET_SERVICE_RPC_LOOKUP_SERVICE_H_

#include <memory>

#include "service/memory/database.h"
#include "service/rpc/call.h"
#include "tercet/v1/lookup_service.grpc.pb.h"

namespace tercet {

// `database` and `calls` must outlive the service.
std::unique_ptr<v1::LookupService::Service> MakeLookupService(
    const Database& database, CallHandler& calls);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_LOOKUP_SERVICE_H_
