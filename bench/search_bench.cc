// Concordance: how long the first page of a search takes. The number behind the
// name is that of units: 44,000, and 1,000,000 with
// --benchmark_filter=/1000000. docs/benchmarks.md reads the figures.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/bench_database.h"
#include "bench/latency.h"
#include "bench/must.h"
#include "service/base/stop_check.h"

namespace tercet::bench {
namespace {

const Database& DatabaseOf(size_t unit_count) {
  static std::map<size_t, std::unique_ptr<BenchDatabase>> databases;
  std::unique_ptr<BenchDatabase>& database = databases[unit_count];
  if (database == nullptr) {
    database = std::make_unique<BenchDatabase>(unit_count);
  }
  return *database->database();
}

void Search(benchmark::State& state, const SearchQuery& query) {
  const Database& database = DatabaseOf(static_cast<size_t>(state.range(0)));
  Latencies latencies;
  size_t hits = 0;
  for (auto unused : state) {
    latencies.Time([&] {
      hits =
          Must(database.Search(std::nullopt, query, {.size = 20}, NeverStop()))
              .items.size();
    });
  }
  latencies.Report("", state);
  state.counters["hits"] = static_cast<double>(hits);
}

SearchQuery Phrase(const std::string& phrase) {
  return {.conditions = {{.phrases = {phrase}}}};
}

SearchQuery Inflected(const std::string& phrase) {
  return {
      .conditions = {{.phrases = {phrase}, .form = SearchForm::kInflected}}};
}

SearchQuery SourceAndTarget(const std::string& source,
                            const std::string& target) {
  return {.conditions = {{.phrases = {source}}, {.phrases = {target}}}};
}

void Sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(44'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);
}

BENCHMARK_CAPTURE(Search, hot_word, Phrase("the"))->Apply(Sizes);
BENCHMARK_CAPTURE(Search, hot_character, Phrase("的"))->Apply(Sizes);
BENCHMARK_CAPTURE(Search, phrase, Phrase("public health"))->Apply(Sizes);
BENCHMARK_CAPTURE(Search, han_phrase, Phrase("病毒"))->Apply(Sizes);
BENCHMARK_CAPTURE(Search, inflected, Inflected("protecting"))->Apply(Sizes);
BENCHMARK_CAPTURE(Search, rare_phrase, Phrase("a rare breed of"))->Apply(Sizes);
BENCHMARK_CAPTURE(Search, number_word, Phrase("three billion"))->Apply(Sizes);
BENCHMARK_CAPTURE(Search, source_and_target,
                  SourceAndTarget("the", "crecimiento"))
    ->Apply(Sizes);
BENCHMARK_CAPTURE(Search, miss, Phrase("xylophonist"))->Apply(Sizes);
BENCHMARK_CAPTURE(Search, han_miss, Phrase("饕餮"))->Apply(Sizes);

}  // namespace
}  // namespace tercet::bench
