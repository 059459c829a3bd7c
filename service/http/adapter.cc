#include "service/http/adapter.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "absl/strings/escaping.h"
#include "service/http/multipart.h"
#include "service/http/origin_rule.h"

namespace tercet::http {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kBasic = "Basic ";
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

// Whatever the letters' case.
bool BeginsWith(std::string_view text, std::string_view prefix) {
  return SameFieldName(text.substr(0, prefix.size()), prefix);
}

// Empty where there is none.
std::string TokenOf(const ToolRequest& request) {
  const std::string_view sent = request.request.FieldValue("Authorization");
  if (BeginsWith(sent, kBearer)) {
    return std::string(sent.substr(kBearer.size()));
  }
  // What a tool makes of http://USER:TOKEN@HOST.
  std::string user_and_token;
  if (BeginsWith(sent, kBasic) &&
      absl::Base64Unescape(std::string(sent.substr(kBasic.size())),
                           &user_and_token)) {
    return user_and_token.substr(user_and_token.find(':') + 1);
  }
  return FindParameter(request.query, "token").value_or("");
}

// Any page could let a browser ask for an address, say as a picture.
Status CheckBrowser(const Request& request) {
  if (request.method != "GET" || !IsFromBrowser(request)) return OkStatus();
  return MakeError(StatusCode::kPermissionDenied,
                   "a browser may not write by GET, since any page could make "
                   "it; send POST",
                   {.reason = "ORIGIN_DENIED"});
}

}  // namespace

Status CheckMayWrite(const WriteRule& rule, const ToolRequest& request) {
  if (rule.who == WriteRule::Who::kEverybody) {
    return CheckBrowser(request.request);
  }
  if (rule.who == WriteRule::Who::kNobody) {
    return MakeError(StatusCode::kPermissionDenied,
                     "writing by this protocol is turned off; tercetd "
                     "--http-writes turns it on",
                     {.reason = "WRITES_DISABLED"});
  }
  if (SameToken(TokenOf(request), rule.token)) return OkStatus();
  return MakeError(StatusCode::kUnauthenticated,
                   "writing needs the server's token: send `Authorization: "
                   "Bearer TOKEN`",
                   {.reason = "TOKEN_INVALID"});
}

StatusOr<Parameters> QueryAndForm(const ToolRequest& request) {
  Parameters parameters = request.query;
  const std::string_view type = request.request.FieldValue("Content-Type");
  if (BeginsWith(type, kFormType)) {
    std::ranges::move(ParseForm(request.request.body),
                      std::back_inserter(parameters));
  } else if (BeginsWith(type, kMultipartType)) {
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
