#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

constexpr std::string_view kUrl = "type.googleapis.com/google.rpc.";

// What `any` holds, if it is a `name`.
template <typename T>
bool Unpack(const google::protobuf::Any& any, std::string_view name, T& to) {
  return any.type_url() == std::string(kUrl) + std::string(name) &&
         to.ParseFromString(any.value());
}

}  // namespace

std::vector<std::string> RpcError::fields() const {
  std::vector<std::string> fields;
  for (const auto& violation : bad_request.field_violations()) {
    fields.push_back(violation.field());
  }
  return fields;
}

RpcError DecodeError(const grpc::Status& status) {
  RpcError error = {.code = status.error_code(),
                    .message = status.error_message()};
  v1::ErrorStatus details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  v1::RetryInfo retry;
  for (const google::protobuf::Any& any : details.details()) {
    EXPECT_TRUE(Unpack(any, "ErrorInfo", error.info) ||
                Unpack(any, "BadRequest", error.bad_request) ||
                (error.has_retry_info = Unpack(any, "RetryInfo", retry)))
        << any.type_url();
  }
  return error;
}

v1::Unit MakeUnit(std::string_view en, std::string_view es) {
  v1::Unit unit;
  v1::Variant& english = *unit.add_variants();
  english.set_language_code("en");
  english.set_text(std::string(en));
  v1::Variant& spanish = *unit.add_variants();
  spanish.set_language_code("es");
  spanish.set_text(std::string(es));
  return unit;
}

RpcTest::RpcTest() {
  StatusOr<std::unique_ptr<Service>> service = Service::Start(
      {.data = directory_.path(), .listen = "none", .sync_writes = false});
  EXPECT_TRUE(service.ok()) << service.status();
  service_ = *std::move(service);
  memories_ = v1::MemoryService::NewStub(service_->InProcessChannel());
  lookups_ = v1::LookupService::NewStub(service_->InProcessChannel());
  servers_ = v1::ServerService::NewStub(service_->InProcessChannel());
}

v1::Memory RpcTest::CreateMemory(const std::string& id) {
  v1::CreateMemoryRequest request;
  request.set_memory_id(id);
  grpc::ClientContext context;
  v1::Memory memory;
  EXPECT_THAT(memories_->CreateMemory(&context, request, &memory), RpcOk());
  return memory;
}

v1::Unit RpcTest::CreateUnit(const std::string& parent, const v1::Unit& unit) {
  v1::CreateUnitRequest request;
  request.set_parent(parent);
  *request.mutable_unit() = unit;
  grpc::ClientContext context;
  v1::Unit created;
  EXPECT_THAT(memories_->CreateUnit(&context, request, &created), RpcOk());
  return created;
}

v1::Memory RpcTest::GetMemory(const std::string& name) {
  v1::GetMemoryRequest request;
  request.set_name(name);
  grpc::ClientContext context;
  v1::Memory memory;
  EXPECT_THAT(memories_->GetMemory(&context, request, &memory), RpcOk());
  return memory;
}

}  // namespace tercet
