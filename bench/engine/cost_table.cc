#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "bench/corpus.h"
#include "bench/engine/index_alone.h"
#include "bench/engine/tables.h"
#include "bench/must.h"
#include "bench/queries.h"
#include "bench/rpc_client.h"
#include "service/base/stop_check.h"
#include "service/server/service.h"

namespace tercet::bench {
namespace {

constexpr size_t kMillion = 1'000'000;

// What an index of these texts alone takes in memory, for each of them.
double IndexBytes(const std::vector<std::string>& texts,
                  std::string_view language) {
  return static_cast<double>(
             BuildIndex(StoredTexts(texts, language))->MemoryBytes()) /
         static_cast<double>(texts.size());
}

// Bytes of the files in a directory tree whose path contains `part`.
double BytesOnDisk(const std::string& directory, std::string_view part) {
  double bytes = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file() &&
        entry.path().string().find(part) != std::string::npos) {
      bytes += static_cast<double>(entry.file_size());
    }
  }
  return bytes;
}

std::vector<LookupQuery> Queries(const Filled& filled,
                                 std::string_view language, size_t count) {
  return MakeQueries(filled.sample,
                     {.language = language, .count = count, .seed = kSeed + 1});
}

// Copies the data as a process leaves it that is killed when it has added
// 10,000 units that no snapshot of the index has. That process is this program
// once more: a fork would lack LevelDB's thread. REQUIRES: the database is
// closed.
void KillCopy(const Filled& filled, const TempDirectory& copy) {
  std::filesystem::copy(filled.directory.path(), copy.path(),
                        std::filesystem::copy_options::recursive);
  const std::string program = "/proc/self/exe";
  const std::string request = fmt::format("--{}={}", kDieOption, copy.path());
  const pid_t child = fork();
  if (child == 0) {
    execl(program.c_str(), "engine_bench", request.c_str(), nullptr);
    _exit(EXIT_FAILURE);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child ||
      !WIFSIGNALED(status)) {
    fmt::print(stderr, "benchmark: the process to be killed failed\n");
    std::exit(EXIT_FAILURE);
  }
}

// Seconds from nothing to the first answer.
double RestartSeconds(Filled& filled, const TempDirectory& directory) {
  const LookupQuery query = Queries(filled, "en", 1).front();
  Rounds restart;
  restart.Begin();
  restart.Time([&] {
    filled.database = OpenDatabase(directory, /*sync=*/true);
    Must(filled.database->Lookup(kMemoryId, query, NeverStop()));
  });
  filled.database.reset();
  return restart.Wall(1) / 1e6;
}

// Lookups and empty calls by turns.
void MeasureCalls(Filled& filled, const TablePlan& plan,
                  std::vector<Goal>& goals) {
  const auto service = Must(Service::Start(
      {.data = filled.directory.path(), .listen = "127.0.0.1:0"}));
  Client client(Connect(service->port()));
  PrintTitle("Calls over TCP on the loopback interface");
  fmt::print(
      "| | lookup p50 us | p99 us | empty call p50 us | p99 us |\n"
      "|---|---|---|---|---|\n");
  for (size_t i = 0; i < kLanguages.size(); ++i) {
    if (filled.texts[i].empty()) continue;
    std::vector<v1::LookupSegmentRequest> requests;
    for (const LookupQuery& query :
         Queries(filled, kLanguages[i], plan.query_count)) {
      requests.push_back(RequestOf(query));
    }
    Rounds lookups;
    Rounds empty;
    for (size_t round = 0; round < plan.rounds; ++round) {
      lookups.Begin();
      empty.Begin();
      for (const v1::LookupSegmentRequest& request : requests) {
        empty.Time([&] { client.CallForNothing(); });
        lookups.Time([&] { client.Lookup(request); });
      }
    }
    fmt::print("| {} | {:.0f} | {:.0f} | {:.0f} | {:.0f} |\n", kLanguages[i],
               lookups.Wall(0.5), lookups.Wall(0.99), empty.Wall(0.5),
               empty.Wall(0.99));
    std::fflush(stdout);
    goals.push_back({.what = fmt::format("{}: p50 of a call / an empty call",
                                         kLanguages[i]),
                     .figure = lookups.Wall(0.5) / empty.Wall(0.5),
                     .goal = 2,
                     .at_least = false,
                     .unit = "x"});
  }
  service->Drain();
}

}  // namespace

void AddAndDie(const std::string& data) {
  constexpr size_t kUnits = 10'000;
  const TempDirectory directory(data);
  const auto database = OpenDatabase(directory, /*sync=*/true);
  std::vector<Unit> units = Corpus().MakeUnits(kUnits);
  for (size_t i = 0; i < units.size(); ++i) {
    for (Variant& variant : units[i].variants) {
      variant.segment.text += fmt::format(" {}", i);
    }
  }
  WriteUnits(std::move(units), *database);
  std::raise(SIGKILL);
}

std::vector<Goal> CostTable(Filled& filled, const TablePlan& plan) {
  std::vector<Goal> goals;
  double segments = 0;
  for (size_t i = 0; i < kLanguages.size(); ++i) {
    if (filled.texts[i].empty()) continue;
    segments += static_cast<double>(filled.texts[i].size());
    goals.push_back({.what = fmt::format("{}: index bytes a segment in memory",
                                         kLanguages[i]),
                     .figure = IndexBytes(filled.texts[i], kLanguages[i]),
                     .goal = 200,
                     .at_least = false,
                     .unit = "B"});
  }
  if (filled.units_per_second > 0) {
    goals.push_back({.what = "adding units, two threads, with sync",
                     .figure = filled.units_per_second,
                     .goal = 30'000,
                     .unit = "units/s"});
    goals.push_back({.what = "adding units, by CPU time of two cores",
                     .figure = filled.units_per_two_cpu_seconds,
                     .goal = 30'000,
                     .unit = "units/s"});
  }
  filled.database.reset();
  const TempDirectory killed;
  KillCopy(filled, killed);
  const double index_bytes = BytesOnDisk(filled.directory.path(), "index");
  if (index_bytes > 0) {
    goals.push_back({.what = "index bytes a segment on disk",
                     .figure = index_bytes / segments,
                     .goal = 200,
                     .at_least = false,
                     .unit = "B"});
  }
  goals.push_back({.what = "restart to the first answer",
                   .figure = RestartSeconds(filled, filled.directory),
                   .goal = 1,
                   .at_least = false,
                   .unit = "s",
                   .counts = plan.unit_count >= kMillion});
  goals.push_back({.what = "the same after kill -9, 10,000 units behind",
                   .figure = RestartSeconds(filled, killed),
                   .goal = 1,
                   .at_least = false,
                   .unit = "s",
                   .counts = plan.unit_count >= kMillion});
  MeasureCalls(filled, plan, goals);
  return goals;
}

}  // namespace tercet::bench
