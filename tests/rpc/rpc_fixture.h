// The whole service over an empty directory, and what RPC tests say to it.
#ifndef TERCET_TESTS_RPC_RPC_FIXTURE_H_
#define TERCET_TESTS_RPC_RPC_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "grpcpp/client_context.h"
#include "service/server/service.h"
#include "tercet/v1/errors.pb.h"
#include "tercet/v1/lookup_service.grpc.pb.h"
#include "tercet/v1/memory_service.grpc.pb.h"
#include "tercet/v1/server_service.grpc.pb.h"
#include "tests/support/temp_dir.h"

namespace tercet {

// An error as a client decodes it from the trailer.
struct RpcError {
  grpc::StatusCode code = grpc::StatusCode::OK;
  std::string message;
  v1::ErrorInfo info;
  v1::BadRequest bad_request;
  bool has_retry_info = false;

  // The wrong fields' paths.
  std::vector<std::string> fields() const;
};
RpcError DecodeError(const grpc::Status& status);

// A unit with one English and one Spanish variant.
v1::Unit MakeUnit(std::string_view en, std::string_view es);

// The fixture.
class RpcTest : public testing::Test {
 protected:
  RpcTest();

  // Each expects success.
  v1::Memory CreateMemory(const std::string& id);
  v1::Unit CreateUnit(const std::string& parent, const v1::Unit& unit);
  v1::Memory GetMemory(const std::string& name);

  TempDir directory_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<v1::MemoryService::Stub> memories_;
  std::unique_ptr<v1::LookupService::Stub> lookups_;
  std::unique_ptr<v1::ServerService::Stub> servers_;
};

MATCHER(RpcOk, "is OK") {
  if (arg.ok()) return true;
  *result_listener << arg.error_code() << ": " << arg.error_message();
  return false;
}

MATCHER_P2(RpcFails, code, reason, "") {
  const RpcError error = DecodeError(arg);
  *result_listener << error.code << ", " << error.info.reason() << ": "
                   << error.message;
  return error.code == code && error.info.reason() == reason &&
         error.info.domain() == "tercet.v1";
}

// INVALID_ARGUMENT that names just these fields.
MATCHER_P(NamesFields, fields, "") {
  const RpcError error = DecodeError(arg);
  *result_listener << error.code << ", " << error.message;
  return error.code == grpc::StatusCode::INVALID_ARGUMENT &&
         error.info.reason() == "FIELDS_INVALID" &&
         testing::ExplainMatchResult(fields, error.fields(), result_listener);
}

}  // namespace tercet

#endif  // TERCET_TESTS_RPC_RPC_FIXTURE_H_
