// Which pages in a browser may use the API, and what the browser is told
// (CORS). Without this, any page that a translator opens could write to the
// server on her machine.
#ifndef TERCET_SERVICE_HTTP_ORIGIN_RULE_H_
#define TERCET_SERVICE_HTTP_ORIGIN_RULE_H_

#include <span>
#include <string>

#include "service/base/status.h"
#include "service/http/http_message.h"

namespace tercet::http {

// Whether a browser sent it, as all of them say.
bool IsFromBrowser(const Request& request);

// OK for requests that come from no page, from our own page, or from a page of
// an allowed origin (`*`: any). Where a browser names no origin, it goes by the
// Host that it asked, which must be a number, `localhost` or that of an allowed
// origin, and by Sec-Fetch-Site. Fails with kPermissionDenied, reason
// ORIGIN_DENIED.
Status CheckOrigin(const Request& request,
                   std::span<const std::string> allowed_origins);

// Whether it is a browser's question before a request (OPTIONS with Origin).
bool IsPreflight(const Request& request);
Response PreflightResponse();

// Adds what lets a page of an allowed origin read the response.
// REQUIRES: CheckOrigin(request) is OK.
void AllowOrigin(const Request& request, Response& response);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_ORIGIN_RULE_H_
