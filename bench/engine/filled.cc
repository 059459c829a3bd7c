#include "bench/engine/filled.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <iterator>
#include <thread>
#include <utility>

#include "bench/must.h"
#include "service/model/limits.h"

namespace tercet::bench {
namespace {

constexpr size_t kStep = 50'000;
constexpr size_t kThreads = 2;

double Seconds() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// Of the whole process.
double CpuSeconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// Adds units, every other batch from another thread.
void Add(std::vector<NewUnit> units, Database& database) {
  const auto work = [&](size_t thread) {
    for (size_t begin = thread * kMaxBatchSize; begin < units.size();
         begin += kThreads * kMaxBatchSize) {
      const size_t end = std::min(units.size(), begin + kMaxBatchSize);
      std::vector<NewUnit> batch(
          std::make_move_iterator(units.begin() +
                                  static_cast<ptrdiff_t>(begin)),
          std::make_move_iterator(units.begin() + static_cast<ptrdiff_t>(end)));
      Must(database.CreateUnits(kMemoryId, std::move(batch), {}).status());
    }
  };
  std::jthread other(work, 1);
  work(0);
}

// Waits until threads of the database have done what they do behind writes:
// what is measured next is neither slowed by them nor still growing.
void WaitUntilIdle(Database& database) {
  Must(database.SettleIndex());
  constexpr int kMostSteps = 600;
  constexpr std::chrono::milliseconds kStepTime(200);
  constexpr std::clock_t kIdle = CLOCKS_PER_SEC / 50;
  std::clock_t before = std::clock();
  for (int i = 0; i < kMostSteps; ++i) {
    std::this_thread::sleep_for(kStepTime);
    const std::clock_t now = std::clock();
    if (now - before < kIdle) return;
    before = now;
  }
}

void KeepTexts(const Unit& unit, Filled& filled) {
  for (const Variant& variant : unit.variants) {
    filled.texts[LanguagePlace(variant.language.language())].push_back(
        variant.segment.text);
  }
}

// Some of the sample, so many that they are one in 10,000 of all, get a
// document of their own.
void MarkRare(size_t unit_count, Filled& filled) {
  const size_t count = unit_count / kOneInRare + 1;
  const size_t step = filled.sample.size() / count + 1;
  for (size_t i = 0; i < filled.sample.size(); i += step) {
    const Variant& variant = filled.sample[i].variants.front();
    const Page<Match> matches = Must(filled.database->LookupExact(
        kMemoryId, {.language = variant.language, .segment = variant.segment},
        {}));
    UnitUpdate update{.fields = {UnitField::kOrigin}};
    update.unit.origin.document = kRareDocument;
    for (const Match& match : matches.items) {
      Must(filled.database->UpdateUnit(kMemoryId, match.entry.id, update, {})
               .status());
    }
  }
}

void AddCorpus(size_t unit_count, bool chinese, Filled& filled) {
  const bool is_there = filled.database->Stats().unit_count >= unit_count;
  Corpus corpus({.chinese = chinese});
  filled.origin = corpus.origin();
  filled.real_count = std::min(unit_count, corpus.real_count());
  double seconds = 0;
  double cpu_seconds = 0;
  for (size_t done = 0; done < unit_count;) {
    const std::vector<Unit> units =
        corpus.MakeUnits(std::min(kStep, unit_count - done));
    done += units.size();
    const size_t keep = std::max<size_t>(
        1, BenchDatabase::kMaxSample * units.size() / unit_count);
    std::vector<NewUnit> added;
    for (size_t i = 0; i < units.size(); ++i) {
      if (i < keep) filled.sample.push_back(units[i]);
      KeepTexts(units[i], filled);
      if (!is_there) added.push_back({.unit = units[i]});
    }
    const double start = Seconds();
    const double cpu_start = CpuSeconds();
    Add(std::move(added), *filled.database);
    seconds += Seconds() - start;
    cpu_seconds += CpuSeconds() - cpu_start;
  }
  if (is_there) return;
  const auto count = static_cast<double>(unit_count);
  filled.units_per_second = count / seconds;
  filled.units_per_two_cpu_seconds = count / (cpu_seconds / kThreads);
}

}  // namespace

std::unique_ptr<Filled> Fill(size_t unit_count, bool chinese,
                             const std::string& keep) {
  auto filled = std::make_unique<Filled>(keep);
  filled->database = OpenDatabase(filled->directory, /*sync=*/true);
  if (filled->database->Stats().memory_count == 0) {
    Must(filled->database->CreateMemory(kMemoryId, {}, {}).status());
  }
  AddCorpus(unit_count, chinese, *filled);
  MarkRare(unit_count, *filled);
  if (!chinese) {
    WaitUntilIdle(*filled->database);
    return filled;
  }
  std::vector<Sentence> like;
  for (const Unit& unit : filled->sample) {
    Sentence& sentence = like.emplace_back();
    for (size_t k = 0; k < sentence.size(); ++k) {
      sentence[k] = unit.variants[k].segment.text;
    }
  }
  filled->odd = MakeOddKinds(like);
  std::vector<NewUnit> odd = MakeOddUnits(filled->odd);
  for (const NewUnit& unit : odd) KeepTexts(unit.unit, *filled);
  Add(std::move(odd), *filled->database);
  WaitUntilIdle(*filled->database);
  return filled;
}

}  // namespace tercet::bench
