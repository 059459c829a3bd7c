#include "service/http/t5memory_status.h"

#include <string>

#include "service/http/time_text.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

constexpr int64_t kMicrosPerSecond = 1'000'000;

bool IsInto(const ImportJob& job, const v1::Memory& memory) {
  const int64_t created_micros =
      memory.create_time().seconds() * kMicrosPerSecond +
      memory.create_time().nanos() / 1000;
  return job.begin_micros >= created_micros;
}

void AddImport(const ImportJob& job, Json& status) {
  const bool running = job.state == ImportJob::State::kRunning;
  const bool failed = job.state == ImportJob::State::kFailed;
  if (running) status["status"] = "import running";
  status["tmxImportStatus"] = running  ? "import"
                              : failed ? "failed"
                                       : "available";
  status["importProgress"] = running ? 0 : 100;
  status["importTime"] =
      running ? "not finished" : CompactTime(job.end_micros / kMicrosPerSecond);
  const v1::ImportReport& report = job.import.report();
  const int64_t left_out = report.skipped_count() + report.failed_count();
  status["segmentsImported"] = report.read_count() - left_out;
  status["invalidSegments"] = left_out;
  status["tmxSegmentCount"] = report.read_count();
  if (!running) {
    status["importRuntimeSec"] =
        (job.end_micros - job.begin_micros) / kMicrosPerSecond;
  }
  status["invalidSegmentsRCs"] = "";
  status["firstInvalidSegments"] = "";
  status["invalidSymbolErrors"] = 0;
  status["importErrorMsg"] = job.message;
  if (failed) status["ErrorMsg"] = job.message;
}

}  // namespace

Json T5memoryStatus(const v1::Memory& memory,
                    const std::optional<ImportJob>& job) {
  Json status = {{"status", "open"},
                 {"tmxImportStatus", "available"},
                 {"importProgress", 100}};
  if (job.has_value() && IsInto(*job, memory)) AddImport(*job, status);
  status["rc"] = 0;
  status["lastAccessTime"] = CompactTime(memory.update_time().seconds());
  status["creationTime"] = CompactTime(memory.create_time().seconds());
  status["tmCreatedInT5M_version"] = "0:6:0";
  // The number that the last entry was given. The client takes a memory that
  // has none, or 0, for one whose entries have no `segmentId` yet, and has it
  // reorganized before it searches there.
  status["segmentIndex"] = memory.unit_count();
  // There is no one source language: any may be asked for.
  status["sourceLang"] = memory.language_counts().empty()
                             ? ""
                             : memory.language_counts(0).language_code();
  return status;
}

}  // namespace tercet::http
