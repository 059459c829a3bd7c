// The JSON that the program prints. docs/cli.md describes it for scripts;
// members are never renamed or removed.
#ifndef TERCET_CLIENT_CLI_JSON_SHAPES_H_
#define TERCET_CLIENT_CLI_JSON_SHAPES_H_

#include <string_view>

#include "nlohmann/json.hpp"
#include "tercet/v1/imports.pb.h"
#include "tercet/v1/lookup_service.pb.h"
#include "tercet/v1/memory_service.pb.h"
#include "tercet/v1/resources.pb.h"
#include "tercet/v1/server_service.pb.h"

namespace tercet::cli {

using Json = nlohmann::ordered_json;

Json ToJson(const v1::Memory& memory);
Json ToJson(const v1::Unit& unit);
Json ToJson(const v1::Match& match);
Json ToJson(const v1::IndexInfo& info);
Json ToJson(const v1::ServerInfo& info);
Json ToJson(const v1::ImportProblem& problem);
Json ToJson(const v1::ImportReport& report);
Json ToJson(const v1::Import& import);

// One line of a lookup: {"query", "matches"}.
Json LookupJson(std::string_view query,
                const google::protobuf::RepeatedPtrField<v1::Match>& matches);

// One unit that a search found: {"unit", "document", "variants"}.
Json ToJson(const v1::SearchHit& hit);

// `exact-in-context`, `exact`, `near-exact`, `fuzzy`.
std::string KindName(v1::Match::Kind kind);

// RFC 3339 in UTC, e.g. `2026-04-17T09:30:00Z`.
std::string FormatTimestamp(const google::protobuf::Timestamp& time);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_JSON_SHAPES_H_
