// The RPCs of ImportService.
#ifndef TERCET_SERVICE_RPC_IMPORT_CALLS_H_
#define TERCET_SERVICE_RPC_IMPORT_CALLS_H_

#include "grpcpp/support/sync_stream.h"
#include "service/base/status.h"
#include "service/memory/database.h"
#include "service/rpc/call.h"
#include "tercet/v1/import_service.grpc.pb.h"

namespace tercet {

Status GetImport(const Database& database, const v1::GetImportRequest& request,
                 v1::Import& response);

Status ListImports(const Database& database,
                   const v1::ListImportsRequest& request,
                   v1::ListImportsResponse& response);

using UndoStream = grpc::ServerWriter<v1::UndoImportResponse>;

Status UndoImport(Database& database, Call& call,
                  const v1::UndoImportRequest& request, UndoStream& stream);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_IMPORT_CALLS_H_
