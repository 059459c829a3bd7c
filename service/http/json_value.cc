#include "service/http/json_value.h"

#include "fmt/format.h"

namespace tercet::http {

using Json = nlohmann::ordered_json;

namespace {

// Deeper documents are refused: destroying one takes a stack frame a level.
constexpr int kMaxDepth = 64;

}  // namespace

StatusOr<Json> ParseJson(std::string_view text) {
  bool too_deep = false;
  const auto watch_depth = [&too_deep](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > kMaxDepth;
    return !too_deep;
  };
  Json json = Json::parse(text, watch_depth, /*allow_exceptions=*/false);
  if (!json.is_discarded() && !too_deep) return json;
  return MakeError(StatusCode::kInvalidArgument, "the body is no JSON",
                   {.reason = "HTTP_JSON_INVALID"});
}

std::string DumpJson(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string TextOf(const Json& json, std::string_view name) {
  if (!json.is_object()) return {};
  const auto found = json.find(std::string(name));
  if (found == json.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  if (found->is_number() || found->is_boolean()) return found->dump();
  return {};
}

}  // namespace tercet::http
