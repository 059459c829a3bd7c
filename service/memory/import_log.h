// The records of imports in a transaction or a view.
#ifndef TERCET_SERVICE_MEMORY_IMPORT_LOG_H_
#define TERCET_SERVICE_MEMORY_IMPORT_LOG_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/memory/import.h"
#include "service/memory/transaction.h"
#include "service/memory/types.h"
#include "service/memory/view.h"
#include "service/store/key_value_store.h"

namespace tercet {

// kNotFound, reason IMPORT_NOT_FOUND.
Status ImportNotFound(ImportNumber number);

// The import without its cases. Fails with kNotFound, reason IMPORT_NOT_FOUND.
StatusOr<Import> FindImport(const Transaction& transaction, MemoryNumber memory,
                            ImportNumber number);

// Begins an import, or goes on with the one that has the same identity.
// REQUIRES: the memory exists.
StatusOr<ImportEntry> BeginImport(Transaction& transaction,
                                  const std::string& memory_id,
                                  const ImportRequest& request);

// Writes `import` at the transaction's time.
void PutImport(Transaction& transaction, MemoryNumber memory,
               ImportNumber number, Import& import);

// Counts the cases in `import`. Those that are to be kept, in file order.
std::vector<ImportCase> CountCases(std::vector<ImportCase> cases,
                                   Import& import);

// Writes cases behind those that are there.
void PutCases(Transaction& transaction, MemoryNumber memory,
              ImportNumber number, const std::vector<ImportCase>& cases,
              Import& import);

// The import is never gone on with again.
void ForgetIdentity(Transaction& transaction, MemoryNumber memory,
                    const Import& import);

// An import with its cases, as the view has it. Without `memory_id` it is
// looked for in all memories.
StatusOr<ImportEntry> ReadImport(const KeyValueStore& store, const View& view,
                                 std::optional<std::string_view> memory_id,
                                 ImportNumber number);

// Imports of one memory or, in order of their ids, of all; newest first.
StatusOr<Page<ImportEntry>> ReadImports(
    const KeyValueStore& store, const View& view,
    std::optional<std::string_view> memory_id, const PageRequest& page);

// Marks imports that ran when the store was closed or killed as broken off.
Status BreakOffRunning(KeyValueStore& store, int64_t now_micros);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_IMPORT_LOG_H_
