#include "service/rpc/import_call.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/bytes.h"
#include "service/base/hash.h"
#include "service/formats/input_reader.h"
#include "service/rpc/file_import.h"
#include "service/rpc/import_end.h"
#include "service/rpc/import_reporter.h"
#include "service/rpc/import_source.h"
#include "service/rpc/import_writer.h"

namespace tercet {
namespace {

// An error of an import, with how much of it is done.
Status WithDurableCount(const Status& status, int64_t durable) {
  ErrorDetails details = GetDetails(status);
  details.metadata["units_durable"] = std::to_string(durable);
  const std::string message =
      fmt::format("{}; {} {} stored", MessageOf(status), durable,
                  durable == 1 ? "unit is" : "units are");
  return MakeError(status.code(), message, details);
}

InputOptions InputOf(const ImportPlan& plan) {
  return {.name = plan.source, .format = plan.format, .reader = plan.reading};
}

// What the import was asked to do, with the format that was found.
std::string OptionsText(const ImportPlan& plan, std::string_view beginning) {
  if (plan.format) return plan.options;
  return fmt::format("{} {}", DescribeInput(beginning, InputOf(plan)),
                     plan.options);
}

// Begins the import that the plan and the beginning of the file ask for.
StatusOr<std::unique_ptr<ImportSession>> Begin(Database& database,
                                               const ImportPlan& plan,
                                               ImportSource& source) {
  ASSIGN_OR_RETURN(const std::string_view beginning, source.Peek());
  std::string identity;
  AppendPrefixed(identity, plan.signature);
  AppendPrefixed(identity, beginning);
  return database.BeginImport(plan.memory_id,
                              {.source = plan.source,
                               .options = OptionsText(plan, beginning),
                               .creator = plan.requester,
                               .identity = HashBytes128(identity),
                               .restart = plan.restart,
                               .validate_only = plan.validate_only});
}

// A file of which some problems are known before it is read.
class KnownProblemsFirst final : public UnitReader {
 public:
  KnownProblemsFirst(const std::vector<ReadProblem>& known,
                     std::unique_ptr<UnitReader> reader)
      : known_(known), reader_(std::move(reader)) {}

  StatusOr<std::optional<ReadItem>> Next() override {
    if (told_ == known_.size()) return reader_->Next();
    return std::optional<ReadItem>(known_[told_++]);
  }

 private:
  const std::vector<ReadProblem>& known_;
  const std::unique_ptr<UnitReader> reader_;
  size_t told_ = 0;
};

// Reads and writes everything behind what is durable. A file that is malformed
// somewhere is imported up to there.
Status ReadAndWrite(Call& call, const ImportPlan& plan, ImportSource& source,
                    ImportSession& session, ImportReporter& reporter) {
  const ImportCheckpoint durable = session.entry().import.checkpoint;
  source.Expect(durable);
  ImportWriter writer(session, reporter);
  FileImport file({call, plan, source, writer, reporter});
  KnownProblemsFirst reader(plan.problems,
                            MakeInputReader(source, InputOf(plan)));
  Status read = file.ReadAll(reader, durable.items);
  if (!read.ok() && read.code() != StatusCode::kInvalidArgument) return read;
  RETURN_IF_ERROR(file.PushRest());
  RETURN_IF_ERROR(writer.Finish());
  return read;
}

// What an import came to. Where it could not even begin there is no entry.
struct Outcome {
  Status status;
  std::optional<ImportEntry> entry;
};

// The import from its beginning to its end, whatever that is.
Outcome RunImport(Database& database, Call& call, ImportStream& stream,
                  const ImportPlan& plan, ImportReporter& reporter) {
  ChunkSource chunks(call, stream, reporter);
  ImportSource source(chunks);
  const StatusOr<std::unique_ptr<ImportSession>> begun =
      Begin(database, plan, source);
  if (!begun.ok()) return {.status = begun.status()};
  ImportSession& session = **begun;
  reporter.Start(session.entry());
  Status done = ReadAndWrite(call, plan, source, session, reporter);
  if (done.ok()) {
    done = session.Finish();
  } else {
    // What is wrong with the file itself will be so again.
    const bool resumable =
        done.code() != StatusCode::kInvalidArgument || source.failed();
    session.BreakOff(done, resumable).IgnoreError();
  }
  return {.status = done, .entry = session.entry()};
}

}  // namespace

Status ImportUnits(Database& database, Call& call, ImportStream& stream) {
  ASSIGN_OR_RETURN(const ImportPlan plan, ReadImportConfig(call, stream));
  ImportReporter reporter(call, stream, plan.total_bytes, !plan.validate_only);
  const Outcome outcome = RunImport(database, call, stream, plan, reporter);
  // Also before an error: the client has then seen what is durable.
  if (outcome.entry.has_value()) reporter.SetResult(*outcome.entry);
  Status told = FinishTelling(call, stream, reporter);
  if (!outcome.status.ok()) {
    return WithDurableCount(outcome.status, reporter.units_durable());
  }
  return told;
}

}  // namespace tercet
