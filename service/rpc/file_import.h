// The reading side of an import: items of the file become steps for the writer.
#ifndef TERCET_SERVICE_RPC_FILE_IMPORT_H_
#define TERCET_SERVICE_RPC_FILE_IMPORT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/base/status.h"
#include "service/formats/unit_reader.h"
#include "service/memory/import_step.h"
#include "service/rpc/call.h"
#include "service/rpc/import_reporter.h"
#include "service/rpc/import_source.h"
#include "service/rpc/import_stream.h"
#include "service/rpc/import_writer.h"

namespace tercet {

// What a FileImport works with.
struct FileImportContext {
  const Call& call;
  const ImportPlan& plan;
  const ImportSource& source;
  ImportWriter& writer;
  ImportReporter& reporter;
};

// Reads a file and applies the plan's rules: what is good goes to the writer,
// what is bad there and to the reporter. Not thread-safe.
class FileImport {
 public:
  // All of `context` must outlive the object.
  explicit FileImport(const FileImportContext& context) : context_(context) {}

  // Reads on behind the first `durable_items`, up to the end. Stops at the
  // first error of the source, the file or the writer.
  Status ReadAll(UnitReader& reader, int64_t durable_items);

  // Hands on what ReadAll left over.
  Status PushRest();

 private:
  // A unit that waits for the warnings that follow it.
  struct Pending {
    Unit unit;
    ImportCase place;
    std::vector<ImportCase> warnings;
  };

  void TakeUnit(ReadUnit read);
  // A warning about the unit that waits.
  void TakeWarning(const ReadProblem& problem);
  // A unit that could not be read, or a warning about the file.
  void TakeProblem(const ReadProblem& problem);
  // Settles the unit that waits, if any.
  void Settle();
  // Whether the rules let it through; what they find goes to the cases.
  bool ApplyRulesTo(Pending& pending);
  void AddCase(ImportCase found);
  Status PushIfFull();
  Status Push();

  const FileImportContext context_;
  std::optional<Pending> pending_;
  ImportStep step_;
  size_t step_bytes_ = 0;  // About.
  int64_t items_ = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_FILE_IMPORT_H_
