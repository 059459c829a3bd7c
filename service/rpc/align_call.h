// The RPC AlignDocuments: pages come in, aligned documents go out.
#ifndef TERCET_SERVICE_RPC_ALIGN_CALL_H_
#define TERCET_SERVICE_RPC_ALIGN_CALL_H_

#include <string>

#include "grpcpp/support/sync_stream.h"
#include "service/base/status.h"
#include "service/memory/database.h"
#include "service/rpc/call.h"
#include "tercet/v1/release_service.grpc.pb.h"

namespace tercet {

using AlignStream = grpc::ServerReaderWriter<v1::AlignDocumentsResponse,
                                             v1::AlignDocumentsRequest>;

struct AlignContext {
  const Database& database;
  std::string version;  // Of Tercet, for the head of files.
  Call& call;
};

// Reads all files, then aligns, on all processors. Beside errors of the domain
// and of the call: ALIGN_CONFIG_MISSING (no config first), FIELDS_INVALID,
// RELEASES_TOO_LARGE (docs/limits.md).
Status AlignDocuments(const AlignContext& context, AlignStream& stream);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_ALIGN_CALL_H_
