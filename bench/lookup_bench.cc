// Lookups in memories of 10,000 and 44,000 units (a million with
// TERCET_BENCH_LARGE=1), and what they are made of. docs/benchmarks.md reads
// the figures.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/bench_database.h"
#include "bench/latency.h"
#include "bench/must.h"
#include "bench/queries.h"
#include "service/match/alignment.h"
#include "service/match/edit_distance.h"
#include "service/match/score.h"
#include "service/text/analysis.h"
#include "service/text/tokenize.h"

namespace tercet::bench {
namespace {

constexpr size_t kQueryCount = 2000;
// Comparing one query with this many units takes about half a second.
constexpr size_t kMaxBruteForceUnits = 50'000;
constexpr size_t kBruteForceEvery = 500;

// Filled when it is first asked for; kept until the program ends.
BenchDatabase& Filled(size_t unit_count) {
  static std::map<size_t, std::unique_ptr<BenchDatabase>> databases;
  std::unique_ptr<BenchDatabase>& database = databases[unit_count];
  if (database == nullptr) {
    database = std::make_unique<BenchDatabase>(unit_count);
  }
  return *database;
}

std::vector<LookupQuery> QueriesFor(const BenchDatabase& database,
                                    std::string_view language) {
  return MakeQueries(
      database.sample(),
      {.language = language, .count = kQueryCount, .seed = kSeed});
}

// Compares queries with every text, analysed beforehand.
class BruteForce {
 public:
  BruteForce(const Database& database, std::string_view language)
      : language_(language) {
    const auto walk = Must(database.WalkUnits(kMemoryId));
    while (const std::optional<UnitEntry> entry = Must(walk->Next())) {
      for (const Variant& variant : entry->unit.variants) {
        if (variant.language.language() != language_) continue;
        analyses_.push_back(Analyze(variant.segment, language_));
      }
    }
  }

  // The best score; 0 when it is below the query's threshold.
  int BestScore(const LookupQuery& query) const {
    const Analysis analysis = Analyze(query.segment, language_);
    int best = 0;
    for (const Analysis& stored : analyses_) {
      best = std::max(best, ScoreTexts(stored, analysis).score);
    }
    return best >= query.min_score ? best : 0;
  }

 private:
  std::string_view language_;
  std::vector<Analysis> analyses_;
};

void Lookup(benchmark::State& state, std::string_view language) {
  const auto unit_count = static_cast<size_t>(state.range(0));
  BenchDatabase& filled = Filled(unit_count);
  const std::vector<LookupQuery> queries = QueriesFor(filled, language);
  std::optional<BruteForce> brute_force;
  if (unit_count <= kMaxBruteForceUnits) {
    brute_force.emplace(*filled.database(), language);
  }
  Latencies latencies;
  Latencies brute_latencies;
  size_t next = 0;
  size_t match_count = 0;
  for (auto unused : state) {
    const LookupQuery& query = queries[next++ % queries.size()];
    std::vector<Match> matches;
    latencies.Time([&] {
      matches = Must(filled.database()->Lookup(kMemoryId, query, NeverStop()));
    });
    match_count += matches.size();
    if (!brute_force.has_value() || next % kBruteForceEvery != 0) continue;
    state.PauseTiming();
    int best = 0;
    brute_latencies.Time([&] { best = brute_force->BestScore(query); });
    if (best != (matches.empty() ? 0 : matches.front().score)) {
      state.SkipWithError("brute force finds something else");
    }
    state.ResumeTiming();
  }
  latencies.Report("", state);
  state.counters["matches"] =
      static_cast<double>(match_count) / static_cast<double>(next);
  if (brute_force.has_value()) {
    state.counters["brute_p50_us"] = brute_latencies.MedianMicros();
    state.counters["times_faster"] =
        brute_latencies.MedianMicros() / latencies.MedianMicros();
  }
}

void LookupExact(benchmark::State& state, std::string_view language) {
  BenchDatabase& filled = Filled(static_cast<size_t>(state.range(0)));
  const std::vector<LookupQuery> queries = QueriesFor(filled, language);
  Latencies latencies;
  size_t next = 0;
  for (auto unused : state) {
    const LookupQuery& query = queries[next++ % queries.size()];
    latencies.Time([&] {
      benchmark::DoNotOptimize(
          Must(filled.database()->LookupExact(kMemoryId, query, {.size = 10})));
    });
  }
  latencies.Report("", state);
}

void Sizes(benchmark::internal::Benchmark* bench) {
  bench->Arg(10'000)->Arg(44'000);
  const char* const large = std::getenv("TERCET_BENCH_LARGE");
  if (large != nullptr && std::string_view(large) == "1") bench->Arg(1'000'000);
  bench->Iterations(kQueryCount)->Unit(benchmark::kMicrosecond);
}

BENCHMARK_CAPTURE(Lookup, en, "en")->Apply(Sizes);
BENCHMARK_CAPTURE(Lookup, zh, "zh")->Apply(Sizes);
BENCHMARK_CAPTURE(Lookup, es, "es")->Apply(Sizes);
BENCHMARK_CAPTURE(LookupExact, en, "en")->Apply(Sizes);
BENCHMARK_CAPTURE(LookupExact, zh, "zh")->Apply(Sizes);
BENCHMARK_CAPTURE(LookupExact, es, "es")->Apply(Sizes);

// A stored text and the query that somebody made of it.
struct Pair {
  Analysis stored;
  Analysis query;
};

// Texts of the real corpus, each with its edited form.
class Texts {
 public:
  explicit Texts(std::string_view language) {
    const std::vector<Unit> units = Corpus().MakeUnits(kCount);
    for (const Unit& unit : units) {
      const auto variant = std::ranges::find(
          unit.variants, language,
          [](const Variant& v) { return v.language.language(); });
      segments_.push_back(variant->segment);
      bytes_ += variant->segment.text.size();
      // Each unit alone, so that the query is made of it.
      const LookupQuery query =
          MakeQueries({&unit, 1},
                      {.language = language, .count = 1, .seed = kSeed})
              .front();
      pairs_.push_back({Analyze(variant->segment, language),
                        Analyze(query.segment, language)});
    }
  }

  const Segment& segment(size_t i) const { return segments_[i % kCount]; }
  const Pair& pair(size_t i) const { return pairs_[i % kCount]; }
  double mean_bytes() const {
    return static_cast<double>(bytes_) / static_cast<double>(kCount);
  }

 private:
  static constexpr size_t kCount = 2000;

  std::vector<Segment> segments_;
  std::vector<Pair> pairs_;
  size_t bytes_ = 0;
};

// Calls `work` with one number after the other; items are texts.
template <typename Work>
void Repeat(benchmark::State& state, const Work& work) {
  size_t i = 0;
  for (auto unused : state) benchmark::DoNotOptimize(work(i++));
  state.SetItemsProcessed(state.iterations());
}

void TokenizeText(benchmark::State& state, std::string_view language) {
  const Texts texts(language);
  Repeat(state, [&](size_t i) { return Tokenize(texts.segment(i).text); });
  state.counters["text_bytes"] = texts.mean_bytes();
}

void AnalyzeText(benchmark::State& state, std::string_view language) {
  const Texts texts(language);
  Repeat(state, [&](size_t i) { return Analyze(texts.segment(i), language); });
  state.counters["text_bytes"] = texts.mean_bytes();
}

// The pattern is made once for thousands of texts, as lookups do.
void Distance(benchmark::State& state, std::string_view language) {
  const Texts texts(language);
  const DistancePattern pattern(texts.pair(0).query.stems);
  const auto max = static_cast<uint32_t>(pattern.length());
  Repeat(state, [&](size_t i) {
    return pattern.Distance(texts.pair(i).stored.stems, max);
  });
}

void AlignPair(benchmark::State& state, std::string_view language) {
  const Texts texts(language);
  Repeat(state, [&](size_t i) {
    return Align(texts.pair(i).stored.tokens, texts.pair(i).query.tokens);
  });
}

void ScorePair(benchmark::State& state, std::string_view language) {
  const Texts texts(language);
  Repeat(state, [&](size_t i) {
    return ScoreTexts(texts.pair(i).stored, texts.pair(i).query);
  });
}

void ExplainPair(benchmark::State& state, std::string_view language) {
  const Texts texts(language);
  Repeat(state, [&](size_t i) {
    const auto& [stored, query] = texts.pair(i);
    return ExplainTexts(stored, query, CompareTexts(stored, query).alignment);
  });
}

BENCHMARK_CAPTURE(TokenizeText, en, "en");
BENCHMARK_CAPTURE(TokenizeText, zh, "zh");
BENCHMARK_CAPTURE(TokenizeText, es, "es");
BENCHMARK_CAPTURE(AnalyzeText, en, "en");
BENCHMARK_CAPTURE(AnalyzeText, zh, "zh");
BENCHMARK_CAPTURE(AnalyzeText, es, "es");
BENCHMARK_CAPTURE(Distance, en, "en");
BENCHMARK_CAPTURE(Distance, zh, "zh");
BENCHMARK_CAPTURE(AlignPair, en, "en");
BENCHMARK_CAPTURE(AlignPair, zh, "zh");
BENCHMARK_CAPTURE(ScorePair, en, "en");
BENCHMARK_CAPTURE(ScorePair, zh, "zh");
BENCHMARK_CAPTURE(ExplainPair, en, "en");
BENCHMARK_CAPTURE(ExplainPair, zh, "zh");

}  // namespace
}  // namespace tercet::bench
