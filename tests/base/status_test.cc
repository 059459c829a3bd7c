#include "service/base/status.h"

#include <memory>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(Status, CarriesAllDetails) {
  const Status status =
      MakeError(StatusCode::kUnavailable, "no memory 'press'",
                {.reason = "MEMORY_BUSY",
                 .metadata = {{"name", "memories/press"}, {"文", ""}},
                 .violations = {{.field = "a", .description = "is bad"}},
                 .retry_delay_ms = 1500});
  EXPECT_THAT(status, StatusIs(StatusCode::kUnavailable, "no memory 'press'"));

  const ErrorDetails details = GetDetails(status);
  EXPECT_EQ(details.reason, "MEMORY_BUSY");
  EXPECT_THAT(details.metadata,
              ElementsAre(Pair("name", "memories/press"), Pair("文", "")));
  EXPECT_THAT(details.violations, ElementsAre(FieldViolation{
                                      .field = "a", .description = "is bad"}));
  EXPECT_EQ(details.retry_delay_ms, 1500);
}

TEST(Status, DetailsSurviveCopies) {
  StatusOr<int> original =
      MakeError(StatusCode::kNotFound, "gone", {.reason = "GONE"});
  const Status copy = original.status();
  EXPECT_THAT(copy, ReasonIs("GONE"));
}

TEST(Status, ReasonOfForeignErrorIsItsCode) {
  EXPECT_THAT(absl::InternalError("x"), ReasonIs("INTERNAL"));
  EXPECT_THAT(absl::DeadlineExceededError("x"), ReasonIs("DEADLINE_EXCEEDED"));
}

TEST(Status, OkHasNoDetails) {
  EXPECT_EQ(GetDetails(OkStatus()).reason, "");
  EXPECT_THAT(GetDetails(OkStatus()).violations, IsEmpty());
}

TEST(InvalidFields, ListsEveryField) {
  const std::vector<FieldViolation> wrong = {
      {.field = "unit.variants[0].text", .description = "must not be empty"},
      {.field = "unit.state", .description = "is no state"},
      {.field = "unit.usage_count", .description = "is negative"}};
  const Status status = InvalidFields(wrong);
  EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument,
                               "unit.variants[0].text: must not be empty "
                               "(and 2 more wrong fields)"));
  EXPECT_THAT(status, ReasonIs("FIELDS_INVALID"));
  EXPECT_THAT(GetDetails(status).violations, Eq(wrong));
}

TEST(InvalidFields, NamesASingleFieldAlone) {
  EXPECT_THAT(InvalidFields({{.field = "a", .description = "is bad"}}),
              StatusIs(StatusCode::kInvalidArgument, "a: is bad"));
}

StatusOr<std::unique_ptr<int>> MakeNumber(bool succeed) {
  if (!succeed) return MakeError(StatusCode::kAborted, "no", {.reason = "NO"});
  return std::make_unique<int>(7);
}

StatusOr<int> AddNumbers(bool first, bool second) {
  ASSIGN_OR_RETURN(std::unique_ptr<int> a, MakeNumber(first));
  ASSIGN_OR_RETURN(const std::unique_ptr<int> b, MakeNumber(second));
  return *a + *b;
}

TEST(Status, AssignOrReturnAssignsOrReturns) {
  EXPECT_THAT(AddNumbers(true, true), IsOkAndHolds(14));
  EXPECT_THAT(AddNumbers(true, false), ReasonIs("NO"));
  EXPECT_THAT(AddNumbers(false, true), ReasonIs("NO"));
}

Status CheckTwice(const Status& first, const Status& second) {
  RETURN_IF_ERROR(first);
  RETURN_IF_ERROR(second);
  return absl::CancelledError("reached the end");
}

TEST(Status, ReturnIfErrorReturnsTheFirstError) {
  const Status error = absl::DataLossError("lost");
  EXPECT_EQ(CheckTwice(error, OkStatus()), error);
  EXPECT_EQ(CheckTwice(OkStatus(), error), error);
  EXPECT_TRUE(absl::IsCancelled(CheckTwice(OkStatus(), OkStatus())));
}

TEST(Status, IsPrintedOnOneLine) {
  EXPECT_EQ(::testing::PrintToString(OkStatus()), "OK");
  EXPECT_EQ(::testing::PrintToString(
                InvalidFields({{.field = "a", .description = "is bad"}})),
            "INVALID_ARGUMENT (FIELDS_INVALID): a: is bad; a is bad");
  EXPECT_EQ(::testing::PrintToString(StatusOr<int>(3)), "3");
}

TEST(Matchers, TellErrorsApart) {
  using ::testing::Not;
  const StatusOr<int> seven = 7;
  const StatusOr<int> lost = absl::DataLossError("lost");
  EXPECT_THAT(seven, IsOk());
  EXPECT_THAT(seven, Not(IsOkAndHolds(8)));
  EXPECT_THAT(lost, Not(IsOk()));
  EXPECT_THAT(lost, Not(IsOkAndHolds(7)));
  EXPECT_THAT(lost, Not(StatusIs(StatusCode::kDataLoss, "found")));
  EXPECT_THAT(lost, Not(StatusIs(StatusCode::kNotFound, "lost")));
  EXPECT_THAT(lost, Not(ReasonIs("LOST")));
}

}  // namespace
}  // namespace tercet
