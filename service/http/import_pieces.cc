#include "service/http/import_pieces.h"

#include <memory>
#include <thread>
#include <utility>

namespace tercet::http {

Status ImportPieces(const RpcClient& rpc, const v1::ImportConfig& config,
                    const NextPiece& next, v1::Import& result) {
  const std::unique_ptr<RpcStream> stream = rpc.Open(
      *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
          "tercet.v1.MemoryService.ImportUnits"));
  // Progress has to be read, or the import would wait for us.
  std::thread reader([&stream, &result] {
    v1::ImportUnitsResponse response;
    while (stream->Read(response)) {
      if (response.has_result()) result = response.result();
    }
  });
  v1::ImportUnitsRequest request;
  *request.mutable_config() = config;
  while (stream->Write(request)) {
    std::optional<std::string> piece = next();
    if (!piece.has_value()) {
      stream->Cancel();
      break;
    }
    if (piece->empty()) {
      stream->WritesDone();
      break;
    }
    request.set_chunk(*std::move(piece));
  }
  reader.join();
  return stream->Finish();
}

}  // namespace tercet::http
