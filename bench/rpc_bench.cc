// What a client of a real server sees, over TCP on the loopback interface, in a
// memory of 44,000 units. docs/benchmarks.md reads the figures.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/bench_database.h"
#include "bench/latency.h"
#include "bench/must.h"
#include "bench/queries.h"
#include "bench/rpc_client.h"
#include "service/server/service.h"

namespace tercet::bench {
namespace {

constexpr size_t kUnitCount = 44'000;
constexpr size_t kQueryCount = 2000;

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
      requests.push_back(RequestOf(query));
    }
    return requests;
  }

  int port() const { return service_->port(); }

 private:
  Server() : filled_(kUnitCount) {
    filled_.Close();
    service_ = Must(Service::Start(
        {.data = filled_.directory().path(), .listen = "127.0.0.1:0"}));
  }

  BenchDatabase filled_;
  std::unique_ptr<Service> service_;
};

// Lookups and empty calls by turns, so that the same machine serves both.
void LookupLatency(benchmark::State& state, std::string_view language) {
  const Server& server = Server::Get();
  const std::vector<v1::LookupSegmentRequest> requests =
      server.Requests(language);
  Client client(Connect(server.port()));
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
  Client client(Connect(server.port()));
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
