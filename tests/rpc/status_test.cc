#include "service/rpc/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

TEST(ToGrpcStatus, LeavesOkBare) {
  const grpc::Status status = ToGrpcStatus(OkStatus());
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(status.error_details(), "");
}

TEST(ToGrpcStatus, CarriesTheReason) {
  const RpcError error = DecodeError(
      ToGrpcStatus(MakeError(StatusCode::kNotFound, "no memory 'press'",
                             {.reason = "MEMORY_NOT_FOUND",
                              .metadata = {{"name", "memories/press"}}})));
  EXPECT_EQ(error.code, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(error.message, "no memory 'press'");
  EXPECT_EQ(error.info.reason(), "MEMORY_NOT_FOUND");
  EXPECT_EQ(error.info.domain(), "tercet.v1");
  EXPECT_THAT(error.info.metadata(),
              UnorderedElementsAre(Pair("name", "memories/press")));
  EXPECT_FALSE(error.has_retry_info);
}

TEST(ToGrpcStatus, ListsEveryWrongField) {
  const RpcError error = DecodeError(ToGrpcStatus(
      InvalidFields({{.field = "name", .description = "is empty"},
                     {.field = "page_size", .description = "is negative"}})));
  EXPECT_EQ(error.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(error.fields(), ElementsAre("name", "page_size"));
  EXPECT_EQ(error.bad_request.field_violations(1).description(), "is negative");
}

TEST(ToGrpcStatus, SaysWhenToRetry) {
  const RpcError error = DecodeError(ToGrpcStatus(
      MakeError(StatusCode::kUnavailable, "busy",
                {.reason = "SERVER_DRAINING", .retry_delay_ms = 1500})));
  EXPECT_TRUE(error.has_retry_info);
}

TEST(ToGrpcStatus, NamesTheCodeWhereThereIsNoReason) {
  const RpcError error =
      DecodeError(ToGrpcStatus(Status(StatusCode::kAborted, "later")));
  EXPECT_EQ(error.info.reason(), "ABORTED");
}

TEST(ToErrorStatus, UsesTheNumbersOfGoogleRpc) {
  // code: 5, message: "m", details { ErrorInfo { reason: "R", domain } }
  const v1::ErrorStatus error =
      ToErrorStatus(MakeError(StatusCode::kNotFound, "m", {.reason = "R"}));
  EXPECT_EQ(error.SerializeAsString().substr(0, 5),
            std::string("\x08\x05\x12\x01m"));
  EXPECT_EQ(error.details(0).value(), "\n\x01R\x12\x09tercet.v1");
}

TEST(ToErrorStatus, FitsIntoATrailer) {
  std::vector<FieldViolation> violations;
  for (int i = 0; i < 1000; ++i) {
    violations.push_back({.field = "requests[" + std::to_string(i) + "].unit",
                          .description = std::string(500, 'x')});
  }
  const grpc::Status status = ToGrpcStatus(MakeError(
      StatusCode::kInvalidArgument, std::string(5000, 'm'),
      {.reason = "FIELDS_INVALID", .violations = std::move(violations)}));
  const RpcError error = DecodeError(status);
  EXPECT_LT(status.error_details().size(), 4096u);
  EXPECT_THAT(error.message, SizeIs(testing::Lt(600u)));
  EXPECT_THAT(error.message, EndsWith("..."));
  EXPECT_EQ(error.info.metadata().at("violations_omitted"),
            std::to_string(1000 - error.fields().size()));
}

}  // namespace
}  // namespace tercet
