#include "client/cli/exit_code.h"

#include <string>

namespace tercet::cli {
namespace {

constexpr char kUsageReason[] = "USAGE";

}  // namespace

Status UsageError(std::string_view message) {
  return MakeError(StatusCode::kInvalidArgument, message,
                   {.reason = kUsageReason});
}

bool IsFileError(const Status& error) {
  const ErrorDetails details = GetDetails(error);
  if (details.reason.starts_with("FILE_") ||
      details.reason == "ARCHIVE_INVALID") {
    return true;
  }
  // An import that had begun, so that it is not the request that is wrong.
  return error.code() == StatusCode::kInvalidArgument &&
         details.metadata.contains("units_durable");
}

ExitCode ExitCodeOf(const Status& error) {
  const std::string reason = GetDetails(error).reason;
  if (reason == kUsageReason) return ExitCode::kUsage;
  if (IsFileError(error)) return ExitCode::kBadInput;
  if (error.code() == StatusCode::kUnavailable) return ExitCode::kUnreachable;
  if (error.code() == StatusCode::kDeadlineExceeded) {
    return ExitCode::kUnreachable;
  }
  return ExitCode::kRefused;
}

}  // namespace tercet::cli
