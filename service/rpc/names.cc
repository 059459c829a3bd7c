#include "service/rpc/names.h"

#include <charconv>
#include <system_error>
#include <utility>

#include "fmt/format.h"
#include "service/model/unit.h"

namespace tercet {
namespace {

constexpr std::string_view kMemories = "memories/";
constexpr std::string_view kUnits = "/units/";
constexpr std::string_view kImports = "/imports/";

}  // namespace

std::string MemoryName(std::string_view memory_id) {
  return fmt::format("{}{}", kMemories, memory_id);
}

std::string UnitName(std::string_view memory_id, std::string_view unit_id) {
  return fmt::format("{}{}{}{}", kMemories, memory_id, kUnits, unit_id);
}

std::optional<std::string> ParseMemoryName(std::string_view name) {
  if (!name.starts_with(kMemories)) return std::nullopt;
  const std::string_view id = name.substr(kMemories.size());
  if (!IsValidId(id)) return std::nullopt;
  return std::string(id);
}

std::optional<UnitPlace> ParseUnitName(std::string_view name) {
  const size_t middle = name.find(kUnits);
  if (middle == name.npos) return std::nullopt;
  std::optional<std::string> memory_id =
      ParseMemoryName(name.substr(0, middle));
  const std::string_view unit_id = name.substr(middle + kUnits.size());
  if (!memory_id.has_value() || !IsValidId(unit_id)) return std::nullopt;
  return UnitPlace{.memory_id = *std::move(memory_id),
                   .unit_id = std::string(unit_id)};
}

std::string ImportName(std::string_view memory_id, ImportNumber number) {
  return fmt::format("{}{}{}{}", kMemories, memory_id, kImports,
                     static_cast<uint64_t>(number));
}

std::optional<ImportPlace> ParseImportName(std::string_view name) {
  const size_t middle = name.find(kImports);
  if (middle == name.npos) return std::nullopt;
  std::optional<MemoryScope> scope = ParseMemoryScope(name.substr(0, middle));
  const std::string_view digits = name.substr(middle + kImports.size());
  uint64_t number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_number = error == std::errc() && number > 0 &&
                         end == digits.data() + digits.size() &&
                         digits.front() != '0';
  if (!scope.has_value() || !is_number) return std::nullopt;
  return ImportPlace{.memory_id = std::move(scope->memory_id),
                     .number = ImportNumber{number}};
}

std::optional<MemoryScope> ParseMemoryScope(std::string_view name) {
  if (name == "memories/-") return MemoryScope{};
  std::optional<std::string> memory_id = ParseMemoryName(name);
  if (!memory_id.has_value()) return std::nullopt;
  return MemoryScope{.memory_id = std::move(memory_id)};
}

}  // namespace tercet
