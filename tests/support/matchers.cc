#include "tests/support/matchers.h"

#include "fmt/format.h"

namespace tercet {

std::string DescribeStatus(const Status& status) {
  if (status.ok()) return "OK";
  const ErrorDetails details = GetDetails(status);
  std::string text =
      fmt::format("{} ({}): {}", absl::StatusCodeToString(status.code()),
                  details.reason, MessageOf(status));
  for (const FieldViolation& violation : details.violations) {
    text += fmt::format("; {} {}", violation.field, violation.description);
  }
  return text;
}

}  // namespace tercet
