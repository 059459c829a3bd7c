#include "client/lib/align.h"

#include <memory>
#include <stop_token>
#include <thread>
#include <utility>

#include "client/lib/grpc_status.h"

namespace tercet::client {
namespace {

using Stream = grpc::ClientReaderWriterInterface<v1::AlignDocumentsRequest,
                                                 v1::AlignDocumentsResponse>;

// A server that hangs up is reported by the reading side.
Status SendFiles(Stream& stream, const v1::AlignConfig& config,
                 const NextFile& next, const std::stop_token& stop) {
  v1::AlignDocumentsRequest request;
  *request.mutable_config() = config;
  if (!stream.Write(request)) return OkStatus();
  while (!stop.stop_requested()) {
    ASSIGN_OR_RETURN(std::optional<v1::SourceFile> file, next());
    if (!file.has_value()) break;
    *request.mutable_file() = *std::move(file);
    if (!stream.Write(request)) return OkStatus();
  }
  stream.WritesDone();
  return OkStatus();
}

Status ReadAll(Stream& stream, const TakeAligned& take) {
  v1::AlignDocumentsResponse response;
  while (stream.Read(&response)) RETURN_IF_ERROR(take(response));
  return OkStatus();
}

}  // namespace

Status AlignDocuments(Client& client, const v1::AlignConfig& config,
                      const NextFile& next, const TakeAligned& take) {
  const std::unique_ptr<grpc::ClientContext> context =
      client.NewStreamContext();
  const std::unique_ptr<Stream> stream =
      client.release_stub().AlignDocuments(context.get());
  Status sent = OkStatus();
  std::jthread sender([&](const std::stop_token& stop) {
    sent = SendFiles(*stream, config, next, stop);
    // Some files must not look like all of them.
    if (!sent.ok()) context->TryCancel();
  });
  const Status taken = ReadAll(*stream, take);
  if (!taken.ok()) context->TryCancel();
  sender.request_stop();
  sender.join();
  const Status status = FromGrpcStatus(stream->Finish());
  RETURN_IF_ERROR(sent);
  RETURN_IF_ERROR(taken);
  return status;
}

}  // namespace tercet::client
