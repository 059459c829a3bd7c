// Sends a file to a memory.
//
//   v1::ImportConfig config;
//   config.set_memory("memories/press");
//   config.set_format(v1::TMX);
//   ASSIGN_OR_RETURN(auto source, OpenFileSource("press.tmx"));
//   ASSIGN_OR_RETURN(v1::Import done,
//                    ImportUnits(client, config, *source, {}));
#ifndef TERCET_CLIENT_LIB_IMPORT_H_
#define TERCET_CLIENT_LIB_IMPORT_H_

#include <functional>

#include "client/lib/byte_source.h"
#include "client/lib/client.h"
#include "service/base/status.h"
#include "tercet/v1/import_service.pb.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::client {

// What the caller is told while an import runs, on the thread that called
// ImportUnits. Each may be empty.
struct ImportEvents {
  // The import as it begins and, also before an error, as it ends.
  std::function<void(const v1::Import&)> on_start;
  std::function<void(const v1::Import&)> on_end;
  std::function<void(const v1::ImportProgress&)> on_progress;
  std::function<void(const v1::ImportProblem&)> on_problem;
};

// Streams `source` in chunks of 256 KiB, so memory use does not grow with the
// file. Sets `total_bytes` of the config. `source` is read on another thread;
// it is not used any more when this returns. Fails with the server's error or
// with the source's; units that were durable before stay.
StatusOr<v1::Import> ImportUnits(Client& client, v1::ImportConfig config,
                                 ByteSource& source,
                                 const ImportEvents& events);

// Takes an import back; the import after that. `on_progress` may be empty.
StatusOr<v1::Import> UndoImport(
    Client& client, const v1::UndoImportRequest& request,
    const std::function<void(const v1::Import&)>& on_progress);

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_IMPORT_H_
