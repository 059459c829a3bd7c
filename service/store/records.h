// What the values of the store mean: domain values to bytes and back. The only
// place that knows tercet.storage.v1.
#ifndef TERCET_SERVICE_STORE_RECORDS_H_
#define TERCET_SERVICE_STORE_RECORDS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/model/unit.h"
#include "service/store/keys.h"

namespace tercet {

// A unit as it is stored.
struct StoredUnit {
  std::string id;
  Revision revision{};
  int64_t create_micros = 0;
  int64_t update_micros = 0;
  Unit unit;
  // The imports that created or changed it, in order.
  std::vector<ImportNumber> imports;

  friend bool operator==(const StoredUnit&, const StoredUnit&) = default;
};

// A memory as it is stored.
struct StoredMemory {
  std::string id;  // From the key, not in the value.
  MemoryNumber number{};
  std::string display_name;
  int penalty = 0;
  int64_t create_micros = 0;
  int64_t update_micros = 0;
  Revision revision{};
  uint64_t unit_count = 0;
  std::map<std::string, uint64_t> language_counts;  // By language code.
  UnitNumber next_unit_number{};

  friend bool operator==(const StoredMemory&, const StoredMemory&) = default;
};

// One entry of the change log.
struct StoredChange {
  enum class Kind : uint8_t { kPut = 1, kDelete = 2 };

  MemoryNumber memory{};
  UnitNumber unit{};
  Kind kind = Kind::kPut;
  int64_t micros = 0;

  friend bool operator==(const StoredChange&, const StoredChange&) = default;
};

// Equal values give equal bytes. REQUIRES: the values are valid (model/unit.h).
std::string EncodeUnit(const StoredUnit& stored);
std::string EncodeMemory(const StoredMemory& memory);
std::string EncodeChange(const StoredChange& change);

// Fail with kDataLoss, reason STORE_CORRUPT; never crash, whatever the bytes.
StatusOr<StoredUnit> DecodeUnit(std::string_view bytes);
StatusOr<StoredMemory> DecodeMemory(std::string_view id,
                                    std::string_view bytes);
StatusOr<StoredChange> DecodeChange(std::string_view bytes);

}  // namespace tercet

#endif  // TERCET_SERVICE_STORE_RECORDS_H_
