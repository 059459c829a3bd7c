#include "client/lib/grpc_status.h"

#include <string>
#include <string_view>

#include "tercet/v1/errors.pb.h"

namespace tercet::client {
namespace {

// Whether gRPC itself says that it could not connect. It has no code for that;
// these are all of its wordings in 1.51.
bool NeverConnected(std::string_view message) {
  for (std::string_view start :
       {"failed to connect to all addresses", "connections to all backends",
        "DNS resolution failed", "empty address list"}) {
    if (message.starts_with(start)) return true;
  }
  return false;
}

std::string ReasonOfCode(StatusCode code, std::string_view message) {
  if (code != StatusCode::kUnavailable) return absl::StatusCodeToString(code);
  return NeverConnected(message) ? kNoServer : kConnectionLost;
}

void AddInfo(const google::protobuf::Any& any, ErrorDetails& details) {
  v1::ErrorInfo info;
  if (!info.ParseFromString(any.value())) return;
  details.reason = info.reason();
  details.metadata = {info.metadata().begin(), info.metadata().end()};
}

void AddViolations(const google::protobuf::Any& any, ErrorDetails& details) {
  v1::BadRequest bad_request;
  if (!bad_request.ParseFromString(any.value())) return;
  for (const auto& violation : bad_request.field_violations()) {
    details.violations.push_back({violation.field(), violation.description()});
  }
}

void AddRetry(const google::protobuf::Any& any, ErrorDetails& details) {
  v1::RetryInfo retry;
  if (!retry.ParseFromString(any.value())) return;
  details.retry_delay_ms = retry.retry_delay().seconds() * 1000 +
                           retry.retry_delay().nanos() / 1'000'000;
}

// By the type URL without its host, as google.protobuf.Any demands.
void AddDetail(const google::protobuf::Any& any, ErrorDetails& details) {
  std::string_view type = any.type_url();
  type.remove_prefix(type.rfind('/') + 1);
  if (type == "google.rpc.ErrorInfo") AddInfo(any, details);
  if (type == "google.rpc.BadRequest") AddViolations(any, details);
  if (type == "google.rpc.RetryInfo") AddRetry(any, details);
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
  if (details.reason.empty()) {
    details.reason = ReasonOfCode(code, status.error_message());
  }
  return MakeError(code, status.error_message(), details);
}

}  // namespace tercet::client
