// The single way in for all RPCs: the gate, the deadline, the log line, the
// error details, and the edge that no exception crosses.
//
//   return calls.HandleUnary(*context, "GetUnit", *request, *response,
//                            [&](Call& call) -> Status { ... });
#ifndef TERCET_SERVICE_RPC_CALL_H_
#define TERCET_SERVICE_RPC_CALL_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "service/base/status.h"
#include "service/base/stop_check.h"
#include "service/ops/log.h"
#include "service/rpc/call_gate.h"
#include "service/rpc/call_stop.h"

namespace tercet {

// A call as its handler sees it. Thread-safe.
class Call {
 public:
  explicit Call(grpc::ServerContext& context);

  // For long work: cheap, a millisecond late.
  const StopCheck& stop() const { return stop_; }
  // Looks now.
  Status CheckNow() const { return CheckCall(limits_); }
  // Breaks the call off, with whatever it waits for.
  void Cancel() { context_.TryCancel(); }

  // For streams: every message that was read or written.
  void CountRequest(const google::protobuf::Message& message);
  void CountResponse(const google::protobuf::Message& message);

  int64_t request_bytes() const { return request_bytes_; }
  int64_t response_bytes() const { return response_bytes_; }

 private:
  grpc::ServerContext& context_;
  const CallLimits limits_;
  const StopCheck stop_;
  std::atomic<int64_t> request_bytes_ = 0;
  std::atomic<int64_t> response_bytes_ = 0;
};

// Thread-safe.
class CallHandler {
 public:
  // `logger` must outlive the handler. Calls that fail by the server's fault
  // are logged as warnings, all others for debugging.
  explicit CallHandler(Logger& logger) : logger_(logger) {}

  using Body = std::function<Status(Call& call)>;

  // Runs `body` as the RPC `method` (its short name).
  grpc::Status Handle(grpc::ServerContext& context, std::string_view method,
                      const Body& body);

  // As above, and counts the one request and the one response.
  grpc::Status HandleUnary(grpc::ServerContext& context,
                           std::string_view method,
                           const google::protobuf::Message& request,
                           const google::protobuf::Message& response,
                           const Body& body);

  CallGate& gate() { return gate_; }

 private:
  Status RunBody(std::string_view method, Call& call, const Body& body);

  Logger& logger_;
  CallGate gate_;
};

// Fails with kResourceExhausted, reason RESPONSE_TOO_LARGE, when `response` is
// larger than clients take (kMaxMessageBytes); `advice` says what to do.
Status CheckResponseSize(size_t response_bytes, std::string_view advice);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CALL_H_
