// Matchers and printers for Status and StatusOr.
//
//   EXPECT_THAT(store.Write(batch), IsOk());
//   EXPECT_THAT(ParseNumber("7"), IsOkAndHolds(7));
//   EXPECT_THAT(store.Get("press"),
//               StatusIs(StatusCode::kNotFound, HasSubstr("press")));
//   EXPECT_THAT(store.Get("press"), ReasonIs("MEMORY_NOT_FOUND"));
#ifndef TERCET_TESTS_SUPPORT_MATCHERS_H_
#define TERCET_TESTS_SUPPORT_MATCHERS_H_

#include <ostream>
#include <string>
#include <type_traits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/status.h"

namespace tercet {

// The status on one line: code, reason, message, wrong fields.
std::string DescribeStatus(const Status& status);

inline const Status& GetStatus(const Status& status) { return status; }
template <typename T>
const Status& GetStatus(const StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER(IsOk, negation ? "is an error" : "is OK") {
  return GetStatus(arg).ok();
}

MATCHER_P(
    IsOkAndHolds, value,
    (negation ? "is an error or has a value that " : "is OK and ") +
        ::testing::DescribeMatcher<typename std::decay_t<arg_type>::value_type>(
            value, negation)) {
  return arg.ok() &&
         ::testing::ExplainMatchResult(value, *arg, result_listener);
}

MATCHER_P2(StatusIs, code, message,
           (negation ? "is not " : "is ") + absl::StatusCodeToString(code) +
               " with a message that " +
               ::testing::DescribeMatcher<std::string>(message, false)) {
  const Status& status = GetStatus(arg);
  return status.code() == code &&
         ::testing::ExplainMatchResult(message, std::string(MessageOf(status)),
                                       result_listener);
}

MATCHER_P(ReasonIs, reason,
          (negation ? "has not the reason " : "has the reason ") +
              std::string(reason)) {
  return GetDetails(GetStatus(arg)).reason == reason;
}

}  // namespace tercet

// Where GoogleTest looks for the printers of absl's types.
namespace absl {

inline void PrintTo(const Status& status, std::ostream* out) {
  *out << tercet::DescribeStatus(status);
}

template <typename T>
void PrintTo(const StatusOr<T>& status_or, std::ostream* out) {
  if (status_or.ok()) {
    *out << ::testing::PrintToString(*status_or);
  } else {
    PrintTo(status_or.status(), out);
  }
}

}  // namespace absl

#endif  // TERCET_TESTS_SUPPORT_MATCHERS_H_
