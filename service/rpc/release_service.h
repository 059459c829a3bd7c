// The RPCs of tercet.v1.ReleaseService.
#ifndef TERCET_SERVICE_RPC_RELEASE_SERVICE_H_
#define TERCET_SERVICE_RPC_RELEASE_SERVICE_H_

#include <memory>
#include <string>

#include "service/memory/database.h"
#include "service/rpc/call.h"
#include "tercet/v1/release_service.grpc.pb.h"

namespace tercet {

struct ReleaseServiceOptions {
  const Database& database;  // Must outlive the service.
  CallHandler& calls;        // Must outlive the service.
  std::string version;       // Of Tercet, for the head of files.
};

std::unique_ptr<v1::ReleaseService::Service> MakeReleaseService(
    ReleaseServiceOptions options);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_RELEASE_SERVICE_H_
