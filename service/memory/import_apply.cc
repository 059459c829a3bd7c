#include "service/memory/import_apply.h"

#include <algorithm>
#include <utility>

#include "service/memory/import_log.h"

namespace tercet {
namespace {

void CountUnit(const WrittenUnit& written, ImportCounts& counts) {
  counts.texts_added += written.texts_added;
  counts.texts_removed += written.texts_removed;
  if (written.put_back) {
    --counts.updated;
    ++counts.duplicates;
  }
  switch (written.outcome) {
    case WrittenUnit::Outcome::kCreated:
      ++counts.created;
      return;
    case WrittenUnit::Outcome::kUpdated:
      ++(written.texts_added > 0 && written.texts_removed <= 0
             ? counts.variants_added
             : counts.updated);
      return;
    case WrittenUnit::Outcome::kUnchanged:
      ++counts.duplicates;
      return;
    case WrittenUnit::Outcome::kRefused:
      ++counts.failed;
      return;
  }
}

void CountCase(const ImportCase& each, ImportCounts& counts) {
  switch (each.kind) {
    case ImportCase::Kind::kFailed:
      ++counts.failed;
      return;
    case ImportCase::Kind::kSkipped:
      ++counts.skipped;
      return;
    case ImportCase::Kind::kWarning:
      ++counts.warnings;
      return;
    case ImportCase::Kind::kKept:
      return;
  }
}

ImportCase RefusedCase(ImportCase place, const Status& problem) {
  place.kind = ImportCase::Kind::kFailed;
  place.reason = GetDetails(problem).reason;
  place.message = MessageOf(problem);
  return place;
}

// What a unit lost that was stored.
void AddLosses(const WrittenUnit& written, ImportCase place,
               std::vector<ImportCase>& cases) {
  place.kind = ImportCase::Kind::kWarning;
  if (written.lost_metadata) {
    place.reason = "METADATA_LEFT_OUT";
    place.message =
        "the unit with that text has no room for more notes and properties; "
        "those of this one were left out";
    cases.push_back(place);
  }
  if (written.lost_context) {
    place.reason = "CONTEXT_LEFT_OUT";
    place.message =
        "the unit with that text keeps its document, neighbours and key; those "
        "of this one were left out";
    cases.push_back(std::move(place));
  }
}

}  // namespace

StatusOr<StepResult> ApplyStep(Transaction& transaction,
                               const std::string& memory_id, CheckedStep step,
                               Import& import) {
  StepResult result;
  for (size_t i = 0; i < step.units.size(); ++i) {
    ASSIGN_OR_RETURN(
        const WrittenUnit written,
        WriteOrRefuse(transaction, memory_id, std::move(step.units[i])));
    CountUnit(written, import.counts);
    if (!written.problem.ok()) {
      result.unit_cases.push_back(
          RefusedCase(step.rest.places[i], written.problem));
    } else {
      const size_t known = result.unit_cases.size();
      AddLosses(written, step.rest.places[i], result.unit_cases);
      import.counts.warnings +=
          static_cast<int64_t>(result.unit_cases.size() - known);
    }
  }
  std::vector<ImportCase> all = result.unit_cases;
  for (ImportCase& each : step.rest.cases) {
    CountCase(each, import.counts);
    all.push_back(std::move(each));
  }
  result.kept = CountCases(std::move(all), import);
  import.checkpoint = step.rest.checkpoint;
  return result;
}

}  // namespace tercet
