#include "service/memory/checked_units.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "service/memory/unit_merge.h"
#include "service/memory/update.h"

namespace tercet {

StatusOr<std::vector<CheckedUnit>> CheckUnits(std::vector<NewUnit> units,
                                              bool keep_going) {
  std::vector<CheckedUnit> checked;
  std::vector<FieldViolation> all_violations;
  for (size_t i = 0; i < units.size(); ++i) {
    std::vector<FieldViolation> violations;
    CheckNewUnit(units[i], keep_going ? "" : fmt::format("requests[{}].", i),
                 violations);
    if (violations.empty()) {
      checked.emplace_back(PrepareUnit(std::move(units[i])));
    } else if (keep_going) {
      checked.emplace_back(InvalidFields(std::move(violations)));
    } else {
      std::ranges::move(violations, std::back_inserter(all_violations));
    }
  }
  if (!all_violations.empty()) return InvalidFields(std::move(all_violations));
  return checked;
}

StatusOr<WrittenUnit> WriteOrRefuse(Transaction& transaction,
                                    const std::string& memory_id,
                                    CheckedUnit unit) {
  StatusOr<WrittenUnit> written =
      unit.ok() ? CreateOrMerge(transaction, memory_id, *std::move(unit))
                : unit.status();
  const bool units_fault =
      written.status().code() == StatusCode::kInvalidArgument ||
      written.status().code() == StatusCode::kAlreadyExists;
  if (!units_fault) return written;
  return WrittenUnit{.outcome = WrittenUnit::Outcome::kRefused,
                     .problem = written.status()};
}

}  // namespace tercet
