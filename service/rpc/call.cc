#include "service/rpc/call.h"

#include <chrono>
#include <string>

#include "fmt/format.h"
#include "service/model/limits.h"
#include "service/rpc/catch.h"
#include "service/rpc/status.h"

namespace tercet {
namespace {

using std::chrono::steady_clock;

bool IsServersFault(const Status& status) {
  switch (status.code()) {
    case StatusCode::kUnknown:
    case StatusCode::kInternal:
    case StatusCode::kDataLoss:
      return true;
    case StatusCode::kUnavailable:
      return GetDetails(status).reason != "SERVER_DRAINING";
    default:
      return false;
  }
}

// One line for one call. The message only where the fault is the server's:
// others may quote what the user sent.
void LogCall(Logger& logger, std::string_view method, const Call& call,
             const Status& status, steady_clock::duration duration) {
  const bool servers_fault = IsServersFault(status);
  const LogLevel level = servers_fault ? LogLevel::kWarning : LogLevel::kDebug;
  if (!logger.Enabled(level)) return;
  const std::string code = absl::StatusCodeToString(status.code());
  const std::string reason = GetDetails(status).reason;
  logger.Log(
      level, "call",
      {{"method", method},
       {"code", code},
       {"reason", reason},
       {"message", servers_fault ? MessageOf(status) : std::string_view()},
       {"ms", std::chrono::duration<double, std::milli>(duration).count()},
       {"request_bytes", call.request_bytes()},
       {"response_bytes", call.response_bytes()}});
}

}  // namespace

Call::Call(grpc::ServerContext& context)
    : context_(context),
      limits_({.deadline = context.deadline(),
               .is_cancelled = [&context] { return context.IsCancelled(); }}),
      stop_(MakeStopCheck(limits_)) {}

void Call::CountRequest(const google::protobuf::Message& message) {
  request_bytes_ += static_cast<int64_t>(message.ByteSizeLong());
}

void Call::CountResponse(const google::protobuf::Message& message) {
  response_bytes_ += static_cast<int64_t>(message.ByteSizeLong());
}

Status CallHandler::RunBody(std::string_view method, Call& call,
                            const Body& body) {
  RETURN_IF_ERROR(gate_.Enter());
  Status status = CatchExceptions(method, [&]() -> Status {
    RETURN_IF_ERROR(call.CheckNow());
    return body(call);
  });
  gate_.Leave();
  return status;
}

grpc::Status CallHandler::Handle(grpc::ServerContext& context,
                                 std::string_view method, const Body& body) {
  const steady_clock::time_point start = steady_clock::now();
  Call call(context);
  const Status status = RunBody(method, call, body);
  LogCall(logger_, method, call, status, steady_clock::now() - start);
  return ToGrpcStatus(status);
}

grpc::Status CallHandler::HandleUnary(grpc::ServerContext& context,
                                      std::string_view method,
                                      const google::protobuf::Message& request,
                                      const google::protobuf::Message& response,
                                      const Body& body) {
  return Handle(context, method, [&](Call& call) -> Status {
    call.CountRequest(request);
    RETURN_IF_ERROR(body(call));
    call.CountResponse(response);
    return OkStatus();
  });
}

Status CheckResponseSize(size_t response_bytes, std::string_view advice) {
  if (response_bytes <= kMaxMessageBytes) return OkStatus();
  return MakeError(
      StatusCode::kResourceExhausted,
      fmt::format("the response has {} bytes; the most is {}: {}",
                  response_bytes, kMaxMessageBytes, advice),
      {.reason = "RESPONSE_TOO_LARGE",
       .metadata = {{"response_bytes", std::to_string(response_bytes)}}});
}

}  // namespace tercet
