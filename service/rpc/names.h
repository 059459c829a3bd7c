// Resource names of the API: `memories/{memory}/units/{unit}`.
#ifndef TERCET_SERVICE_RPC_NAMES_H_
#define TERCET_SERVICE_RPC_NAMES_H_

#include <optional>
#include <string>
#include <string_view>

#include "service/store/keys.h"

namespace tercet {

std::string MemoryName(std::string_view memory_id);
std::string UnitName(std::string_view memory_id, std::string_view unit_id);

// The id in `memories/{memory}`; nullopt for anything else.
std::optional<std::string> ParseMemoryName(std::string_view name);

// The ids in `memories/{memory}/units/{unit}`.
struct UnitPlace {
  std::string memory_id;
  std::string unit_id;

  friend bool operator==(const UnitPlace&, const UnitPlace&) = default;
};
// nullopt for anything else.
std::optional<UnitPlace> ParseUnitName(std::string_view name);

// `memories/{memory}/imports/{import}`.
std::string ImportName(std::string_view memory_id, ImportNumber number);

// The parts of such a name, or of `memories/-/imports/{import}`.
struct ImportPlace {
  std::optional<std::string> memory_id;
  ImportNumber number{};

  friend bool operator==(const ImportPlace&, const ImportPlace&) = default;
};
// nullopt for anything else.
std::optional<ImportPlace> ParseImportName(std::string_view name);

// What a lookup asks: one memory, or all where there is no id.
struct MemoryScope {
  std::optional<std::string> memory_id;

  friend bool operator==(const MemoryScope&, const MemoryScope&) = default;
};
// Parses `memories/{memory}` and `memories/-`; nullopt for anything else.
std::optional<MemoryScope> ParseMemoryScope(std::string_view name);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_NAMES_H_
