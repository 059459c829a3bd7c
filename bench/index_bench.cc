// The fuzzy index by itself, without records and scores: how large it is, how
// fast it grows, and how long lookups take beside the exact scan of signatures
// in the same run. docs/benchmarks.md reads the figures.
//
//   index_bench --units=1000000 --queries=2000 --language=en --save=DIR
//
// With --save the index is kept in DIR and loaded the next time; with --no-scan
// it is measured alone.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bench/corpus.h"
#include "bench/latency.h"
#include "bench/must.h"
#include "bench/options.h"
#include "bench/queries.h"
#include "service/base/files.h"
#include "service/index/search.h"
#include "service/index/segment_index.h"
#include "service/text/analysis.h"

namespace tercet::bench {
namespace {

constexpr size_t kUnitsAtATime = 1000;
constexpr size_t kSampledUnits = 20'000;
constexpr size_t kMatches = 10;
constexpr int kThreshold = 70;

// Of this program's work, which is all on one thread.
double Seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// One memory's language: its index, and how long making it took.
struct Filled {
  std::shared_ptr<const SegmentIndex> index = SegmentIndex::Empty();
  double apply_seconds = 0;
  double merge_seconds = 0;
};

void MergeAll(MergeEffort effort, Filled& filled) {
  const double start = Seconds();
  while (const auto merge = filled.index->PlanMerge(effort)) {
    Must(merge->Run(NeverStop()));
    filled.index = filled.index->Adopt(*merge);
  }
  filled.merge_seconds += Seconds() - start;
}

void AddUnits(const std::vector<Unit>& units, size_t first, size_t language,
              Filled& filled) {
  IndexChanges changes;
  for (size_t i = 0; i < units.size(); ++i) {
    Analysis analysis =
        Analyze(units[i].variants[language].segment, kLanguages[language]);
    changes.added.push_back(
        {.ref = {UnitNumber{first + i}, static_cast<uint32_t>(language)},
         .stems = std::move(analysis.stems),
         .print = PrintOf(analysis)});
  }
  const double start = Seconds();
  filled.index = filled.index->Apply(std::move(changes));
  filled.apply_seconds += Seconds() - start;
  MergeAll(MergeEffort::kFrugal, filled);
}

// English alone needs no Chinese, which takes half of the time.
Corpus CorpusFor(size_t language) {
  return Corpus({.chinese = kLanguages[language] != "en"});
}

Filled Fill(size_t unit_count, size_t language) {
  Corpus corpus = CorpusFor(language);
  Filled filled;
  for (size_t done = 0; done < unit_count;) {
    const std::vector<Unit> units =
        corpus.MakeUnits(std::min(kUnitsAtATime, unit_count - done));
    AddUnits(units, done, language, filled);
    done += units.size();
  }
  MergeAll(MergeEffort::kThorough, filled);
  return filled;
}

std::string ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// As one who keeps the ten best places.
class TopPlaces {
 public:
  StatusOr<Needed> Add(const Candidate& candidate) {
    seen_.push_back(candidate.ref);
    // They come in order.
    if (seen_.size() < kMatches) return Needed::AtLeast(kThreshold);
    const MatchBound& bound = candidate.bound;
    return Needed{bound.score, bound.kind, bound.cost, candidate.ref.unit};
  }

  const std::vector<SegmentRef>& seen() const { return seen_; }

 private:
  std::vector<SegmentRef> seen_;
};

std::vector<SegmentRef> Find(const SegmentIndex& index, const Analysis& query,
                             bool plainly) {
  TopPlaces places;
  const CandidateVisitor visit = [&places](const Candidate& candidate) {
    return places.Add(candidate);
  };
  const StopCheck stop = NeverStop();
  const IndexQuery index_query{query.stems, PrintOf(query)};
  const Needed needed = Needed::AtLeast(kThreshold);
  if (plainly) {
    Must(Search(index.chunks(), index_query, needed, stop, visit).RunPlainly());
  } else {
    Must(index.Visit(index_query, needed, stop, visit));
  }
  return places.seen();
}

void Print(std::string_view name, const Latencies& times) {
  fmt::print("  {:<6} p50 {:8.1f} us  p90 {:8.1f}  p99 {:8.1f}  max {:8.1f}\n",
             name, times.CpuMicros(0.5), times.CpuMicros(0.9),
             times.CpuMicros(0.99), times.CpuMicros(1));
}

std::vector<Analysis> MakeAnalyses(size_t sampled, size_t language,
                                   size_t count) {
  const std::vector<Unit> sample = CorpusFor(language).MakeUnits(sampled);
  std::vector<Analysis> analyses;
  for (const LookupQuery& query : MakeQueries(
           sample,
           {.language = kLanguages[language], .count = count, .seed = kSeed})) {
    analyses.push_back(Analyze(query.segment, kLanguages[language]));
  }
  return analyses;
}

// One after the other, so that neither has the caches full of what the other
// one left.
void MeasureLookups(const SegmentIndex& index, size_t language,
                    const Options& options) {
  const std::vector<Analysis> queries =
      MakeAnalyses(std::clamp<size_t>(index.size(), 1, kSampledUnits), language,
                   options.Number("queries", 1000));
  Latencies by_index;
  size_t found = 0;
  std::vector<std::vector<SegmentRef>> answers(queries.size());
  for (size_t i = 0; i < queries.size(); ++i) {
    by_index.Time(
        [&] { answers[i] = Find(index, queries[i], /*plainly=*/false); });
    found += answers[i].size();
  }
  Print("index", by_index);
  if (options.Has("no-scan")) return;
  Latencies by_scan;
  for (size_t i = 0; i < queries.size(); ++i) {
    std::vector<SegmentRef> plain;
    by_scan.Time([&] { plain = Find(index, queries[i], /*plainly=*/true); });
    if (plain != answers[i]) {
      fmt::print(stderr, "the scan finds something else for query {}\n", i);
      std::exit(EXIT_FAILURE);
    }
  }
  Print("scan", by_scan);
  fmt::print("  ratio  p50 1/{:.1f}  p99 1/{:.1f}; {:.2f} found a query\n",
             by_scan.CpuMicros(0.5) / by_index.CpuMicros(0.5),
             by_scan.CpuMicros(0.99) / by_index.CpuMicros(0.99),
             static_cast<double>(found) / static_cast<double>(queries.size()));
}

std::shared_ptr<const SegmentIndex> FillAndReport(size_t units,
                                                  size_t language) {
  const Filled filled = Fill(units, language);
  const double count = static_cast<double>(units) / 1e6;
  fmt::print("  added in {:.2f} us a segment, merged in {:.2f} more\n",
             filled.apply_seconds / count, filled.merge_seconds / count);
  return filled.index;
}

// From `directory`, or into it.
std::shared_ptr<const SegmentIndex> LoadOrFill(size_t units, size_t language,
                                               const std::string& directory) {
  if (directory.empty()) return FillAndReport(units, language);
  FileSystem& files = FileSystem::Real();
  Must(files.MakeDirectory(directory));
  const std::string path =
      fmt::format("{}/{}-{}.manifest", directory, kLanguages[language], units);
  if (const std::string manifest = ReadWhole(path); !manifest.empty()) {
    const double start = Seconds();
    auto index = SegmentIndex::Load(files, directory, manifest);
    if (index.ok()) {
      fmt::print("  loaded in {:.0f} ms\n", 1e3 * (Seconds() - start));
      return *std::move(index);
    }
  }
  const auto index = FillAndReport(units, language);
  const double start = Seconds();
  Must(WriteFileAtomically(files, path, Must(index->Save(files, directory))));
  fmt::print("  saved in {:.0f} ms\n", 1e3 * (Seconds() - start));
  return index;
}

void Run(const Options& options) {
  const size_t units = options.Number("units", 50'000);
  const std::string wanted = options.Text("language", "");
  for (size_t i = 0; i < kLanguages.size(); ++i) {
    if (!wanted.empty() && wanted != kLanguages[i]) continue;
    fmt::print("{}, {} segments\n", kLanguages[i], units);
    const auto index = LoadOrFill(units, i, options.Text("save", ""));
    fmt::print("  {:.1f} bytes a segment in {} chunks\n",
               static_cast<double>(index->MemoryBytes()) /
                   static_cast<double>(index->size()),
               index->chunks().size());
    MeasureLookups(*index, i, options);
  }
}

}  // namespace
}  // namespace tercet::bench

int main(int argc, char** argv) {
  tercet::bench::Run(tercet::bench::Options(argc, argv));
  return 0;
}
