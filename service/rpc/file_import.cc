#include "service/rpc/file_import.h"

#include <utility>
#include <variant>

#include "service/base/utf8.h"
#include "service/memory/import_rules.h"
#include "service/model/limits.h"
#include "service/model/unit.h"

namespace tercet {
namespace {

// A step is written when it has so much, or kMaxBatchSize units and cases.
constexpr size_t kStepBytes = 1024 * 1024;

ImportCase CaseOf(const ReadProblem& problem, ImportCase place) {
  place.line = problem.line;
  place.byte_offset = problem.offset;
  if (!problem.file.empty()) place.file = problem.file;
  place.reason = problem.reason;
  place.message = problem.message;
  if (!problem.excerpt.empty()) place.excerpt = problem.excerpt;
  if (!problem.unit_id.empty()) {
    place.unit_id = PrintableUtf8(problem.unit_id, kMaxNameBytes);
  }
  return place;
}

// Whether it goes with the unit before it.
bool IsAboutUnit(const ReadItem& item) {
  const auto* const problem = std::get_if<ReadProblem>(&item);
  return problem != nullptr && !problem->skipped && !problem->of_file;
}

}  // namespace

Status FileImport::ReadAll(UnitReader& reader, int64_t durable_items) {
  while (true) {
    RETURN_IF_ERROR(context_.call.stop()());
    ASSIGN_OR_RETURN(std::optional<ReadItem> item, reader.Next());
    if (!item.has_value()) return OkStatus();
    if (items_ < durable_items) {
      ++items_;
      continue;
    }
    const bool about_unit = IsAboutUnit(*item) && pending_.has_value();
    if (!about_unit) {
      // A step ends between a unit's last warning and the next unit.
      Settle();
      RETURN_IF_ERROR(PushIfFull());
    }
    ++items_;
    if (auto* unit = std::get_if<ReadUnit>(&*item)) {
      TakeUnit(std::move(*unit));
    } else if (about_unit) {
      TakeWarning(std::get<ReadProblem>(*item));
    } else {
      TakeProblem(std::get<ReadProblem>(*item));
    }
  }
}

Status FileImport::PushRest() {
  Settle();
  return step_.units.empty() && step_.cases.empty() ? OkStatus() : Push();
}

void FileImport::TakeUnit(ReadUnit read) {
  context_.reporter.CountUnit();
  if (read.unit.state == UnitState::kUnspecified) {
    read.unit.state = context_.plan.default_state;
  }
  Pending& pending = pending_.emplace();
  pending.place = {
      .file = std::move(read.file),
      .line = read.line,
      .byte_offset = read.offset,
      .unit_id = PrintableUtf8(
          read.unit.external_id.empty() ? read.unit_id : read.unit.external_id,
          kMaxNameBytes),
      .excerpt =
          PrintableUtf8(SourceVariant(read.unit).segment.text, kExcerptBytes)};
  pending.unit = std::move(read.unit);
}

void FileImport::TakeWarning(const ReadProblem& problem) {
  ImportCase warning = CaseOf(problem, pending_->place);
  warning.kind = ImportCase::Kind::kWarning;
  pending_->warnings.push_back(std::move(warning));
}

void FileImport::TakeProblem(const ReadProblem& problem) {
  ImportCase found = CaseOf(problem, {});
  if (!problem.skipped) {
    found.kind = ImportCase::Kind::kWarning;
  } else if (problem.reason == "UNIT_EMPTY" ||
             problem.reason == "TRANSLATION_MISSING") {
    found.kind = ImportCase::Kind::kSkipped;
  }
  if (problem.skipped) context_.reporter.CountUnit();
  AddCase(std::move(found));
}

bool FileImport::ApplyRulesTo(Pending& pending) {
  const std::vector<RuleFinding> findings =
      ApplyRules(context_.plan.rules, pending.unit);
  for (const RuleFinding& finding : findings) {
    ImportCase found = pending.place;
    found.kind =
        finding.unit ? ImportCase::Kind::kSkipped : ImportCase::Kind::kWarning;
    found.reason = finding.reason;
    found.message = finding.message;
    if (finding.unit) {
      AddCase(std::move(found));
      return false;
    }
    pending.warnings.push_back(std::move(found));
  }
  return true;
}

void FileImport::Settle() {
  if (!pending_.has_value()) return;
  Pending pending = *std::exchange(pending_, std::nullopt);
  if (!ApplyRulesTo(pending)) return;
  if (context_.plan.strict && !pending.warnings.empty()) {
    // One case for the unit, so that it is counted once.
    pending.warnings.front().kind = ImportCase::Kind::kFailed;
    AddCase(std::move(pending.warnings.front()));
    return;
  }
  for (ImportCase& warning : pending.warnings) AddCase(std::move(warning));
  step_bytes_ += UnitBytes(pending.unit);
  step_.places.push_back(std::move(pending.place));
  step_.units.push_back({.unit = std::move(pending.unit),
                         .mode = context_.plan.write_mode,
                         .may_lose_metadata = !context_.plan.strict,
                         .may_lose_context = !context_.plan.strict});
}

void FileImport::AddCase(ImportCase found) {
  context_.reporter.AddProblem(found);
  step_bytes_ += found.message.size() + found.excerpt.size();
  step_.cases.push_back(std::move(found));
}

Status FileImport::PushIfFull() {
  const bool full =
      step_.units.size() + step_.cases.size() >= size_t{kMaxBatchSize} ||
      step_bytes_ >= kStepBytes;
  return full ? Push() : OkStatus();
}

Status FileImport::Push() {
  step_bytes_ = 0;
  step_.checkpoint = {.items = items_,
                      .bytes = context_.source.bytes(),
                      .digest = context_.source.digest()};
  return context_.writer.Push(std::exchange(step_, {}));
}

}  // namespace tercet
