#include "client/lib/import.h"

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

std::optional<v1::ImportSummary> ReadEvents(Stream& stream,
                                            const ImportEvents& events) {
  std::optional<v1::ImportSummary> summary;
  v1::ImportUnitsResponse response;
  while (stream.Read(&response)) {
    if (response.has_progress() && events.on_progress) {
      events.on_progress(response.progress());
    }
    if (response.has_problem() && events.on_problem) {
      events.on_problem(response.problem());
    }
    if (response.has_summary()) summary = response.summary();
  }
  return summary;
}

}  // namespace

StatusOr<v1::ImportSummary> ImportUnits(Client& client, v1::ImportConfig config,
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
  const std::optional<v1::ImportSummary> summary = ReadEvents(*stream, events);
  sender.request_stop();
  sender.join();
  const Status status = FromGrpcStatus(stream->Finish());
  RETURN_IF_ERROR(sent);
  RETURN_IF_ERROR(status);
  if (summary.has_value()) return *summary;
  return MakeError(StatusCode::kInternal,
                   "the server ended the import without a summary",
                   {.reason = "INTERNAL"});
}

}  // namespace tercet::client
