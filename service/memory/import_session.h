// The session that writes an import through the queue.
#ifndef TERCET_SERVICE_MEMORY_IMPORT_SESSION_H_
#define TERCET_SERVICE_MEMORY_IMPORT_SESSION_H_

#include <memory>
#include <string>

#include "service/base/status.h"
#include "service/memory/import.h"
#include "service/memory/write_queue.h"

namespace tercet {

// Begins the import, or goes on with it; makes the memory where there is none.
// `queue` must outlive the session.
StatusOr<std::unique_ptr<ImportSession>> OpenImportSession(
    WriteQueue& queue, const std::string& memory_id,
    const ImportRequest& request);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_IMPORT_SESSION_H_
