#include "service/rpc/unit_calls.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/rpc/convert.h"
#include "service/rpc/page_token.h"
#include "service/rpc/request_check.h"
#include "service/rpc/update_mask.h"

namespace tercet {
namespace {

constexpr int kDefaultUnitPageSize = 100;

// The unit that `request` asks for, with `path` (e.g. "requests[1].") before
// the names of the fields that are wrong. `parent` is for the caller to read.
NewUnit NewUnitFromApi(const v1::CreateUnitRequest& request,
                       const std::string& path, RequestCheck& check) {
  if (!request.unit_id().empty() && !IsValidId(request.unit_id())) {
    check.Add(path + "unit_id",
              fmt::format("'{}' is no id: it has 1 to {} of a-z, 0-9 and '-', "
                          "with no '-' at its ends",
                          TruncateUtf8(request.unit_id(), 200), kMaxIdBytes));
  }
  NewUnit unit = {.id = request.unit_id()};
  unit.unit = UnitFromApi(request.unit(), path + "unit.", check.violations());
  unit.mode = WriteModeFromApi(request.write_mode(), path + "write_mode",
                               check.violations());
  return unit;
}

// One entry of a batch for the memory `parent`.
NewUnit BatchEntryFromApi(const v1::CreateUnitRequest& entry,
                          const std::string& path, std::string_view parent,
                          RequestCheck& check) {
  if (!entry.parent().empty() && entry.parent() != parent) {
    check.Add(path + "parent", "is neither empty nor that of the batch");
  }
  NewUnit unit = NewUnitFromApi(entry, path, check);
  if (entry.validate_only()) {
    check.Add(path + "validate_only", "is for the batch as a whole");
  }
  return unit;
}

// The parts of a unit that an update brings. What the mask leaves out is not
// looked at, unless the update may create the unit.
Unit UpdatedUnit(const v1::UpdateUnitRequest& request,
                 const std::vector<UnitField>& fields, RequestCheck& check) {
  v1::Unit given = request.unit();
  if (!request.allow_missing()) KeepFields(fields, given);
  if (std::ranges::find(fields, UnitField::kVariants) != fields.end()) {
    return UnitFromApi(given, "unit.", check.violations());
  }
  // Only with the stored variants can be told whether the rest fits them; the
  // domain does.
  std::vector<FieldViolation> violations;
  Unit unit = PartialUnitFromApi(given, "unit.", violations);
  std::vector<FieldViolation> more;
  ValidateUnit(unit, "unit.", more);
  std::erase_if(more, [](const FieldViolation& violation) {
    return violation.field == "unit.variants" ||
           violation.field == "unit.source_language_code";
  });
  MergeViolations(std::move(more), violations);
  for (FieldViolation& violation : violations) {
    check.violations().push_back(std::move(violation));
  }
  return unit;
}

}  // namespace

Status CreateUnit(Database& database, const v1::CreateUnitRequest& request,
                  v1::Unit& response) {
  RequestCheck check;
  const std::string memory_id = check.MemoryId("parent", request.parent());
  std::vector<NewUnit> units;
  units.push_back(NewUnitFromApi(request, "", check));
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(
      const std::vector<WrittenUnit> written,
      database.CreateUnits(memory_id, std::move(units),
                           {.validate_only = request.validate_only()}));
  response = ToApi(written.front().entry);
  return OkStatus();
}

Status BatchCreateUnits(Database& database,
                        const v1::BatchCreateUnitsRequest& request,
                        v1::BatchCreateUnitsResponse& response) {
  RequestCheck check;
  const std::string memory_id = check.MemoryId("parent", request.parent());
  check.Count("requests", request.requests_size(), kMaxBatchSize);
  std::vector<NewUnit> units;
  units.reserve(static_cast<size_t>(request.requests_size()));
  for (int i = 0; i < request.requests_size(); ++i) {
    units.push_back(BatchEntryFromApi(request.requests(i),
                                      fmt::format("requests[{}].", i),
                                      request.parent(), check));
  }
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(
      const std::vector<WrittenUnit> written,
      database.CreateUnits(memory_id, std::move(units),
                           {.validate_only = request.validate_only()}));
  for (const WrittenUnit& unit : written) {
    *response.add_units() = ToApi(unit.entry);
  }
  return OkStatus();
}

Status GetUnit(const Database& database, const v1::GetUnitRequest& request,
               v1::Unit& response) {
  RequestCheck check;
  const UnitPlace place = check.Unit("name", request.name());
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(const UnitEntry entry,
                   database.GetUnit(place.memory_id, place.unit_id));
  response = ToApi(entry);
  return OkStatus();
}

Status ListUnits(const Database& database, const v1::ListUnitsRequest& request,
                 v1::ListUnitsResponse& response) {
  RequestCheck check;
  const std::string memory_id = check.MemoryId("parent", request.parent());
  const PageRequest page = check.Page(request.page_size(), request.page_token(),
                                      kDefaultUnitPageSize);
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(const Page<UnitEntry> units,
                   database.ListUnits(memory_id, page));
  for (const UnitEntry& entry : units.items) {
    *response.add_units() = ToApi(entry);
  }
  response.set_next_page_token(EncodePageToken(units.next_token));
  return OkStatus();
}

Status UpdateUnit(Database& database, const v1::UpdateUnitRequest& request,
                  v1::Unit& response) {
  RequestCheck check;
  const UnitPlace place = check.Unit("unit.name", request.unit().name());
  UnitUpdate update;
  update.fields =
      MaskedUnitFields(request.unit(), request.update_mask(), check);
  update.unit = UpdatedUnit(request, update.fields, check);
  update.allow_missing = request.allow_missing();
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(
      const UnitEntry entry,
      database.UpdateUnit(place.memory_id, place.unit_id, update,
                          {.etag = request.unit().etag(),
                           .validate_only = request.validate_only()}));
  response = ToApi(entry);
  return OkStatus();
}

Status DeleteUnit(Database& database, const v1::DeleteUnitRequest& request) {
  RequestCheck check;
  const UnitPlace place = check.Unit("name", request.name());
  RETURN_IF_ERROR(check.status());
  return database.DeleteUnit(
      place.memory_id, place.unit_id,
      {.etag = request.etag(), .validate_only = request.validate_only()});
}

}  // namespace tercet
