#include "client/lib/export.h"

#include <memory>

#include "client/lib/grpc_status.h"

namespace tercet::client {

StatusOr<ExportedAmount> ExportUnits(
    Client& client, const v1::ExportUnitsRequest& request, ByteSink& sink,
    const std::function<void(const ExportedAmount&)>& on_progress) {
  const std::unique_ptr<grpc::ClientContext> context =
      client.NewStreamContext();
  const std::unique_ptr<grpc::ClientReaderInterface<v1::ExportUnitsResponse>>
      stream = client.memory_stub().ExportUnits(context.get(), request);
  ExportedAmount amount;
  Status written = OkStatus();
  v1::ExportUnitsResponse response;
  while (written.ok() && stream->Read(&response)) {
    written = sink.Write(response.chunk());
    amount.bytes += static_cast<int64_t>(response.chunk().size());
    amount.units = response.unit_count();
    amount.left_out = response.left_out_count();
    amount.changed_texts = response.changed_text_count();
    if (on_progress) on_progress(amount);
  }
  if (!written.ok()) context->TryCancel();
  const Status received = FromGrpcStatus(stream->Finish());
  RETURN_IF_ERROR(written);
  RETURN_IF_ERROR(received);
  RETURN_IF_ERROR(sink.Finish());
  return amount;
}

}  // namespace tercet::client
