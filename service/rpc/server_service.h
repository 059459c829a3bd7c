// The RPC of tercet.v1.ServerService.
#ifndef TERCET_SERVICE_RPC_SERVER_SERVICE_H_
#define TERCET_SERVICE_RPC_SERVER_SERVICE_H_

#include <memory>
#include <string>

#include "service/base/clock.h"
#include "service/memory/database.h"
#include "service/rpc/call.h"
#include "tercet/v1/server_service.grpc.pb.h"

namespace tercet {

struct ServerServiceOptions {
  const Database& database;  // Must outlive the service.
  CallHandler& calls;        // Must outlive the service.
  std::string version;
  std::string analysis_version;
  const Clock& clock;  // Must outlive the service, which starts now.
};

std::unique_ptr<v1::ServerService::Service> MakeServerService(
    ServerServiceOptions options);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_SERVER_SERVICE_H_
