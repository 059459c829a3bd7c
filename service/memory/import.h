// Imports as callers see them: what is asked, what is told, and the session
// that writes one.
//
//   ASSIGN_OR_RETURN(auto session,
//                    database->BeginImport("press", {.source = "a.tmx"}));
//   ...  // Read on behind session->entry().import.checkpoint.
//   RETURN_IF_ERROR(session->Write(CheckStep(std::move(step))).status());
//   RETURN_IF_ERROR(session->Finish());
#ifndef TERCET_SERVICE_MEMORY_IMPORT_H_
#define TERCET_SERVICE_MEMORY_IMPORT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "service/base/hash.h"
#include "service/base/status.h"
#include "service/base/stop_check.h"
#include "service/memory/types.h"
#include "service/model/import.h"
#include "service/store/keys.h"

namespace tercet {

struct ImportEntry {
  std::string memory_id;
  ImportNumber number{};  // 0: of a dry run, which is not stored.
  Import import;
  std::vector<ImportCase> cases;  // Those kept, in order; none in lists.
};

struct ImportRequest {
  std::string source;   // The file's name.
  std::string options;  // For people.
  std::string creator;
  // Of the content and of all options that matter: an import of the memory
  // with the same one that was not finished is gone on with.
  Hash128 identity;
  bool restart = false;  // Begins anew even so.
  bool validate_only = false;
};

struct CheckedStep;  // service/memory/import_step.h

// Writes one import. Not thread-safe. Every function but entry() may fail with
// kAborted, reason IMPORT_TAKEN_OVER, when another session has gone on with the
// import, or it was taken back: nothing is written then. A session that is
// destroyed before its end leaves the import as broken off.
class ImportSession {
 public:
  virtual ~ImportSession() = default;

  // As of the last step; its cases are those of this session.
  virtual const ImportEntry& entry() const = 0;

  // Writes the part and the checkpoint together, or nothing. The cases that
  // came of its units.
  virtual StatusOr<std::vector<ImportCase>> Write(CheckedStep step) = 0;

  // Ends the import.
  virtual Status Finish() = 0;

  // Ends the session for `why`. Not `resumable`: the same content would fail in
  // the same way, so beginning it again begins anew.
  virtual Status BreakOff(const Status& why, bool resumable) = 0;
};

struct UndoOptions {
  bool validate_only = false;  // Only counts.
  StopCheck stop = NeverStop();
  // Called now and then, and at the end. May be empty.
  std::function<void(const ImportEntry&)> on_progress;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_IMPORT_H_
