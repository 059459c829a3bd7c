#include "service/base/status.h"

#include <cassert>
#include <optional>

#include "absl/strings/cord.h"
#include "fmt/format.h"
#include "service/base/bytes.h"

namespace tercet {
namespace {

// Where absl's Status keeps our details; never leaves the process.
constexpr char kPayloadUrl[] = "tercet/error-details";

absl::string_view ToAbsl(std::string_view text) {
  return {text.data(), text.size()};
}

// The reason, the counts and entries of metadata and violations, the delay.
std::string Encode(const ErrorDetails& details) {
  std::string bytes;
  AppendPrefixed(bytes, details.reason);
  AppendU32(bytes, static_cast<uint32_t>(details.metadata.size()));
  for (const auto& [name, value] : details.metadata) {
    AppendPrefixed(bytes, name);
    AppendPrefixed(bytes, value);
  }
  AppendU32(bytes, static_cast<uint32_t>(details.violations.size()));
  for (const FieldViolation& violation : details.violations) {
    AppendPrefixed(bytes, violation.field);
    AppendPrefixed(bytes, violation.description);
  }
  AppendU64(bytes, static_cast<uint64_t>(details.retry_delay_ms));
  return bytes;
}

// REQUIRES: Encode made the bytes.
ErrorDetails Decode(std::string_view bytes) {
  ByteReader reader(bytes);
  auto read_string = [&] {
    return std::string(reader.ReadPrefixed().value_or(""));
  };
  ErrorDetails details;
  details.reason = read_string();
  for (uint32_t i = reader.ReadU32().value_or(0); i > 0; --i) {
    std::string name = read_string();
    details.metadata[std::move(name)] = read_string();
  }
  for (uint32_t i = reader.ReadU32().value_or(0); i > 0; --i) {
    std::string field = read_string();
    details.violations.push_back(
        {.field = std::move(field), .description = read_string()});
  }
  details.retry_delay_ms = static_cast<int64_t>(reader.ReadU64().value_or(0));
  return details;
}

}  // namespace

Status MakeError(StatusCode code, std::string_view message,
                 const ErrorDetails& details) {
  assert(code != StatusCode::kOk);
  assert(!details.reason.empty());
  Status status(code, ToAbsl(message));
  status.SetPayload(kPayloadUrl, absl::Cord(Encode(details)));
  return status;
}

Status InvalidFields(std::vector<FieldViolation> violations) {
  assert(!violations.empty());
  const FieldViolation& first = violations.front();
  std::string message = fmt::format("{}: {}", first.field, first.description);
  if (size_t others = violations.size() - 1; others > 0) {
    message += fmt::format(" (and {} more wrong field{})", others,
                           others == 1 ? "" : "s");
  }
  return MakeError(
      StatusCode::kInvalidArgument, message,
      {.reason = "FIELDS_INVALID", .violations = std::move(violations)});
}

ErrorDetails GetDetails(const Status& status) {
  if (status.ok()) return {};
  absl::optional<absl::Cord> payload = status.GetPayload(kPayloadUrl);
  if (!payload) return {.reason = absl::StatusCodeToString(status.code())};
  return Decode(std::string(*payload));
}

}  // namespace tercet
