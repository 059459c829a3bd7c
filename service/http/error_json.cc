#include "service/http/error_json.h"

#include <string>
#include <string_view>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tercet/v1/errors.pb.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kClientClosedRequest = 499;  // As nginx names it.

// By the type URL without its host, as google.protobuf.Any demands.
void AddDetail(const google::protobuf::Any& any, ErrorDetails& details) {
  std::string_view type = any.type_url();
  type.remove_prefix(type.rfind('/') + 1);
  if (v1::ErrorInfo info;
      type == "google.rpc.ErrorInfo" && info.ParseFromString(any.value())) {
    details.reason = info.reason();
    details.metadata = {info.metadata().begin(), info.metadata().end()};
  }
  if (v1::BadRequest bad;
      type == "google.rpc.BadRequest" && bad.ParseFromString(any.value())) {
    for (const auto& violation : bad.field_violations()) {
      details.violations.push_back(
          {violation.field(), violation.description()});
    }
  }
  if (v1::RetryInfo retry;
      type == "google.rpc.RetryInfo" && retry.ParseFromString(any.value())) {
    details.retry_delay_ms = retry.retry_delay().seconds() * 1000 +
                             retry.retry_delay().nanos() / 1'000'000;
  }
}

Json ErrorJson(int http_status, const Status& status) {
  const ErrorDetails details = GetDetails(status);
  Json error = {{"code", http_status},
                {"status", absl::StatusCodeToString(status.code())},
                {"reason", details.reason},
                {"message", MessageOf(status)}};
  if (!details.metadata.empty()) error["metadata"] = details.metadata;
  for (const FieldViolation& violation : details.violations) {
    error["fieldViolations"].push_back(
        {{"field", violation.field}, {"description", violation.description}});
  }
  return error;
}

}  // namespace

Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return OkStatus();
  const auto code = static_cast<StatusCode>(status.error_code());
  ErrorDetails details;
  v1::ErrorStatus sent;
  if (sent.ParseFromString(status.error_details())) {
    for (const auto& any : sent.details()) AddDetail(any, details);
  }
  if (details.reason.empty()) details.reason = absl::StatusCodeToString(code);
  return MakeError(code, status.error_message(), details);
}

int HttpStatusOf(StatusCode code) {
  switch (code) {
    case StatusCode::kOk:
      return 200;
    case StatusCode::kInvalidArgument:
    case StatusCode::kFailedPrecondition:
    case StatusCode::kOutOfRange:
      return 400;
    case StatusCode::kUnauthenticated:
      return 401;
    case StatusCode::kPermissionDenied:
      return 403;
    case StatusCode::kNotFound:
      return 404;
    case StatusCode::kAlreadyExists:
    case StatusCode::kAborted:
      return 409;
    case StatusCode::kResourceExhausted:
      return 429;
    case StatusCode::kCancelled:
      return kClientClosedRequest;
    case StatusCode::kUnimplemented:
      return 501;
    case StatusCode::kUnavailable:
      return 503;
    case StatusCode::kDeadlineExceeded:
      return 504;
    default:
      return 500;
  }
}

Response ErrorResponse(const Status& status) {
  // The client's own deadline, while 504 is about one that we have missed.
  if (GetDetails(status).reason == "HTTP_TOO_SLOW") {
    return ErrorResponse(408, status);
  }
  return ErrorResponse(HttpStatusOf(status.code()), status);
}

Response ErrorResponse(int http_status, const Status& status) {
  Json body = {{"message", MessageOf(status)},
               {"error", ErrorJson(http_status, status)}};
  // Bytes that are no UTF-8 can only come from a request; they become U+FFFD.
  Response response = MakeResponse(
      http_status, kJsonType,
      body.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  if (const int64_t delay = GetDetails(status).retry_delay_ms; delay > 0) {
    const int64_t seconds = (delay + 999) / 1000;
    response.fields.push_back({"Retry-After", fmt::to_string(seconds)});
  }
  return response;
}

Response MakeErrorResponse(int http_status, StatusCode code,
                           std::string_view reason, std::string_view message) {
  return ErrorResponse(
      http_status, MakeError(code, message, {.reason = std::string(reason)}));
}

}  // namespace tercet::http
