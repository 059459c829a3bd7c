// What MemoryService's unary RPCs on units do: checks the request, asks the
// domain, fills the response. Errors are those of the API.
#ifndef TERCET_SERVICE_RPC_UNIT_CALLS_H_
#define TERCET_SERVICE_RPC_UNIT_CALLS_H_

#include "service/base/status.h"
#include "service/memory/database.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet {

Status CreateUnit(Database& database, const v1::CreateUnitRequest& request,
                  v1::Unit& response);
Status BatchCreateUnits(Database& database,
                        const v1::BatchCreateUnitsRequest& request,
                        v1::BatchCreateUnitsResponse& response);
Status GetUnit(const Database& database, const v1::GetUnitRequest& request,
               v1::Unit& response);
Status ListUnits(const Database& database, const v1::ListUnitsRequest& request,
                 v1::ListUnitsResponse& response);
Status UpdateUnit(Database& database, const v1::UpdateUnitRequest& request,
                  v1::Unit& response);
Status DeleteUnit(Database& database, const v1::DeleteUnitRequest& request);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_UNIT_CALLS_H_
