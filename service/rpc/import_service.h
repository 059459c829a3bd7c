// The RPCs of tercet.v1.ImportService over the domain.
#ifndef TERCET_SERVICE_RPC_IMPORT_SERVICE_H_
#define TERCET_SERVICE_RPC_IMPORT_SERVICE_H_

#include <memory>

#include "service/memory/database.h"
#include "service/rpc/call.h"
#include "tercet/v1/import_service.grpc.pb.h"

namespace tercet {

// Both must outlive the service.
std::unique_ptr<v1::ImportService::Service> MakeImportService(
    Database& database, CallHandler& calls);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_IMPORT_SERVICE_H_
