#include "service/rpc/import_service.h"

#include "service/rpc/import_calls.h"

namespace tercet {
namespace {

using grpc::ServerContext;

class ImportServiceImpl final : public v1::ImportService::Service {
 public:
  ImportServiceImpl(Database& database, CallHandler& calls)
      : database_(database), calls_(calls) {}

  grpc::Status GetImport(ServerContext* context,
                         const v1::GetImportRequest* request,
                         v1::Import* response) override {
    return calls_.HandleUnary(
        *context, "GetImport", *request, *response, [&](Call&) {
          return tercet::GetImport(database_, *request, *response);
        });
  }

  grpc::Status ListImports(ServerContext* context,
                           const v1::ListImportsRequest* request,
                           v1::ListImportsResponse* response) override {
    return calls_.HandleUnary(
        *context, "ListImports", *request, *response, [&](Call&) {
          return tercet::ListImports(database_, *request, *response);
        });
  }

  grpc::Status UndoImport(ServerContext* context,
                          const v1::UndoImportRequest* request,
                          UndoStream* stream) override {
    return calls_.Handle(*context, "UndoImport", [&](Call& call) {
      call.CountRequest(*request);
      return tercet::UndoImport(database_, call, *request, *stream);
    });
  }

 private:
  Database& database_;
  CallHandler& calls_;
};

}  // namespace

std::unique_ptr<v1::ImportService::Service> MakeImportService(
    Database& database, CallHandler& calls) {
  return std::make_unique<ImportServiceImpl>(database, calls);
}

}  // namespace tercet
