#include "service/server/service.h"

#include <chrono>
#include <utility>

#include "absl/time/time.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "service/http/http_server.h"
#include "service/http/site.h"
#include "service/memory/database.h"
#include "service/model/limits.h"
#include "service/rpc/call.h"
#include "service/rpc/import_service.h"
#include "service/rpc/lookup_service.h"
#include "service/rpc/memory_service.h"
#include "service/rpc/release_service.h"
#include "service/rpc/server_service.h"
#include "service/server/listen.h"
#include "service/server/version.h"
#include "service/text/analysis.h"

namespace tercet {
namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

// For the answers that are on their way when the last call ends.
constexpr auto kLastAnswersTime = milliseconds(1000);

// Finds clients that are gone, and bears with clients that look for us.
void SetKeepalive(grpc::ServerBuilder& builder) {
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 120'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
}

void SetLimits(const ServiceOptions& options, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(static_cast<int>(kMaxMessageBytes));
  grpc::ResourceQuota quota("tercet");
  quota.SetMaxThreads(options.max_threads);
  builder.SetResourceQuota(quota);
  // A second server on the same port must fail, not share its calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

}  // namespace

// In the order of construction; each uses those above it.
struct Service::Parts {
  explicit Parts(const ServiceOptions& options)
      : logger(options.logger != nullptr ? *options.logger : silent_logger),
        calls(logger) {}

  Logger silent_logger{{.level = LogLevel::kOff}};
  Logger& logger;
  std::unique_ptr<Database> database;
  CallHandler calls;
  std::unique_ptr<v1::MemoryService::Service> memory_service;
  std::unique_ptr<v1::LookupService::Service> lookup_service;
  std::unique_ptr<v1::ImportService::Service> import_service;
  std::unique_ptr<v1::ServerService::Service> server_service;
  std::unique_ptr<v1::ReleaseService::Service> release_service;
  std::unique_ptr<grpc::Server> server;
  std::unique_ptr<http::Site> site;
  std::unique_ptr<http::Server> http_server;
  int port = 0;
  int drain_seconds = 0;

  Status OpenDatabase(const ServiceOptions& options);
  void MakeServices(const ServiceOptions& options);
  Status StartServer(const ServiceOptions& options);
  Status StartHttp(const ServiceOptions& options);
  std::shared_ptr<grpc::Channel> InProcessChannel();
};

// The line of the log that tells of an event of the index.
void LogIndexEvent(const IndexEvent& event, Logger& logger) {
  using Kind = IndexEvent::Kind;
  const auto revision = static_cast<int64_t>(event.revision);
  switch (event.kind) {
    case Kind::kRebuilding:
      logger.Log(LogLevel::kInfo, "index_rebuilding",
                 {{"units_done", static_cast<int64_t>(event.units_done)},
                  {"units_total", static_cast<int64_t>(event.units_total)}});
      return;
    case Kind::kRebuilt:
      logger.Log(LogLevel::kInfo, "index_rebuilt",
                 {{"units", static_cast<int64_t>(event.units_total)}});
      return;
    case Kind::kRebuildFailed:
      logger.Log(LogLevel::kError, "index_rebuild_failed",
                 {{"message", event.why}});
      return;
    case Kind::kSnapshotUsed:
      logger.Log(LogLevel::kInfo, "index_snapshot_used",
                 {{"revision", revision}});
      return;
    case Kind::kSnapshotUseless:
      logger.Log(LogLevel::kWarning, "index_snapshot_useless",
                 {{"message", event.why}});
      return;
    case Kind::kSnapshotWritten:
      logger.Log(LogLevel::kInfo, "index_snapshot_written",
                 {{"revision", revision}});
      return;
    case Kind::kSnapshotFailed:
      logger.Log(LogLevel::kWarning, "index_snapshot_failed",
                 {{"message", event.why}});
      return;
  }
}

Status Service::Parts::OpenDatabase(const ServiceOptions& options) {
  const int64_t start = options.clock->NowMicros();
  ASSIGN_OR_RETURN(
      database,
      Database::Open(
          {.directory = options.data,
           .sync_writes = options.sync_writes,
           .clock = options.clock,
           .index_upkeep = {.changes_per_snapshot = static_cast<uint64_t>(
                                options.snapshot_changes)},
           .index_listener = [this](const IndexEvent& event) {
             LogIndexEvent(event, logger);
           }}));
  const DatabaseStats stats = database->Stats();
  logger.Log(LogLevel::kInfo, "data_opened",
             {{"directory", options.data},
              {"memories", static_cast<int64_t>(stats.memory_count)},
              {"units", static_cast<int64_t>(stats.unit_count)},
              {"ms", (options.clock->NowMicros() - start) / 1000}});
  return OkStatus();
}

void Service::Parts::MakeServices(const ServiceOptions& options) {
  memory_service = MakeMemoryService({.database = *database,
                                      .calls = calls,
                                      .version = std::string(Version())});
  lookup_service = MakeLookupService(*database, calls);
  release_service = MakeReleaseService({.database = *database,
                                        .calls = calls,
                                        .version = std::string(Version())});
  import_service = MakeImportService(*database, calls);
  server_service = MakeServerService({.database = *database,
                                      .calls = calls,
                                      .version = std::string(Version()),
                                      .analysis_version = AnalysisVersion(),
                                      .clock = *options.clock});
}

Status Service::Parts::StartServer(const ServiceOptions& options) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  SetLimits(options, builder);
  SetKeepalive(builder);
  builder.RegisterService(memory_service.get());
  builder.RegisterService(lookup_service.get());
  builder.RegisterService(import_service.get());
  builder.RegisterService(server_service.get());
  builder.RegisterService(release_service.get());
  if (options.listen != "none") {
    RETURN_IF_ERROR(CheckSocketFree(options.listen));
    builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(),
                             &port);
  }
  server = builder.BuildAndStart();
  if (server == nullptr) return ListenError(options.listen);
  // The services' own names, which nobody sets unless we do.
  grpc::HealthCheckServiceInterface& health = *server->GetHealthCheckService();
  for (const char* name : {v1::MemoryService::service_full_name(),
                           v1::LookupService::service_full_name(),
                           v1::ImportService::service_full_name(),
                           v1::ServerService::service_full_name(),
                           v1::ReleaseService::service_full_name()}) {
    health.SetServingStatus(name, true);
  }
  return OkStatus();
}

std::shared_ptr<grpc::Channel> Service::Parts::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(static_cast<int>(kMaxMessageBytes));
  return server->InProcessChannel(arguments);
}

Status Service::Parts::StartHttp(const ServiceOptions& options) {
  if (options.http.listen == "none") return OkStatus();
  site = std::make_unique<http::Site>(
      http::SiteOptions{.channel = InProcessChannel(),
                        .writes = options.http.writes,
                        .allowed_origins = options.http.allowed_origins,
                        .version = std::string(Version()),
                        .clock = options.clock});
  ASSIGN_OR_RETURN(http_server,
                   http::Server::Start(*site, {.listen = options.http.listen,
                                               .logger = logger}));
  return OkStatus();
}

StatusOr<std::unique_ptr<Service>> Service::Start(
    const ServiceOptions& options) {
  auto parts = std::make_unique<Parts>(options);
  parts->drain_seconds = options.drain_seconds;
  RETURN_IF_ERROR(parts->OpenDatabase(options));
  parts->MakeServices(options);
  RETURN_IF_ERROR(parts->StartServer(options));
  RETURN_IF_ERROR(parts->StartHttp(options));
  // Not make_unique: the constructor is private.
  return std::unique_ptr<Service>(new Service(std::move(parts)));
}

Service::Service(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)),
      port_(parts_->port),
      http_port_(parts_->http_server == nullptr ? 0
                                                : parts_->http_server->port()),
      drain_seconds_(parts_->drain_seconds) {}

Service::~Service() { Shutdown(0); }

std::shared_ptr<grpc::Channel> Service::InProcessChannel() {
  return parts_->InProcessChannel();
}

int Service::port() const { return port_; }

int Service::http_port() const { return http_port_; }

void Service::Drain() { Shutdown(drain_seconds_); }

void Service::Shutdown(int seconds) {
  if (parts_ == nullptr) return;
  parts_->logger.Log(LogLevel::kInfo, "draining",
                     {{"seconds", int64_t{seconds}}});
  parts_->server->GetHealthCheckService()->SetServingStatus(false);
  // Its calls are some of those that are waited for.
  if (parts_->http_server != nullptr) parts_->http_server->Stop(seconds);
  parts_->site.reset();
  parts_->calls.gate().Close();
  const bool drained =
      parts_->calls.gate().WaitUntilEmpty(absl::Seconds(seconds));
  const auto patience = drained ? kLastAnswersTime : milliseconds(0);
  parts_->server->Shutdown(system_clock::now() + patience);
  parts_->server->Wait();
  Logger* const logger = &parts_->logger;
  logger->Log(LogLevel::kInfo, "drained", {{"all_calls_ended", drained}});
  parts_.reset();
}

}  // namespace tercet
