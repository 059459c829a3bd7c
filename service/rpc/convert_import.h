// Imports as API messages.
#ifndef TERCET_SERVICE_RPC_CONVERT_IMPORT_H_
#define TERCET_SERVICE_RPC_CONVERT_IMPORT_H_

#include "service/memory/import.h"
#include "tercet/v1/imports.pb.h"

namespace tercet {

v1::Import ToApi(const ImportEntry& entry);
v1::ImportProblem ToApi(const ImportCase& import_case);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CONVERT_IMPORT_H_
