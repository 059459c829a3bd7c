#include "client/cli/embedded.h"

#include <utility>

#include "service/server/service.h"

namespace tercet::cli {
namespace {

class InProcessService : public EmbeddedService {
 public:
  explicit InProcessService(std::unique_ptr<Service> service)
      : service_(std::move(service)) {}

  std::shared_ptr<grpc::Channel> Channel() override {
    return service_->InProcessChannel();
  }

 private:
  std::unique_ptr<Service> service_;
};

}  // namespace

StatusOr<std::unique_ptr<EmbeddedService>> StartEmbedded(
    const std::string& data_directory) {
  ServiceOptions options;
  options.data = data_directory;
  options.listen = "none";
  ASSIGN_OR_RETURN(std::unique_ptr<Service> service, Service::Start(options));
  return std::make_unique<InProcessService>(std::move(service));
}

}  // namespace tercet::cli
