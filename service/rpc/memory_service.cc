#include "service/rpc/memory_service.h"

#include <utility>

#include "service/rpc/export_call.h"
#include "service/rpc/import_call.h"
#include "service/rpc/memory_calls.h"
#include "service/rpc/unit_calls.h"

namespace tercet {
namespace {

using google::protobuf::Empty;
using grpc::ServerContext;

class MemoryServiceImpl final : public v1::MemoryService::Service {
 public:
  explicit MemoryServiceImpl(MemoryServiceOptions options)
      : database_(options.database),
        calls_(options.calls),
        version_(std::move(options.version)) {}

  grpc::Status CreateMemory(ServerContext* context,
                            const v1::CreateMemoryRequest* request,
                            v1::Memory* response) override {
    return calls_.HandleUnary(
        *context, "CreateMemory", *request, *response, [&](Call&) {
          return tercet::CreateMemory(database_, *request, *response);
        });
  }

  grpc::Status GetMemory(ServerContext* context,
                         const v1::GetMemoryRequest* request,
                         v1::Memory* response) override {
    return calls_.HandleUnary(
        *context, "GetMemory", *request, *response, [&](Call&) {
          return tercet::GetMemory(database_, *request, *response);
        });
  }

  grpc::Status ListMemories(ServerContext* context,
                            const v1::ListMemoriesRequest* request,
                            v1::ListMemoriesResponse* response) override {
    return calls_.HandleUnary(
        *context, "ListMemories", *request, *response, [&](Call&) {
          return tercet::ListMemories(database_, *request, *response);
        });
  }

  grpc::Status UpdateMemory(ServerContext* context,
                            const v1::UpdateMemoryRequest* request,
                            v1::Memory* response) override {
    return calls_.HandleUnary(
        *context, "UpdateMemory", *request, *response, [&](Call&) {
          return tercet::UpdateMemory(database_, *request, *response);
        });
  }

  grpc::Status DeleteMemory(ServerContext* context,
                            const v1::DeleteMemoryRequest* request,
                            Empty* response) override {
    return calls_.HandleUnary(
        *context, "DeleteMemory", *request, *response,
        [&](Call&) { return tercet::DeleteMemory(database_, *request); });
  }

  grpc::Status CreateUnit(ServerContext* context,
                          const v1::CreateUnitRequest* request,
                          v1::Unit* response) override {
    return calls_.HandleUnary(
        *context, "CreateUnit", *request, *response, [&](Call&) {
          return tercet::CreateUnit(database_, *request, *response);
        });
  }

  grpc::Status BatchCreateUnits(
      ServerContext* context, const v1::BatchCreateUnitsRequest* request,
      v1::BatchCreateUnitsResponse* response) override {
    return calls_.HandleUnary(
        *context, "BatchCreateUnits", *request, *response, [&](Call&) {
          return tercet::BatchCreateUnits(database_, *request, *response);
        });
  }

  grpc::Status GetUnit(ServerContext* context,
                       const v1::GetUnitRequest* request,
                       v1::Unit* response) override {
    return calls_.HandleUnary(
        *context, "GetUnit", *request, *response,
        [&](Call&) { return tercet::GetUnit(database_, *request, *response); });
  }

  grpc::Status ListUnits(ServerContext* context,
                         const v1::ListUnitsRequest* request,
                         v1::ListUnitsResponse* response) override {
    return calls_.HandleUnary(
        *context, "ListUnits", *request, *response, [&](Call&) {
          return tercet::ListUnits(database_, *request, *response);
        });
  }

  grpc::Status UpdateUnit(ServerContext* context,
                          const v1::UpdateUnitRequest* request,
                          v1::Unit* response) override {
    return calls_.HandleUnary(
        *context, "UpdateUnit", *request, *response, [&](Call&) {
          return tercet::UpdateUnit(database_, *request, *response);
        });
  }

  grpc::Status DeleteUnit(ServerContext* context,
                          const v1::DeleteUnitRequest* request,
                          Empty* response) override {
    return calls_.HandleUnary(
        *context, "DeleteUnit", *request, *response,
        [&](Call&) { return tercet::DeleteUnit(database_, *request); });
  }

  grpc::Status ImportUnits(ServerContext* context,
                           ImportStream* stream) override {
    return calls_.Handle(*context, "ImportUnits", [&](Call& call) {
      return tercet::ImportUnits(database_, call, *stream);
    });
  }

  grpc::Status ExportUnits(ServerContext* context,
                           const v1::ExportUnitsRequest* request,
                           ExportStream* stream) override {
    return calls_.Handle(*context, "ExportUnits", [&](Call& call) {
      call.CountRequest(*request);
      return tercet::ExportUnits(
          {.database = database_, .version = version_, .call = call}, *request,
          *stream);
    });
  }

 private:
  Database& database_;
  CallHandler& calls_;
  const std::string version_;
};

}  // namespace

std::unique_ptr<v1::MemoryService::Service> MakeMemoryService(
    MemoryServiceOptions options) {
  return std::make_unique<MemoryServiceImpl>(std::move(options));
}

}  // namespace tercet
