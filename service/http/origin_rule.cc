#include "service/http/origin_rule.h"

#include <algorithm>
#include <string_view>

#include "fmt/format.h"

namespace tercet::http {
namespace {

constexpr std::string_view kAny = "*";

// Whether a host is a number or `localhost`. A name could be anybody's who lets
// it point to this machine (DNS rebinding), so it has to be allowed by name.
bool IsPlainHost(std::string_view host) {
  if (host.starts_with('[')) return true;
  host = host.substr(0, host.find(':'));
  return host == "localhost" ||
         host.find_first_not_of("0123456789.") == host.npos;
}

// Whether the page came from this server, by the address it was asked at.
bool IsOwn(std::string_view origin, std::string_view host) {
  const size_t scheme = origin.find("://");
  return scheme != origin.npos && origin.substr(scheme + 3) == host &&
         IsPlainHost(host);
}

}  // namespace

Status CheckOrigin(const Request& request,
                   std::span<const std::string> allowed_origins) {
  const std::string_view origin = request.FieldValue("Origin");
  if (origin.empty() || IsOwn(origin, request.FieldValue("Host"))) {
    return OkStatus();
  }
  for (const std::string& allowed : allowed_origins) {
    if (allowed == kAny || allowed == origin) return OkStatus();
  }
  return MakeError(StatusCode::kPermissionDenied,
                   fmt::format("pages of {} may not use this server; tercetd "
                               "--http-allowed-origins lets them",
                               origin),
                   {.reason = "ORIGIN_DENIED",
                    .metadata = {{"origin", std::string(origin)}}});
}

bool IsPreflight(const Request& request) {
  return request.method == "OPTIONS" && !request.FieldValue("Origin").empty();
}

Response PreflightResponse() {
  return {.status = 204,
          .fields = {{"Access-Control-Allow-Methods",
                      "GET, HEAD, POST, PUT, PATCH, DELETE"},
                     {"Access-Control-Allow-Headers",
                      "Authorization, Content-Type"},
                     {"Access-Control-Max-Age", "600"}},
          .body = ""};
}

void AllowOrigin(const Request& request, Response& response) {
  const std::string_view origin = request.FieldValue("Origin");
  if (origin.empty()) return;
  response.fields.push_back(
      {"Access-Control-Allow-Origin", std::string(origin)});
  response.fields.push_back({"Vary", "Origin"});
}

}  // namespace tercet::http
