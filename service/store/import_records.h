// Imports in the store: domain values to bytes and back.
#ifndef TERCET_SERVICE_STORE_IMPORT_RECORDS_H_
#define TERCET_SERVICE_STORE_IMPORT_RECORDS_H_

#include <optional>
#include <string>
#include <string_view>

#include "service/base/status.h"
#include "service/model/import.h"
#include "service/store/keys.h"
#include "service/store/records.h"

namespace tercet {

// A unit as it was before an import touched it first.
struct StoredBefore {
  // With which the import left the unit; another one means that it was changed
  // again by others.
  Revision revision{};
  std::optional<StoredUnit> unit;  // nullopt: the import created it.

  friend bool operator==(const StoredBefore&, const StoredBefore&) = default;
};

// Equal values give equal bytes.
std::string EncodeImport(const Import& import);
std::string EncodeImportCase(const ImportCase& import_case);
std::string EncodeBefore(const StoredBefore& before);

// Fail with kDataLoss, reason STORE_CORRUPT; never crash, whatever the bytes.
StatusOr<Import> DecodeImport(std::string_view bytes);
StatusOr<ImportCase> DecodeImportCase(std::string_view bytes);
StatusOr<StoredBefore> DecodeBefore(std::string_view bytes);

}  // namespace tercet

#endif  // TERCET_SERVICE_STORE_IMPORT_RECORDS_H_
