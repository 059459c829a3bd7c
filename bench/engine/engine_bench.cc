// How fast is the engine, beside what it is compared with and what it should
// be? docs/benchmarks.md says how to read the tables that this prints.
//
//   engine_bench                  50,000 units, some minutes
//   engine_bench --large          a million units
//   engine_bench --huge           ten million units, English
//   engine_bench --units=200000 --languages=zh --rounds=5 --no-peers
//   engine_bench --large --data=DIR    keeps the data for the next run
#include <fmt/format.h>

#include <cstdlib>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/engine/filled.h"
#include "bench/engine/tables.h"
#include "bench/options.h"
#include "service/match/score.h"

namespace tercet::bench {
namespace {

bool IsLarge(const Options& options) {
  const char* const large = std::getenv("TERCET_BENCH_LARGE");
  return options.Has("large") ||
         (large != nullptr && std::string(large) == "1");
}

size_t UnitCount(const Options& options) {
  if (options.Has("huge")) return 10'000'000;
  return options.Number("units", IsLarge(options) ? 1'000'000 : 50'000);
}

int Run(const Options& options) {
  if (options.Has(std::string(kDieOption))) {
    AddAndDie(options.Text(std::string(kDieOption), ""));
  }
  const bool huge = options.Has("huge");
  const TablePlan plan{
      .unit_count = UnitCount(options),
      .query_count = options.Number("queries", 1000),
      .slow_query_count = options.Number("slow-queries", 40),
      .rounds = options.Number("rounds", 3),
      .peers = !huge && !options.Has("no-peers"),
  };
  const std::string languages = options.Text("languages", huge ? "en" : "");
  const auto filled = Fill(plan.unit_count, !huge, options.Text("data", ""));
  fmt::print("## Engine: {} units, threshold {}, top {}, scoring version {}\n",
             plan.unit_count, kThreshold, kMatchCount, kScoringVersion);
  PrintText(*filled, plan);
  const auto cluster = plan.peers ? PostgresCluster::Start() : nullptr;
  std::vector<Goal> goals;
  for (const std::string_view language : kLanguages) {
    if (!languages.empty() && languages.find(language) == std::string::npos) {
      continue;
    }
    std::ranges::move(LatencyTable(*filled, language, plan, cluster.get()),
                      std::back_inserter(goals));
  }
  std::ranges::move(CostTable(*filled, plan), std::back_inserter(goals));
  PrintTitle("Goals");
  PrintGoals(goals);
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace tercet::bench

int main(int argc, char** argv) {
  return tercet::bench::Run(tercet::bench::Options(argc, argv));
}
