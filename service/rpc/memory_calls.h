// What MemoryService's unary RPCs on memories do: checks the request, asks the
// domain, fills the response. Errors are those of the API.
#ifndef TERCET_SERVICE_RPC_MEMORY_CALLS_H_
#define TERCET_SERVICE_RPC_MEMORY_CALLS_H_

#include "service/base/status.h"
#include "service/memory/database.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet {

Status CreateMemory(Database& database, const v1::CreateMemoryRequest& request,
                    v1::Memory& response);
Status GetMemory(const Database& database, const v1::GetMemoryRequest& request,
                 v1::Memory& response);
Status ListMemories(const Database& database,
                    const v1::ListMemoriesRequest& request,
                    v1::ListMemoriesResponse& response);
Status UpdateMemory(Database& database, const v1::UpdateMemoryRequest& request,
                    v1::Memory& response);
Status DeleteMemory(Database& database, const v1::DeleteMemoryRequest& request);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_MEMORY_CALLS_H_
