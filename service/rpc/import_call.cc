#include "service/rpc/import_call.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "fmt/format.h"
#include "service/formats/unit_reader.h"
#include "service/model/limits.h"
#include "service/model/unit.h"
#include "service/rpc/import_reporter.h"
#include "service/rpc/import_writer.h"

namespace tercet {
namespace {

// A batch is written when it has so much, or kMaxBatchSize units.
constexpr size_t kBatchBytes = 1024 * 1024;

// Reads the file: what is good goes to the writer, what is bad to the reporter.
class FileImport {
 public:
  FileImport(const Call& call, const ImportPlan& plan, ImportWriter& writer,
             ImportReporter& reporter)
      : call_(call), plan_(plan), writer_(writer), reporter_(reporter) {}

  // Stops at the first error of the source, the file or the writer.
  Status ReadAll(UnitReader& reader) {
    while (true) {
      RETURN_IF_ERROR(call_.stop()());
      ASSIGN_OR_RETURN(std::optional<ReadItem> item, reader.Next());
      if (!item.has_value()) return OkStatus();
      if (const auto* problem = std::get_if<ReadProblem>(&*item)) {
        TakeProblem(*problem);
      } else {
        RETURN_IF_ERROR(TakeUnit(std::get<ReadUnit>(*std::move(item))));
      }
    }
  }

  // Hands on what ReadAll left over; also when it is nothing and was nothing,
  // so that importing an empty file makes the memory as any other does.
  Status PushRest() {
    if (batch_.units.empty() && pushed_any_) return OkStatus();
    return PushBatch();
  }

  int64_t skipped() const { return skipped_; }

 private:
  void TakeProblem(const ReadProblem& problem) {
    if (problem.skipped) {
      reporter_.CountUnit();
      ++skipped_;
    }
    reporter_.AddProblem(problem);
  }

  Status TakeUnit(ReadUnit read) {
    reporter_.CountUnit();
    if (read.unit.state == UnitState::kUnspecified) {
      read.unit.state = plan_.default_state;
    }
    batch_.bytes += UnitBytes(read.unit);
    batch_.lines.push_back(read.line);
    batch_.units.push_back(
        {.unit = std::move(read.unit), .mode = plan_.write_mode});
    const bool full = batch_.units.size() >= size_t{kMaxBatchSize} ||
                      batch_.bytes >= kBatchBytes;
    return full ? PushBatch() : OkStatus();
  }

  Status PushBatch() {
    pushed_any_ = true;
    return writer_.Push(std::exchange(batch_, {}));
  }

  const Call& call_;
  const ImportPlan& plan_;
  ImportWriter& writer_;
  ImportReporter& reporter_;
  ImportBatch batch_;
  int64_t skipped_ = 0;
  bool pushed_any_ = false;
};

// An error of an import, with how much of it is done.
Status WithDurableCount(const Status& status, int64_t durable) {
  ErrorDetails details = GetDetails(status);
  details.metadata["units_durable"] = std::to_string(durable);
  const std::string message =
      fmt::format("{}; {} {} stored", MessageOf(status), durable,
                  durable == 1 ? "unit is" : "units are");
  return MakeError(status.code(), message, details);
}

// Reads and writes everything. A file that is malformed somewhere is imported
// up to there.
StatusOr<ImportCounts> ReadAndWrite(Database& database, Call& call,
                                    ImportStream& stream,
                                    const ImportPlan& plan,
                                    ImportReporter& reporter) {
  ImportWriter writer(database, plan, reporter);
  FileImport file(call, plan, writer, reporter);
  ChunkSource source(call, stream, reporter);
  const std::unique_ptr<UnitReader> reader = MakeReader(plan.format, source);
  const Status read = file.ReadAll(*reader);
  if (!read.ok() && read.code() != StatusCode::kInvalidArgument) return read;
  RETURN_IF_ERROR(file.PushRest());
  ASSIGN_OR_RETURN(ImportCounts counts, writer.Finish());
  RETURN_IF_ERROR(read);
  counts.skipped += file.skipped();
  return counts;
}

v1::ImportUnitsResponse SummaryMessage(const ImportCounts& counts,
                                       int64_t problem_count) {
  v1::ImportUnitsResponse message;
  v1::ImportSummary& summary = *message.mutable_summary();
  summary.set_read_count(counts.created + counts.updated + counts.unchanged +
                         counts.skipped);
  summary.set_created_count(counts.created);
  summary.set_updated_count(counts.updated);
  summary.set_unchanged_count(counts.unchanged);
  summary.set_skipped_count(counts.skipped);
  summary.set_problem_count(problem_count);
  return message;
}

}  // namespace

Status ImportUnits(Database& database, Call& call, ImportStream& stream) {
  ASSIGN_OR_RETURN(const ImportPlan plan, ReadImportConfig(call, stream));
  ImportReporter reporter(call, stream);
  const StatusOr<ImportCounts> counts =
      ReadAndWrite(database, call, stream, plan, reporter);
  // Also before an error: the client has then seen what is durable.
  const Status told = reporter.Finish();
  if (!counts.ok()) {
    return WithDurableCount(counts.status(), reporter.units_durable());
  }
  RETURN_IF_ERROR(told);
  const v1::ImportUnitsResponse summary =
      SummaryMessage(*counts, reporter.problem_count());
  call.CountResponse(summary);
  stream.WriteLast(summary, {});
  return OkStatus();
}

}  // namespace tercet
