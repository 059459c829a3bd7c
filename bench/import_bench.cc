// Getting units in: reading files, writing batches, opening what was written,
// and what a unit takes on disk and in memory. docs/benchmarks.md reads the
// figures.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "bench/bench_database.h"
#include "bench/corpus.h"
#include "bench/must.h"
#include "service/formats/unit_reader.h"
#include "service/formats/unit_writer.h"
#include "service/model/limits.h"

namespace tercet::bench {
namespace {

constexpr size_t kUnitCount = 44'000;

// All of kUnitCount, kMaxBatchSize at a time. Slow disks show in the difference
// between the two.
void CreateUnits(benchmark::State& state, bool sync) {
  const std::vector<Unit> units = Corpus().MakeUnits(kUnitCount);
  for (auto unused : state) {
    state.PauseTiming();
    const TempDirectory directory;
    std::unique_ptr<Database> database = OpenDatabase(directory, sync);
    std::vector<Unit> copies = units;
    state.ResumeTiming();
    WriteUnits(std::move(copies), *database);
    state.PauseTiming();
    database.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(kUnitCount));
}

BENCHMARK_CAPTURE(CreateUnits, sync, true)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(2)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(CreateUnits, no_sync, false)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(2)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

class StringSink : public ByteSink {
 public:
  Status Write(std::string_view bytes) override {
    bytes_.append(bytes);
    return OkStatus();
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

std::string WriteFile(FileFormat format, const std::vector<Unit>& units) {
  WriterOptions options{.languages = {}, .tool_version = "bench"};
  for (const std::string_view language : kLanguages) {
    options.languages.push_back(Must(LanguageTag::Parse(language)));
  }
  StringSink sink;
  const auto writer = MakeWriter(format, std::move(options), sink);
  for (const Unit& unit : units) Must(writer->Write({.id = "", .unit = unit}));
  Must(writer->Finish());
  return sink.bytes();
}

void ReadFile(benchmark::State& state, FileFormat format) {
  constexpr size_t kCount = 10'000;
  const std::string bytes = WriteFile(format, Corpus().MakeUnits(kCount));
  size_t unit_count = 0;
  for (auto unused : state) {
    const auto source = MakeStringSource(bytes);
    const auto reader = MakeReader(format, *source);
    while (const std::optional<ReadItem> item = Must(reader->Next())) {
      unit_count += std::holds_alternative<ReadUnit>(*item) ? 1 : 0;
    }
  }
  if (unit_count != kCount * static_cast<size_t>(state.iterations())) {
    state.SkipWithError("some units were not read");
  }
  state.SetItemsProcessed(static_cast<int64_t>(unit_count));
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(bytes.size()));
}

BENCHMARK_CAPTURE(ReadFile, tmx, FileFormat::kTmx)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ReadFile, tsv, FileFormat::kTsv)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ReadFile, jsonl, FileFormat::kJsonLines)
    ->Unit(benchmark::kMillisecond);

// Opening builds the index from the records. Memory is counted at the first
// opening: the process keeps what later ones could use again.
void OpenFilled(benchmark::State& state) {
  BenchDatabase filled(kUnitCount);
  filled.Close();
  const size_t resident_before = ResidentBytes();
  size_t resident_after = 0;
  uint64_t disk_bytes = 0;
  for (auto unused : state) {
    const std::unique_ptr<Database> database =
        OpenDatabase(filled.directory(), /*sync=*/false);
    state.PauseTiming();
    if (resident_after == 0) {
      resident_after = ResidentBytes();
      disk_bytes = database->Stats().disk_bytes;
    }
    state.ResumeTiming();
  }
  constexpr auto kUnits = static_cast<double>(kUnitCount);
  state.counters["disk_bytes_per_unit"] =
      static_cast<double>(disk_bytes) / kUnits;
  state.counters["memory_bytes_per_unit"] =
      static_cast<double>(resident_after - resident_before) / kUnits;
  // Inverted: seconds for 100,000 segments.
  state.counters["s_per_100k_segments"] =
      benchmark::Counter(kUnits * kLanguages.size() / 100'000,
                         benchmark::Counter::kIsIterationInvariantRate |
                             benchmark::Counter::kInvert);
}

BENCHMARK(OpenFilled)->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace
}  // namespace tercet::bench
