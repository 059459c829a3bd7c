#include "service/rpc/status.h"

#include <string>
#include <string_view>
#include <utility>

#include "service/rpc/shorten.h"

namespace tercet {
namespace {

// gRPC writes the message twice, once with %XX for what is not ASCII, and
// the details as base64: together they stay below 8 KiB.
constexpr size_t kMaxMessageTextBytes = 512;
constexpr size_t kMaxValueBytes = 256;
constexpr size_t kMaxViolationsBytes = 2048;

constexpr char kDomain[] = "tercet.v1";

// The type URLs of google.rpc, which stock clients know.
void AddDetail(const std::string& name, const google::protobuf::Message& detail,
               v1::ErrorStatus& status) {
  google::protobuf::Any& any = *status.add_details();
  any.set_type_url("type.googleapis.com/google.rpc." + name);
  any.set_value(detail.SerializeAsString());
}

// As many violations as there is room for.
v1::BadRequest MakeBadRequest(const std::vector<FieldViolation>& violations) {
  v1::BadRequest bad_request;
  for (const FieldViolation& violation : violations) {
    v1::BadRequest::FieldViolation& added = *bad_request.add_field_violations();
    added.set_field(Shorten(violation.field, kMaxValueBytes));
    added.set_description(Shorten(violation.description, kMaxValueBytes));
    if (bad_request.ByteSizeLong() > kMaxViolationsBytes) {
      bad_request.mutable_field_violations()->RemoveLast();
      break;
    }
  }
  return bad_request;
}

v1::ErrorInfo MakeErrorInfo(const ErrorDetails& details) {
  v1::ErrorInfo info;
  info.set_reason(details.reason);
  info.set_domain(kDomain);
  for (const auto& [name, value] : details.metadata) {
    (*info.mutable_metadata())[name] = Shorten(value, kMaxValueBytes);
  }
  return info;
}

v1::RetryInfo MakeRetryInfo(int64_t delay_ms) {
  v1::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(delay_ms / 1000);
  retry.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(delay_ms % 1000 * 1'000'000));
  return retry;
}

}  // namespace

v1::ErrorStatus ToErrorStatus(const Status& status) {
  const ErrorDetails details = GetDetails(status);
  v1::ErrorStatus error;
  error.set_code(static_cast<int32_t>(status.code()));
  error.set_message(Shorten(MessageOf(status), kMaxMessageTextBytes));
  v1::ErrorInfo info = MakeErrorInfo(details);
  const v1::BadRequest bad_request = MakeBadRequest(details.violations);
  const size_t omitted =
      details.violations.size() -
      static_cast<size_t>(bad_request.field_violations_size());
  if (omitted > 0) {
    (*info.mutable_metadata())["violations_omitted"] = std::to_string(omitted);
  }
  AddDetail("ErrorInfo", info, error);
  if (!details.violations.empty()) AddDetail("BadRequest", bad_request, error);
  if (details.retry_delay_ms > 0) {
    AddDetail("RetryInfo", MakeRetryInfo(details.retry_delay_ms), error);
  }
  return error;
}

grpc::Status ToGrpcStatus(const Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const v1::ErrorStatus error = ToErrorStatus(status);
  // The canonical codes of absl and gRPC are the same numbers.
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                      error.message(), error.SerializeAsString());
}

}  // namespace tercet
