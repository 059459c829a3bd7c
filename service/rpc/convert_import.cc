#include "service/rpc/convert_import.h"

#include "service/rpc/convert.h"
#include "service/rpc/names.h"
#include "service/rpc/shorten.h"

namespace tercet {
namespace {

constexpr size_t kMaxShownBytes = 1024;

v1::ImportProblem::Kind ToApi(ImportCase::Kind kind) {
  switch (kind) {
    case ImportCase::Kind::kFailed:
      return v1::ImportProblem::FAILED;
    case ImportCase::Kind::kSkipped:
      return v1::ImportProblem::SKIPPED;
    case ImportCase::Kind::kWarning:
      return v1::ImportProblem::WARNING;
    case ImportCase::Kind::kKept:
      return v1::ImportProblem::KEPT;
  }
  return v1::ImportProblem::KIND_UNSPECIFIED;
}

v1::Import::State ToApi(ImportState state) {
  switch (state) {
    case ImportState::kRunning:
      return v1::Import::RUNNING;
    case ImportState::kDone:
      return v1::Import::DONE;
    case ImportState::kBrokenOff:
      return v1::Import::BROKEN_OFF;
    case ImportState::kUndoing:
      return v1::Import::UNDOING;
    case ImportState::kUndone:
      return v1::Import::UNDONE;
  }
  return v1::Import::STATE_UNSPECIFIED;
}

v1::ImportReport ReportOf(const ImportEntry& entry) {
  const ImportCounts& counts = entry.import.counts;
  v1::ImportReport report;
  report.set_read_count(counts.read());
  report.set_created_count(counts.created);
  report.set_updated_count(counts.updated);
  report.set_variants_added_count(counts.variants_added);
  report.set_duplicate_count(counts.duplicates);
  report.set_skipped_count(counts.skipped);
  report.set_failed_count(counts.failed);
  report.set_warning_count(counts.warnings);
  report.set_new_variant_count(counts.texts_added);
  report.set_removed_variant_count(counts.texts_removed);
  for (const auto& [reason, count] : entry.import.reasons) {
    v1::ReasonCount& reason_count = *report.add_reason_counts();
    reason_count.set_kind(ToApi(reason.kind));
    reason_count.set_reason(reason.reason);
    reason_count.set_count(count);
  }
  for (const ImportCase& each : entry.cases) {
    *report.add_problems() = ToApi(each);
  }
  return report;
}

}  // namespace

v1::ImportProblem ToApi(const ImportCase& import_case) {
  v1::ImportProblem problem;
  problem.set_kind(ToApi(import_case.kind));
  problem.set_file(Shorten(import_case.file, kMaxShownBytes));
  problem.set_line(import_case.line);
  problem.set_byte_offset(import_case.byte_offset);
  problem.set_unit_id(Shorten(import_case.unit_id, kMaxShownBytes));
  problem.set_reason(import_case.reason);
  problem.set_message(Shorten(import_case.message, kMaxShownBytes));
  problem.set_excerpt(Shorten(import_case.excerpt, kMaxShownBytes));
  return problem;
}

v1::Import ToApi(const ImportEntry& entry) {
  const Import& import = entry.import;
  v1::Import result;
  if (entry.number != ImportNumber{0}) {
    result.set_name(ImportName(entry.memory_id, entry.number));
  }
  result.set_state(ToApi(import.state));
  result.set_source(Shorten(import.source, kMaxShownBytes));
  result.set_options(Shorten(import.options, kMaxShownBytes));
  result.set_requester(Shorten(import.creator, kMaxShownBytes));
  *result.mutable_create_time() = TimestampFromMicros(import.begin_micros);
  *result.mutable_update_time() = TimestampFromMicros(import.update_micros);
  *result.mutable_report() = ReportOf(entry);
  result.set_durable_bytes(import.checkpoint.bytes);
  result.set_error_reason(import.error_reason);
  result.set_error_message(Shorten(import.error_message, kMaxShownBytes));
  if (import.undo != UndoCounts{}) {
    result.mutable_undo()->set_deleted_count(import.undo.deleted);
    result.mutable_undo()->set_restored_count(import.undo.restored);
    result.mutable_undo()->set_kept_count(import.undo.kept);
  }
  return result;
}

}  // namespace tercet
