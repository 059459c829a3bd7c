// JSON of the tools' protocols: lenient reading, safe writing.
#ifndef TERCET_SERVICE_HTTP_JSON_VALUE_H_
#define TERCET_SERVICE_HTTP_JSON_VALUE_H_

#include <string>
#include <string_view>

#include "nlohmann/json.hpp"
#include "service/base/status.h"

namespace tercet::http {

// Fails with kInvalidArgument, reason HTTP_JSON_INVALID.
StatusOr<nlohmann::ordered_json> ParseJson(std::string_view text);

// On one line; what is no UTF-8 becomes U+FFFD.
std::string DumpJson(const nlohmann::ordered_json& json);

// The member of that name as text; numbers are written out; empty for all else,
// and where `json` is no object.
std::string TextOf(const nlohmann::ordered_json& json, std::string_view name);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_JSON_VALUE_H_
