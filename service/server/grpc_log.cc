#include "service/server/grpc_log.h"

#include <atomic>
#include <string_view>

#include "grpc/support/log.h"

namespace tercet {
namespace {

// gRPC takes a bare function.
std::atomic<Logger*> grpc_logger = nullptr;

void LogMessage(gpr_log_func_args* message) {
  grpc_logger.load()->Log(
      LogLevel::kDebug, "grpc",
      {{"severity", gpr_log_severity_string(message->severity)},
       {"message", message->message},
       {"line", int64_t{message->line}}});
}

}  // namespace

void SendGrpcLogTo(Logger& logger) {
  grpc_logger = &logger;
  gpr_set_log_function(LogMessage);
}

}  // namespace tercet
