// Resource names as people type them.
#ifndef TERCET_CLIENT_CLI_NAMES_H_
#define TERCET_CLIENT_CLI_NAMES_H_

#include <optional>
#include <string>
#include <string_view>

#include "service/base/status.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::cli {

// `press` and `memories/press` give `memories/press`. The server checks it.
std::string MemoryName(std::string_view typed);

// The last part of a resource name: `press` of `memories/press`.
std::string LastPart(std::string_view name);

// `memories/press/units/x`, or `x` when `memory` is given, give the full name;
// everything else is a usage error.
StatusOr<std::string> UnitName(std::string_view typed, std::string_view memory);

// `7` gives `memories/-/imports/7`; a full name stays. The server checks it.
std::string ImportName(std::string_view typed);

// `tmx`, `tsv`, `csv`, `jsonl`, `moses`: for the options that offer the choice.
v1::FileFormat FormatOfName(std::string_view name);

// By the ending, any case; nullopt when that tells nothing.
std::optional<v1::FileFormat> FormatOfPath(std::string_view path);

// `aligned`, `draft`, `confirmed`, and back.
v1::Unit::State StateOfName(std::string_view name);
std::string NameOfState(v1::Unit::State state);

// `folded`, `exact`, `inflected`.
v1::TextCondition::Form SearchFormOfName(std::string_view name);

// `running`, `broken-off`; `failed`, `kept`.
std::string NameOfState(v1::Import::State state);
std::string NameOfKind(v1::ImportProblem::Kind kind);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_NAMES_H_
