// One import through our own service, of a file that comes in pieces.
#ifndef TERCET_SERVICE_HTTP_IMPORT_PIECES_H_
#define TERCET_SERVICE_HTTP_IMPORT_PIECES_H_

#include <functional>
#include <optional>
#include <string>

#include "service/base/status.h"
#include "service/http/rpc.h"
#include "tercet/v1/imports.pb.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::http {

// The next piece of the file, at most 1 MiB; empty at its end, nullopt to break
// the import off.
using NextPiece = std::function<std::optional<std::string>()>;

// `result` is how the import ended, as far as it began: also where it failed.
Status ImportPieces(const RpcClient& rpc, const v1::ImportConfig& config,
                    const NextPiece& next, v1::Import& result);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_IMPORT_PIECES_H_
