#include "client/cli/error_text.h"

#include <fmt/format.h>

#include <string_view>

#include "client/lib/grpc_status.h"

namespace tercet::cli {
namespace {

// What the user can do about an error of this kind; empty when nothing is sure.
std::string Advice(const Status& error, const ErrorDetails& details) {
  if (error.code() == StatusCode::kDeadlineExceeded) {
    return "give it more time with --timeout SECONDS";
  }
  if (details.reason == "MEMORY_NOT_FOUND") {
    return "`tercet memory list` shows what there is";
  }
  if (details.reason == "MEMORY_NOT_EMPTY") {
    return "--force deletes its units too";
  }
  if (details.reason == "FILE_LANGUAGE_UNKNOWN") {
    return "name it with --from LANGUAGE";
  }
  if (details.reason == "FILE_TARGET_LANGUAGE_UNKNOWN") {
    return "name it with --to LANGUAGE";
  }
  if (error.code() == StatusCode::kAborted) {
    return "somebody else changed it meanwhile: run the command again";
  }
  return "";
}

std::string Headline(const Status& error, const ErrorDetails& details,
                     const Settings& settings) {
  if (details.reason == client::kNoServer) {
    return fmt::format(
        "no server at {}: start one with `tercetd` or use --data DIR",
        settings.server);
  }
  if (details.reason == client::kConnectionLost) {
    return fmt::format("the connection to {} broke: {}", settings.server,
                       MessageOf(error));
  }
  if (error.code() == StatusCode::kDeadlineExceeded) {
    return "no answer in time";
  }
  if (error.code() == StatusCode::kUnimplemented) {
    return fmt::format("what answers at {} is not a Tercet server: {}",
                       settings.server, MessageOf(error));
  }
  return std::string(MessageOf(error));
}

}  // namespace

std::string ErrorText(const Status& error, const Settings& settings) {
  const ErrorDetails details = GetDetails(error);
  std::string text = Headline(error, details, settings);
  for (const FieldViolation& violation : details.violations) {
    const std::string line =
        fmt::format("{}: {}", violation.field, violation.description);
    // A single violation may be all that the message says already.
    if (text.find(violation.description) != std::string::npos &&
        details.violations.size() == 1) {
      continue;
    }
    text += "\n  " + line;
  }
  const std::string advice = Advice(error, details);
  if (!advice.empty()) text += "\n  " + advice;
  return text;
}

nlohmann::ordered_json ErrorJson(const Status& error,
                                 const Settings& settings) {
  const ErrorDetails details = GetDetails(error);
  nlohmann::ordered_json json;
  json["code"] = absl::StatusCodeToString(error.code());
  json["reason"] = details.reason;
  json["message"] = Headline(error, details, settings);
  if (!details.metadata.empty()) json["metadata"] = details.metadata;
  for (const FieldViolation& violation : details.violations) {
    json["violations"].push_back(
        {{"field", violation.field}, {"description", violation.description}});
  }
  return {{"error", json}};
}

}  // namespace tercet::cli
