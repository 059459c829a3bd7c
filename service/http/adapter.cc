#include "service/http/adapter.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "service/http/multipart.h"

namespace tercet::http {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kFormType = "application/x-www-form-urlencoded";
constexpr std::string_view kMultipartType = "multipart/form-data";

// In a time that tells nothing about where two tokens differ.
bool SameToken(std::string_view a, std::string_view b) {
  unsigned char difference = a.size() == b.size() ? 0 : 1;
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    difference |= static_cast<unsigned char>(a[i] ^ b[i]);
  }
  return difference == 0;
}

}  // namespace

Status CheckMayWrite(const WriteRule& rule, const ToolRequest& request) {
  if (rule.who == WriteRule::Who::kEverybody) return OkStatus();
  if (rule.who == WriteRule::Who::kNobody) {
    return MakeError(StatusCode::kPermissionDenied,
                     "writing by this protocol is turned off; tercetd "
                     "--http-writes turns it on",
                     {.reason = "WRITES_DISABLED"});
  }
  std::string_view token = request.request.FieldValue("Authorization");
  std::string parameter;
  if (token.starts_with(kBearer)) {
    token.remove_prefix(kBearer.size());
  } else {
    parameter = FindParameter(request.query, "token").value_or("");
    token = parameter;
  }
  if (SameToken(token, rule.token)) return OkStatus();
  return MakeError(StatusCode::kUnauthenticated,
                   "writing needs the server's token: send `Authorization: "
                   "Bearer TOKEN`",
                   {.reason = "TOKEN_INVALID"});
}

StatusOr<Parameters> QueryAndForm(const ToolRequest& request) {
  Parameters parameters = request.query;
  const std::string_view type = request.request.FieldValue("Content-Type");
  if (type.starts_with(kFormType)) {
    std::ranges::move(ParseForm(request.request.body),
                      std::back_inserter(parameters));
  } else if (type.starts_with(kMultipartType)) {
    const auto ignore_file = [](std::string_view, const Parameters&) {
      return OkStatus();
    };
    MultipartReader reader(type, ignore_file);
    RETURN_IF_ERROR(reader.Add(request.request.body));
    RETURN_IF_ERROR(reader.Finish());
    std::ranges::copy(reader.fields(), std::back_inserter(parameters));
  }
  return parameters;
}

}  // namespace tercet::http
