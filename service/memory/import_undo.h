// Taking an import back, in slices, each in a transaction of its own.
#ifndef TERCET_SERVICE_MEMORY_IMPORT_UNDO_H_
#define TERCET_SERVICE_MEMORY_IMPORT_UNDO_H_

#include <string>

#include "service/base/status.h"
#include "service/memory/import.h"
#include "service/memory/view.h"
#include "service/memory/write_queue.h"

namespace tercet {

// Takes the import back, as Database::UndoImport says.
StatusOr<ImportEntry> UndoImport(WriteQueue& queue,
                                 const std::string& memory_id,
                                 ImportNumber number,
                                 const UndoOptions& options);

// What that would do: the import with counts and cases as after it. Writes
// nothing.
StatusOr<ImportEntry> PreviewUndo(const KeyValueStore& store, const View& view,
                                  ImportEntry entry,
                                  const UndoOptions& options);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_IMPORT_UNDO_H_
