#include "client/lib/grpc_status.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/fake_server.h"
#include "tests/support/matchers.h"

namespace tercet::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

TEST(FromGrpcStatus, DecodesAllDetails) {
  v1::ErrorInfo info;
  info.set_reason("REQUEST_INVALID");
  (*info.mutable_metadata())["name"] = "memories/x";
  v1::BadRequest bad_request;
  auto& violation = *bad_request.add_field_violations();
  violation.set_field("unit.variants[1].text");
  violation.set_description("is empty");
  v1::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(1);
  retry.mutable_retry_delay()->set_nanos(500'000'000);
  const Status status = FromGrpcStatus(ErrorWithDetails(
      grpc::StatusCode::INVALID_ARGUMENT, "wrong", info, bad_request, retry));
  EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument, "wrong"));
  const ErrorDetails details = GetDetails(status);
  EXPECT_EQ(details.reason, "REQUEST_INVALID");
  EXPECT_THAT(details.metadata, ElementsAre(Pair("name", "memories/x")));
  EXPECT_THAT(details.violations,
              ElementsAre(FieldViolation{"unit.variants[1].text", "is empty"}));
  EXPECT_EQ(details.retry_delay_ms, 1500);
}

TEST(FromGrpcStatus, TellsNoServerFromALostConnection) {
  EXPECT_THAT(FromGrpcStatus({grpc::StatusCode::UNAVAILABLE,
                              "failed to connect to all addresses; last "
                              "error: UNKNOWN"}),
              ReasonIs(kNoServer));
  EXPECT_THAT(FromGrpcStatus({grpc::StatusCode::UNAVAILABLE, "Socket closed"}),
              ReasonIs(kConnectionLost));
}

TEST(FromGrpcStatus, TakesTheCodeAsReasonWhereThereIsNone) {
  EXPECT_THAT(FromGrpcStatus({grpc::StatusCode::DEADLINE_EXCEEDED, "late"}),
              ReasonIs("DEADLINE_EXCEEDED"));
}

TEST(FromGrpcStatus, BearsGarbageInTheDetails) {
  EXPECT_THAT(FromGrpcStatus({grpc::StatusCode::INTERNAL, "m", "\xff\x01g"}),
              StatusIs(StatusCode::kInternal, HasSubstr("m")));
}

TEST(FromGrpcStatus, KeepsOk) {
  EXPECT_THAT(FromGrpcStatus(grpc::Status::OK), IsOk());
}

}  // namespace
}  // namespace tercet::client
