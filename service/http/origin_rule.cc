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

// Whether a page of another origin caused it, as browsers tell of requests to
// an address that nobody listens in on (https, loopback).
bool IsFromElsewhere(const Request& request) {
  const std::string_view site = request.FieldValue("Sec-Fetch-Site");
  return site == "cross-site" || site == "same-site";
}

Status Denied(std::string_view pages) {
  return MakeError(StatusCode::kPermissionDenied,
                   fmt::format("pages of {} may not use this server; tercetd "
                               "--http-allowed-origins lets them",
                               pages),
                   {.reason = "ORIGIN_DENIED",
                    .metadata = {{"origin", std::string(pages)}}});
}

// Browsers name no origin when a page asks for more of its own, shows a picture
// or follows a link.
Status CheckNameless(const Request& request,
                     std::span<const std::string> allowed_origins) {
  if (!IsFromBrowser(request)) return OkStatus();
  const std::string_view host = request.FieldValue("Host");
  const bool from_elsewhere = IsFromElsewhere(request);
  if (!from_elsewhere && IsPlainHost(host)) return OkStatus();
  for (const std::string& allowed : allowed_origins) {
    const size_t scheme = allowed.find("://");
    const bool names_host =
        scheme != allowed.npos && allowed.substr(scheme + 3) == host;
    if (allowed == kAny || (names_host && !from_elsewhere)) return OkStatus();
  }
  return Denied(from_elsewhere ? "another site" : host);
}

}  // namespace

bool IsFromBrowser(const Request& request) {
  return !request.FieldValue("Sec-Fetch-Site").empty() ||
         request.FieldValue("User-Agent").starts_with("Mozilla/");
}

Status CheckOrigin(const Request& request,
                   std::span<const std::string> allowed_origins) {
  const std::string_view origin = request.FieldValue("Origin");
  if (origin.empty()) return CheckNameless(request, allowed_origins);
  if (IsOwn(origin, request.FieldValue("Host"))) return OkStatus();
  for (const std::string& allowed : allowed_origins) {
    if (allowed == kAny || allowed == origin) return OkStatus();
  }
  return Denied(origin);
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
