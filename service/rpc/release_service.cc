#include "service/rpc/release_service.h"

#include <utility>

#include "service/rpc/align_call.h"

namespace tercet {
namespace {

class ReleaseServiceImpl final : public v1::ReleaseService::Service {
 public:
  explicit ReleaseServiceImpl(ReleaseServiceOptions options)
      : options_(std::move(options)) {}

  grpc::Status AlignDocuments(grpc::ServerContext* context,
                              AlignStream* stream) override {
    return options_.calls.Handle(*context, "AlignDocuments", [&](Call& call) {
      return tercet::AlignDocuments({.database = options_.database,
                                     .version = options_.version,
                                     .call = call},
                                    *stream);
    });
  }

 private:
  const ReleaseServiceOptions options_;
};

}  // namespace

std::unique_ptr<v1::ReleaseService::Service> MakeReleaseService(
    ReleaseServiceOptions options) {
  return std::make_unique<ReleaseServiceImpl>(std::move(options));
}

}  // namespace tercet
