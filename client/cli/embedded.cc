#include "client/cli/embedded.h"

#include <stdlib.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "service/server/service.h"

namespace tercet::cli {
namespace {

// A folder that goes when the object does; none where the path is empty.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  ~TemporaryFolder() {
    std::error_code error;
    if (!path_.empty()) std::filesystem::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

 private:
  const std::string path_;
};

class InProcessService : public EmbeddedService {
 public:
  InProcessService(std::unique_ptr<Service> service, std::string folder)
      : folder_(std::move(folder)), service_(std::move(service)) {}

  std::shared_ptr<grpc::Channel> Channel() override {
    return service_->InProcessChannel();
  }

 private:
  TemporaryFolder folder_;  // Outlives the service.
  std::unique_ptr<Service> service_;
};

StatusOr<std::string> MakeTemporaryFolder() {
  std::error_code error;
  std::string path =
      (std::filesystem::temp_directory_path(error) / "tercet-XXXXXX").string();
  if (error || mkdtemp(path.data()) == nullptr) {
    return MakeError(StatusCode::kUnavailable,
                     "cannot make a temporary folder (TMPDIR)",
                     {.reason = "STORE_IO"});
  }
  return path;
}

}  // namespace

StatusOr<std::unique_ptr<EmbeddedService>> StartEmbedded(
    const std::string& data_directory) {
  std::string folder;
  if (data_directory.empty()) {
    ASSIGN_OR_RETURN(folder, MakeTemporaryFolder());
  }
  ServiceOptions options;
  options.data = folder.empty() ? data_directory : folder;
  options.listen = "none";
  ASSIGN_OR_RETURN(std::unique_ptr<Service> service, Service::Start(options));
  return std::make_unique<InProcessService>(std::move(service),
                                            std::move(folder));
}

}  // namespace tercet::cli
