#include "service/rpc/lookup_service.h"

#include "service/rpc/lookup_calls.h"

namespace tercet {
namespace {

using grpc::ServerContext;

class LookupServiceImpl final : public v1::LookupService::Service {
 public:
  LookupServiceImpl(const Database& database, CallHandler& calls)
      : database_(database), calls_(calls) {}

  grpc::Status LookupSegment(ServerContext* context,
                             const v1::LookupSegmentRequest* request,
                             v1::LookupSegmentResponse* response) override {
    return calls_.HandleUnary(
        *context, "LookupSegment", *request, *response, [&](Call& call) {
          return tercet::LookupSegment(database_, *request, call.stop(),
                                       *response);
        });
  }

  grpc::Status BatchLookupSegments(
      ServerContext* context, const v1::BatchLookupSegmentsRequest* request,
      v1::BatchLookupSegmentsResponse* response) override {
    return calls_.HandleUnary(
        *context, "BatchLookupSegments", *request, *response, [&](Call& call) {
          return tercet::BatchLookupSegments(database_, *request, call.stop(),
                                             *response);
        });
  }

  grpc::Status StreamLookupSegments(ServerContext* context,
                                    LookupStream* stream) override {
    return calls_.Handle(*context, "StreamLookupSegments", [&](Call& call) {
      return tercet::StreamLookupSegments(database_, call, *stream);
    });
  }

  grpc::Status LookupExact(ServerContext* context,
                           const v1::LookupExactRequest* request,
                           v1::LookupExactResponse* response) override {
    return calls_.HandleUnary(
        *context, "LookupExact", *request, *response, [&](Call&) {
          return tercet::LookupExact(database_, *request, *response);
        });
  }

  grpc::Status SearchUnits(ServerContext* context,
                           const v1::SearchUnitsRequest* request,
                           v1::SearchUnitsResponse* response) override {
    return calls_.HandleUnary(
        *context, "SearchUnits", *request, *response, [&](Call& call) {
          return tercet::SearchUnits(database_, *request, call.stop(),
                                     *response);
        });
  }

 private:
  const Database& database_;
  CallHandler& calls_;
};

}  // namespace

std::unique_ptr<v1::LookupService::Service> MakeLookupService(
    const Database& database, CallHandler& calls) {
  return std::make_unique<LookupServiceImpl>(database, calls);
}

}  // namespace tercet
