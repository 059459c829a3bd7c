#include "client/cli/names.h"

#include <fmt/format.h>

#include "client/cli/ascii.h"
#include "client/cli/exit_code.h"

namespace tercet::cli {
namespace {

constexpr std::string_view kMemories = "memories/";
constexpr std::string_view kUnits = "/units/";

}  // namespace

std::string MemoryName(std::string_view typed) {
  if (typed.starts_with(kMemories)) return std::string(typed);
  return fmt::format("{}{}", kMemories, typed);
}

std::string LastPart(std::string_view name) {
  return std::string(name.substr(name.rfind('/') + 1));
}

StatusOr<std::string> UnitName(std::string_view typed,
                               std::string_view memory) {
  if (typed.starts_with(kMemories) &&
      typed.find(kUnits) != std::string_view::npos) {
    return std::string(typed);
  }
  if (typed.find('/') != std::string_view::npos) {
    return UsageError(fmt::format(
        "'{}' does not name a unit: give memories/MEMORY/units/UNIT", typed));
  }
  if (memory.empty()) {
    return UsageError(fmt::format(
        "'{}' does not say which memory: give --memory NAME, or the full name "
        "memories/MEMORY/units/{}",
        typed, typed));
  }
  return fmt::format("{}{}{}", MemoryName(memory), kUnits, typed);
}

v1::FileFormat FormatOfName(std::string_view name) {
  if (name == "tmx") return v1::TMX;
  if (name == "tsv") return v1::TSV;
  if (name == "jsonl") return v1::JSONL;
  if (name == "csv") return v1::CSV;
  if (name == "moses") return v1::MOSES;
  return v1::FILE_FORMAT_UNSPECIFIED;
}

std::optional<v1::FileFormat> FormatOfPath(std::string_view path) {
  const std::string ending = ToLowerAscii(path.substr(path.rfind('.') + 1));
  if (ending == "tmx") return v1::TMX;
  if (ending == "tsv" || ending == "tab") return v1::TSV;
  if (ending == "jsonl" || ending == "ndjson") return v1::JSONL;
  if (ending == "csv") return v1::CSV;
  return std::nullopt;
}

v1::Unit::State StateOfName(std::string_view name) {
  if (name == "aligned") return v1::Unit::ALIGNED;
  if (name == "draft") return v1::Unit::DRAFT;
  if (name == "confirmed") return v1::Unit::CONFIRMED;
  return v1::Unit::STATE_UNSPECIFIED;
}

std::string NameOfState(v1::Unit::State state) {
  return ToLowerAscii(v1::Unit::State_Name(state));
}

std::string ImportName(std::string_view typed) {
  if (typed.starts_with(kMemories)) return std::string(typed);
  return fmt::format("memories/-/imports/{}", typed);
}

std::string NameOfState(v1::Import::State state) {
  return KebabCase(v1::Import::State_Name(state));
}

std::string NameOfKind(v1::ImportProblem::Kind kind) {
  return KebabCase(v1::ImportProblem::Kind_Name(kind));
}

v1::TextCondition::Form SearchFormOfName(std::string_view name) {
  if (name == "exact") return v1::TextCondition::EXACT;
  if (name == "inflected") return v1::TextCondition::INFLECTED;
  return v1::TextCondition::FOLDED;
}

}  // namespace tercet::cli
