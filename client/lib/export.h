// Receives a memory as a file.
#ifndef TERCET_CLIENT_LIB_EXPORT_H_
#define TERCET_CLIENT_LIB_EXPORT_H_

#include <cstdint>
#include <functional>

#include "client/lib/byte_sink.h"
#include "client/lib/client.h"
#include "service/base/status.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::client {

// How far an export has come, or how much it was.
struct ExportedAmount {
  int64_t bytes = 0;
  int64_t units = 0;
  // What the format could not hold: units, and texts that were changed.
  int64_t left_out = 0;
  int64_t changed_texts = 0;
};

// Writes what the server sends to `sink` and finishes it; on an error the sink
// is not finished, so a file sink leaves nothing. `on_progress` may be empty.
StatusOr<ExportedAmount> ExportUnits(
    Client& client, const v1::ExportUnitsRequest& request, ByteSink& sink,
    const std::function<void(const ExportedAmount&)>& on_progress);

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_EXPORT_H_
