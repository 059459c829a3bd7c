// The RPC ExportUnits: the units of a memory at one moment, as one file.
#ifndef TERCET_SERVICE_RPC_EXPORT_CALL_H_
#define TERCET_SERVICE_RPC_EXPORT_CALL_H_

#include <string>

#include "grpcpp/support/sync_stream.h"
#include "service/base/status.h"
#include "service/memory/database.h"
#include "service/rpc/call.h"
#include "tercet/v1/memory_service.grpc.pb.h"

namespace tercet {

using ExportStream = grpc::ServerWriter<v1::ExportUnitsResponse>;

struct ExportContext {
  const Database& database;
  const std::string& version;  // Of Tercet, for the file's head.
  Call& call;
};

// Streams the file in chunks of at most kMaxChunkBytes; the last one always
// comes, with the final count, even where it is empty. Nothing is sent for a
// request that is wrong.
Status ExportUnits(const ExportContext& context,
                   const v1::ExportUnitsRequest& request, ExportStream& stream);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_EXPORT_CALL_H_
