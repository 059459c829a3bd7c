#include "service/rpc/server_service.h"

#include <utility>

#include "service/rpc/convert.h"

namespace tercet {
namespace {

v1::IndexInfo MakeIndexInfo(const IndexStats& stats) {
  v1::IndexInfo info;
  info.set_segment_count(static_cast<int64_t>(stats.segment_count));
  info.set_memory_bytes(static_cast<int64_t>(stats.memory_bytes));
  info.set_disk_bytes(static_cast<int64_t>(stats.disk_bytes));
  info.set_revision(static_cast<int64_t>(stats.revision));
  info.set_snapshot_revision(static_cast<int64_t>(stats.snapshot_revision));
  info.set_rebuild_units_done(static_cast<int64_t>(stats.rebuild.units_done));
  info.set_rebuild_units_total(static_cast<int64_t>(stats.rebuild.units_total));
  return info;
}

class ServerServiceImpl final : public v1::ServerService::Service {
 public:
  explicit ServerServiceImpl(ServerServiceOptions options)
      : options_(std::move(options)),
        start_micros_(options_.clock.NowMicros()) {}

  grpc::Status GetServerInfo(grpc::ServerContext* context,
                             const v1::GetServerInfoRequest* request,
                             v1::ServerInfo* response) override {
    return options_.calls.HandleUnary(*context, "GetServerInfo", *request,
                                      *response, [&](Call&) {
                                        *response = MakeInfo();
                                        return OkStatus();
                                      });
  }

 private:
  v1::ServerInfo MakeInfo() const {
    const DatabaseStats stats = options_.database.Stats();
    const int64_t uptime_micros = options_.clock.NowMicros() - start_micros_;
    v1::ServerInfo info;
    info.set_version(options_.version);
    *info.mutable_start_time() = TimestampFromMicros(start_micros_);
    info.set_uptime_seconds(uptime_micros / 1'000'000);
    info.set_memory_count(static_cast<int64_t>(stats.memory_count));
    info.set_unit_count(static_cast<int64_t>(stats.unit_count));
    info.set_scoring_version(kScoringVersion);
    info.set_analysis_version(options_.analysis_version);
    info.set_disk_bytes(static_cast<int64_t>(stats.disk_bytes));
    *info.mutable_index() = MakeIndexInfo(stats.index);
    return info;
  }

  const ServerServiceOptions options_;
  const int64_t start_micros_;
};

}  // namespace

std::unique_ptr<v1::ServerService::Service> MakeServerService(
    ServerServiceOptions options) {
  return std::make_unique<ServerServiceImpl>(std::move(options));
}

}  // namespace tercet
