#include "client/lib/import.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "client/lib/grpc_status.h"

namespace tercet::client {
namespace {

constexpr size_t kChunkBytes = 256 * 1024;

using Stream = grpc::ClientReaderWriterInterface<v1::ImportUnitsRequest,
                                                 v1::ImportUnitsResponse>;

// Sends config and bytes until the end, an error, `stop`, or until the server
// hangs up, which the reading side reports.
Status SendFile(Stream& stream, v1::ImportConfig config, ByteSource& source,
                const std::stop_token& stop) {
  v1::ImportUnitsRequest request;
  *request.mutable_config() = std::move(config);
  if (!stream.Write(request)) return OkStatus();
  std::string buffer(kChunkBytes, '\0');
  while (true) {
    ASSIGN_OR_RETURN(size_t count, source.Read(buffer, stop));
    if (count == 0) break;
    request.set_chunk(buffer.data(), count);
    if (!stream.Write(request)) return OkStatus();
  }
  stream.WritesDone();
  return OkStatus();
}

std::optional<v1::Import> ReadEvents(Stream& stream,
                                     const ImportEvents& events) {
  std::optional<v1::Import> result;
  v1::ImportUnitsResponse response;
  while (stream.Read(&response)) {
    if (response.has_started() && events.on_start) {
      events.on_start(response.started());
    }
    if (response.has_progress() && events.on_progress) {
      events.on_progress(response.progress());
    }
    if (response.has_problem() && events.on_problem) {
      events.on_problem(response.problem());
    }
    if (response.has_result()) {
      result = response.result();
      if (events.on_end) events.on_end(*result);
    }
  }
  return result;
}

Status EndsWithoutResult(const char* what) {
  return MakeError(StatusCode::kInternal,
                   fmt::format("the server ended {} without a result", what),
                   {.reason = "INTERNAL"});
}

}  // namespace

StatusOr<v1::Import> ImportUnits(Client& client, v1::ImportConfig config,
                                 ByteSource& source,
                                 const ImportEvents& events) {
  config.set_total_bytes(source.total_bytes());
  const std::unique_ptr<grpc::ClientContext> context =
      client.NewStreamContext();
  const std::unique_ptr<Stream> stream =
      client.memory_stub().ImportUnits(context.get());
  Status sent = OkStatus();
  std::jthread sender([&](const std::stop_token& stop) {
    sent = SendFile(*stream, std::move(config), source, stop);
    // Half a file must not look like a whole one to the server.
    if (!sent.ok()) context->TryCancel();
  });
  const std::optional<v1::Import> result = ReadEvents(*stream, events);
  sender.request_stop();
  sender.join();
  const Status status = FromGrpcStatus(stream->Finish());
  RETURN_IF_ERROR(sent);
  RETURN_IF_ERROR(status);
  if (result.has_value()) return *result;
  return EndsWithoutResult("the import");
}

StatusOr<v1::Import> UndoImport(
    Client& client, const v1::UndoImportRequest& request,
    const std::function<void(const v1::Import&)>& on_progress) {
  const std::unique_ptr<grpc::ClientContext> context =
      client.NewStreamContext();
  const std::unique_ptr<grpc::ClientReaderInterface<v1::UndoImportResponse>>
      stream = client.import_stub().UndoImport(context.get(), request);
  std::optional<v1::Import> result;
  v1::UndoImportResponse response;
  while (stream->Read(&response)) {
    result = response.import();
    if (on_progress) on_progress(*result);
  }
  RETURN_IF_ERROR(FromGrpcStatus(stream->Finish()));
  if (result.has_value()) return *result;
  return EndsWithoutResult("the undoing");
}

}  // namespace tercet::client
