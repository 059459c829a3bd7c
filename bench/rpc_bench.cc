// What a client of a real server sees, over TCP on the loopback interface, in a
// memory of 44,000 units. docs/benchmarks.md reads the figures.
#include <benchmark/benchmark.h>
#include <grpcpp/grpcpp.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/bench_database.h"
#include "bench/latency.h"
#include "bench/must.h"
#include "bench/queries.h"
#include "service/server/service.h"
#include "tercet/v1/lookup_service.grpc.pb.h"
#include "tercet/v1/memory_service.grpc.pb.h"

namespace tercet::bench {
namespace {

constexpr size_t kUnitCount = 44'000;
constexpr size_t kQueryCount = 2000;

std::string MemoryName() { return fmt::format("memories/{}", kMemoryId); }

// A server over a filled memory, started when it is first asked for.
class Server {
 public:
  static Server& Get() {
    static Server server;
    return server;
  }

  std::vector<v1::LookupSegmentRequest> Requests(
      std::string_view language) const {
    std::vector<v1::LookupSegmentRequest> requests;
    for (const LookupQuery& query : MakeQueries(
             filled_.sample(),
             {.language = language, .count = kQueryCount, .seed = kSeed})) {
      v1::LookupSegmentRequest& request = requests.emplace_back();
      request.set_parent(MemoryName());
      request.mutable_query()->set_language_code(query.language.code());
      request.mutable_query()->set_text(query.segment.text);
      request.set_min_score(query.min_score);
      request.set_max_matches(query.max_matches);
    }
    return requests;
  }

  // A connection of its own.
  std::shared_ptr<grpc::Channel> Connect() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(
        fmt::format("127.0.0.1:{}", service_->port()),
        grpc::InsecureChannelCredentials(), arguments);
  }

 private:
  Server() : filled_(kUnitCount) {
    filled_.Close();
    service_ = Must(Service::Start(
        {.data = filled_.directory().path(), .listen = "127.0.0.1:0"}));
  }

  BenchDatabase filled_;
  std::unique_ptr<Service> service_;
};

// One connection and what may be called over it.
class Client {
 public:
  explicit Client(const std::shared_ptr<grpc::Channel>& channel)
      : lookups_(v1::LookupService::NewStub(channel)),
        memories_(v1::MemoryService::NewStub(channel)) {}

  int Lookup(const v1::LookupSegmentRequest& request) {
    grpc::ClientContext context;
    v1::LookupSegmentResponse response;
    Check(lookups_->LookupSegment(&context, request, &response));
    return response.matches_size();
  }

  // The cheapest call there is: a name in, a few numbers out.
  void CallForNothing() {
    grpc::ClientContext context;
    v1::GetMemoryRequest request;
    request.set_name(MemoryName());
    v1::Memory response;
    Check(memories_->GetMemory(&context, request, &response));
  }

 private:
  static void Check(const grpc::Status& status) {
    if (status.ok()) return;
    Must(MakeError(StatusCode::kInternal, status.error_message(),
                   {.reason = "BENCHMARK"}));
  }

  std::unique_ptr<v1::LookupService::Stub> lookups_;
  std::unique_ptr<v1::MemoryService::Stub> memories_;
};

// Lookups and empty calls by turns, so that the same machine serves both.
void LookupLatency(benchmark::State& state, std::string_view language) {
  const Server& server = Server::Get();
  const std::vector<v1::LookupSegmentRequest> requests =
      server.Requests(language);
  Client client(server.Connect());
  Latencies lookups;
  Latencies empty_calls;
  size_t next = 0;
  int64_t match_count = 0;
  for (auto unused : state) {
    const v1::LookupSegmentRequest& request = requests[next++ % kQueryCount];
    empty_calls.Time([&] { client.CallForNothing(); });
    lookups.Time([&] { match_count += client.Lookup(request); });
  }
  lookups.ReportWall("", state);
  empty_calls.ReportWall("empty_", state);
  state.counters["matches"] =
      static_cast<double>(match_count) / static_cast<double>(next);
}

BENCHMARK_CAPTURE(LookupLatency, en, "en")
    ->Iterations(kQueryCount)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(LookupLatency, zh, "zh")
    ->Iterations(kQueryCount)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(LookupLatency, es, "es")
    ->Iterations(kQueryCount)
    ->Unit(benchmark::kMicrosecond);

// Clients that ask one thing after the other, each over its own connection.
void LookupThroughput(benchmark::State& state, std::string_view language) {
  const Server& server = Server::Get();
  const std::vector<v1::LookupSegmentRequest> requests =
      server.Requests(language);
  Client client(server.Connect());
  client.CallForNothing();  // Connects.
  // Each begins at another place.
  size_t next = static_cast<size_t>(state.thread_index()) * 500;
  for (auto unused : state) client.Lookup(requests[next++ % kQueryCount]);
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(LookupThroughput, zh, "zh")
    ->Threads(1)
    ->Threads(2)
    ->Threads(4)
    ->UseRealTime()
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tercet::bench
