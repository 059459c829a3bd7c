// The RPCs of tercet.v1.MemoryService over the domain.
#ifndef TERCET_SERVICE_RPC_MEMORY_SERVICE_H_
#define TERCET_SERVICE_RPC_MEMORY_SERVICE_H_

#include <memory>
#include <string>

#include "service/memory/database.h"
#include "service/rpc/call.h"
#include "tercet/v1/memory_service.grpc.pb.h"

namespace tercet {

struct MemoryServiceOptions {
  Database& database;   // Must outlive the service.
  CallHandler& calls;   // Must outlive the service.
  std::string version;  // Of Tercet, for the head of exported files.
};

std::unique_ptr<v1::MemoryService::Service> MakeMemoryService(
    MemoryServiceOptions options);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_MEMORY_SERVICE_H_
