#include "client/cli/exit_code.h"

#include <string>

#include "client/lib/file_error.h"

namespace tercet::cli {
namespace {

constexpr char kUsageReason[] = "USAGE";

}  // namespace

Status UsageError(std::string_view message) {
  return MakeError(StatusCode::kInvalidArgument, message,
                   {.reason = kUsageReason});
}

ExitCode ExitCodeOf(const Status& error) {
  const std::string reason = GetDetails(error).reason;
  if (reason == kUsageReason) return ExitCode::kUsage;
  if (reason == client::kFileUnreadable) return ExitCode::kBadInput;
  if (reason == client::kFileUnwritable) return ExitCode::kBadInput;
  // What the server says of a file that it cannot read on.
  if (reason == "FILE_MALFORMED") return ExitCode::kBadInput;
  if (error.code() == StatusCode::kUnavailable) return ExitCode::kUnreachable;
  if (error.code() == StatusCode::kDeadlineExceeded) {
    return ExitCode::kUnreachable;
  }
  return ExitCode::kRefused;
}

}  // namespace tercet::cli
