// Errors as HTTP responses: the status that suits the code, and one JSON shape.
//
//   {"message": "there is no memory 'x'",
//    "error": {"code": 404, "status": "NOT_FOUND",
//              "reason": "MEMORY_NOT_FOUND", "message": "there is no ...",
//              "metadata": {"name": "memories/x"},
//              "fieldViolations": [{"field": "query.text", "description":
//              ""}]}}
//
// The outer `message` is what translator tools look for (docs/tools.md).
#ifndef TERCET_SERVICE_HTTP_ERROR_JSON_H_
#define TERCET_SERVICE_HTTP_ERROR_JSON_H_

#include <string_view>

#include "grpcpp/support/status.h"
#include "service/base/status.h"
#include "service/http/http_message.h"

namespace tercet::http {

// What a call of our own service reported, its details (google.rpc) decoded.
Status FromGrpcStatus(const grpc::Status& status);

// The HTTP status for a code, as google.rpc.Code maps them; 499 for cancelled.
int HttpStatusOf(StatusCode code);

// REQUIRES: !status.ok().
Response ErrorResponse(const Status& status);

// An error that HTTP alone knows, with a status of its own.
Response ErrorResponse(int http_status, const Status& status);
Response MakeErrorResponse(int http_status, StatusCode code,
                           std::string_view reason, std::string_view message);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_ERROR_JSON_H_
