// Segments are cut into the cheapest runs, and runs find every segment that can
// score enough.
#include "service/index/run_cut.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/index/chunk_builder.h"
#include "service/index/run_lookup.h"
#include "service/index/simd.h"
#include "service/match/score.h"
#include "tests/index/random_keys.h"

namespace tercet {
namespace {

// In a test's body `Run` is the test's own function.
using StemRun = Run;
using StemKeys = std::vector<StemKey>;

// Between one stem and kMaxCutLength of them.
StemKeys CutLengthKeys(RandomKeys& random) {
  Keys stems = random.Any();
  stems.resize(std::clamp<size_t>(stems.size(), 1, kMaxCutLength));
  return FoldStems(stems);
}

RunFrequencies CountSome(RandomKeys& random, int segments) {
  RunFrequencies frequencies(100);
  for (int i = 0; i < segments; ++i) frequencies.Add(FoldStems(random.Any()));
  return frequencies;
}

TEST(RunCount, IsOneMoreThanAnyPartnerAdmits) {
  for (uint32_t n = 1; n <= kMaxCutLength; ++n) {
    ASSERT_LE(RunCount(n), n) << n;
    for (uint32_t m = 1; m <= 3 * kMaxCutLength; ++m) {
      const uint32_t longer = std::max(n, m);
      const uint32_t edits = MaxDistance(longer, kRunFloorScore);
      if (longer - std::min(n, m) > edits) continue;
      ASSERT_LT(edits, RunCount(n)) << n << " " << m;
    }
  }
}

TEST(RunCutter, GivesRunsThatDoNotOverlapRarestFirst) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    RandomKeys random(seed);
    const RunFrequencies frequencies = CountSome(random, 20);
    const StemKeys stems = CutLengthKeys(random);
    RunCutter cutter(frequencies);
    const auto runs = cutter.Cut(stems);
    ASSERT_EQ(runs.size(), RunCount(static_cast<uint32_t>(stems.size())));
    std::vector<bool> taken(stems.size(), false);
    uint32_t last = 0;
    for (const StemRun& run : runs) {
      uint32_t hash = 0;
      for (size_t i = run.begin; i < size_t{run.begin} + run.length; ++i) {
        ASSERT_FALSE(taken.at(i));
        taken[i] = true;
        hash = ExtendRunHash(hash, stems[i]);
      }
      ASSERT_EQ(hash, run.hash);
      ASSERT_EQ(run.frequency, frequencies.Of(hash));
      ASSERT_GE(run.frequency, last);
      last = run.frequency;
    }
  }
}

// The cheapest way to take `count` runs out of stems[begin..], by trying all.
uint32_t LeastSum(const StemKeys& stems, size_t begin, uint32_t count,
                  const RunFrequencies& frequencies) {
  constexpr uint32_t kImpossible = std::numeric_limits<uint32_t>::max() / 4;
  if (count == 0) return 0;
  if (begin == stems.size()) return kImpossible;
  uint32_t least = LeastSum(stems, begin + 1, count, frequencies);
  uint32_t hash = 0;
  for (size_t end = begin; end < std::min(stems.size(), begin + kMaxRunLength);
       ++end) {
    hash = ExtendRunHash(hash, stems[end]);
    least =
        std::min(least, frequencies.Of(hash) + 1 +
                            LeastSum(stems, end + 1, count - 1, frequencies));
  }
  return least;
}

TEST(RunCutter, ChoosesTheLeastSum) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    RandomKeys random(seed);
    const RunFrequencies frequencies = CountSome(random, 10);
    StemKeys stems = CutLengthKeys(random);
    stems.resize(1 + random.Below(12));
    uint32_t sum = 0;
    RunCutter cutter(frequencies);
    const auto runs = cutter.Cut(stems);
    for (const StemRun& run : runs) sum += run.frequency + 1;
    EXPECT_EQ(sum, LeastSum(stems, 0, static_cast<uint32_t>(runs.size()),
                            frequencies));
  }
}

TEST(RunCutter, CutsTheSameWithAllInstructions) {
  const Simd before = ActiveSimd();
  RandomKeys random(17);
  const RunFrequencies frequencies = CountSome(random, 50);
  for (int i = 0; i < 300; ++i) {
    const StemKeys stems = CutLengthKeys(random);
    RunCutter cutter(frequencies);
    UseSimd(Simd::kPlain);
    const auto plain = cutter.Cut(stems);
    const std::vector<StemRun> expected(plain.begin(), plain.end());
    for (const Simd simd : AvailableSimd()) {
      UseSimd(simd);
      ASSERT_THAT(cutter.Cut(stems), testing::ElementsAreArray(expected));
    }
  }
  UseSimd(before);
}

std::shared_ptr<const Chunk> ChunkWithRuns(
    const std::vector<IndexedSegment>& segments) {
  return BuildChunk({}, segments, 1, NeverStop()).value();
}

size_t CountFound(const Chunk& chunk, const Keys& query, int min_score) {
  const StemKeys keys = FoldStems(query);
  RunLookup lookup(keys);
  return lookup.Find(chunk, MakeSignature(keys), min_score).size();
}

TEST(RunLookup, FindsWhateverIsNearEnough) {
  size_t near = 0;
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    RandomKeys random(seed);
    Keys stems = random.Any();
    stems.resize(std::clamp<size_t>(stems.size(), 1, kMaxCutLength));
    const auto chunk = ChunkWithRuns({{.ref = {}, .stems = stems}});
    const Keys query = random.Edited(stems, 1 + seed % 30);
    const int min_score = kRunFloorScore + static_cast<int>(random.Below(31));
    const auto longer =
        static_cast<uint32_t>(std::max(query.size(), stems.size()));
    if (ScoreBound(PlainDistance(FoldStems(stems), FoldStems(query)), longer) <
        min_score) {
      continue;
    }
    ++near;
    EXPECT_EQ(CountFound(*chunk, query, min_score), 1U);
  }
  EXPECT_GT(near, 500U);  // The test tests something.
}

TEST(RunLookup, KeepsManyEqualRunsApart) {
  std::vector<IndexedSegment> segments;
  for (uint64_t i = 0; i < 1000; ++i) {
    segments.push_back({.ref = {.unit = UnitNumber{i}}, .stems = {1, 2, 3}});
  }
  const auto chunk = ChunkWithRuns(segments);
  EXPECT_EQ(CountFound(*chunk, {1, 2, 3}, 100), 1000U);
  EXPECT_EQ(CountFound(*chunk, {7, 8, 9}, 70), 0U);
}

}  // namespace
}  // namespace tercet
