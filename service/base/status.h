// Errors: absl's Status and StatusOr, plus the details a caller can act on.
//
//   StatusOr<Unit> unit = store.Get(id);
//   if (!unit.ok()) return unit.status();
//
//   return MakeError(StatusCode::kNotFound, "no memory 'press'",
//                    {.reason = "MEMORY_NOT_FOUND",
//                     .metadata = {{"name", "memories/press"}}});
#ifndef TERCET_SERVICE_BASE_STATUS_H_
#define TERCET_SERVICE_BASE_STATUS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace tercet {

using absl::OkStatus;
using absl::Status;
using absl::StatusCode;
using absl::StatusOr;

// One wrong field of a request.
struct FieldViolation {
  std::string field;        // The path, e.g. `unit.variants[1].text`.
  std::string description;  // What is wrong with it: lower case, no stop.

  friend bool operator==(const FieldViolation&,
                         const FieldViolation&) = default;
};

// What an error carries beside its code and message.
struct ErrorDetails {
  std::string reason;  // Stable UPPER_SNAKE_CASE, listed in docs/errors.md.
  std::map<std::string, std::string> metadata;  // The values the message names.
  std::vector<FieldViolation> violations;       // For kInvalidArgument.
  int64_t retry_delay_ms = 0;                   // 0: a retry does not help.
};

// Makes an error. REQUIRES: code is not kOk, details.reason is not empty.
Status MakeError(StatusCode code, std::string_view message,
                 const ErrorDetails& details);

// Makes the kInvalidArgument that lists every wrong field.
// REQUIRES: violations is not empty.
Status InvalidFields(std::vector<FieldViolation> violations);

// The details of an error. Where an error was not made by MakeError the reason
// is derived from its code, e.g. `INTERNAL`.
ErrorDetails GetDetails(const Status& status);

// The message as a std view; valid as long as `status`.
inline std::string_view MessageOf(const Status& status) {
  return {status.message().data(), status.message().size()};
}

}  // namespace tercet

#define TERCET_CONCAT_INNER(a, b) a##b
#define TERCET_CONCAT(a, b) TERCET_CONCAT_INNER(a, b)

// Returns from the calling function when `expression` is an error.
#define RETURN_IF_ERROR(expression)                                         \
  do {                                                                      \
    if (::tercet::Status tercet_status = (expression); !tercet_status.ok()) \
      return tercet_status;                                                 \
  } while (false)

// Assigns the value of a StatusOr, or returns its error.
#define ASSIGN_OR_RETURN(declaration, expression)                            \
  TERCET_ASSIGN_OR_RETURN_(TERCET_CONCAT(status_or_, __LINE__), declaration, \
                           expression)
#define TERCET_ASSIGN_OR_RETURN_(temporary, declaration, expression) \
  auto temporary = (expression);                                     \
  if (!temporary.ok()) return temporary.status();                    \
  declaration = *std::move(temporary)

#endif  // TERCET_SERVICE_BASE_STATUS_H_
