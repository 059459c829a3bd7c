// Update masks: which fields of a resource an update changes.
#ifndef TERCET_SERVICE_RPC_UPDATE_MASK_H_
#define TERCET_SERVICE_RPC_UPDATE_MASK_H_

#include <vector>

#include "google/protobuf/field_mask.pb.h"
#include "service/memory/types.h"
#include "service/rpc/request_check.h"
#include "tercet/v1/resources.pb.h"

namespace tercet {

// Each reads `update_mask`: the fields it names; all for `*`; without a mask,
// those that are set in the resource. Anything else that the mask names is a
// violation.

MemoryFields MaskedMemoryFields(const v1::Memory& memory,
                                const google::protobuf::FieldMask& mask,
                                RequestCheck& check);

std::vector<UnitField> MaskedUnitFields(const v1::Unit& unit,
                                        const google::protobuf::FieldMask& mask,
                                        RequestCheck& check);

// Empties the fields of `unit` that users set and that are not in `fields`.
void KeepFields(const std::vector<UnitField>& fields, v1::Unit& unit);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_UPDATE_MASK_H_
