#include "service/http/mymemory_form.h"

#include <algorithm>

#include "service/http/json_value.h"

namespace tercet::http {

std::string MymemoryForm::Get(std::string_view name) const {
  return FindParameter(parameters_, name).value_or("");
}

std::vector<std::string> MymemoryForm::Keys() const {
  std::vector<std::string> keys;
  const std::string text = Get("key");
  std::string_view rest = text;
  while (!rest.empty()) {
    const size_t comma = std::min(rest.find(','), rest.size());
    if (comma > 0) keys.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return keys;
}

std::map<std::string, double> MymemoryForm::Penalties() const {
  using Json = nlohmann::ordered_json;
  std::map<std::string, double> penalties;
  const StatusOr<Json> list = ParseJson(Get("penalty_key"));
  if (!list.ok() || !list->is_array()) return penalties;
  for (const Json& one : *list) {
    if (!one.is_object() || !one.contains("penalty")) continue;
    const Json& penalty = one["penalty"];
    if (!penalty.is_number()) continue;
    penalties[TextOf(one, "key")] = std::clamp(penalty.get<double>(), 0.0, 1.0);
  }
  return penalties;
}

}  // namespace tercet::http
