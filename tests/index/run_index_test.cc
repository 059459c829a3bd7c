// Runs find every segment that can score enough, and cost the least.
#include "service/index/run_index.h"

#include <algorithm>
#include <limits>
#include <set>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/index/run_cut.h"
#include "service/match/score.h"
#include "tests/index/random_keys.h"

namespace tercet {
namespace {

// In a test's body `Run` is the test's own function.
using StemRun = Run;

std::vector<Posting> PostingsOf(const Keys& stems, uint32_t slot,
                                const RunFrequencies& frequencies) {
  std::vector<Posting> postings;
  for (const StemRun& run : CutIntoRuns(stems, frequencies)) {
    postings.push_back({.hash = run.hash,
                        .slot = slot,
                        .length = static_cast<uint8_t>(stems.size()),
                        .rank = static_cast<uint8_t>(postings.size()),
                        .position = run.begin});
  }
  return postings;
}

bool IsFound(const RunIndex& index, const Keys& query, int min_score,
             uint32_t slot) {
  bool found = false;
  index.Find(
      query, AllowedEdits(query.size(), min_score),
      [&](const Posting& posting) { found = found || posting.slot == slot; });
  return found;
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

TEST(CutIntoRuns, GivesRunsThatDoNotOverlapRarestFirst) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    RandomKeys random(seed);
    RunFrequencies frequencies(100);
    for (int i = 0; i < 20; ++i) frequencies.Add(random.Any());
    Keys stems = random.Any();
    stems.resize(std::clamp<size_t>(stems.size(), 1, kMaxCutLength));
    const std::vector<StemRun> runs = CutIntoRuns(stems, frequencies);
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
      ASSERT_GE(frequencies.Of(hash), last);
      last = frequencies.Of(hash);
    }
  }
}

// The cheapest way to take `count` runs out of stems[begin..], by trying all.
uint32_t LeastSum(const Keys& stems, size_t begin, uint32_t count,
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

TEST(CutIntoRuns, ChoosesTheLeastSum) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    RandomKeys random(seed);
    RunFrequencies frequencies(100);
    for (int i = 0; i < 10; ++i) frequencies.Add(random.Any());
    Keys stems = random.Any();
    stems.resize(1 + random.Below(12));
    uint32_t sum = 0;
    const std::vector<StemRun> runs = CutIntoRuns(stems, frequencies);
    for (const StemRun& run : runs) sum += frequencies.Of(run.hash) + 1;
    EXPECT_EQ(sum, LeastSum(stems, 0, static_cast<uint32_t>(runs.size()),
                            frequencies));
  }
}

TEST(RunIndex, FindsWhateverIsNearEnough) {
  size_t near = 0;
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    RandomKeys random(seed);
    Keys stems = random.Any();
    stems.resize(std::clamp<size_t>(stems.size(), 1, kMaxCutLength));
    RunFrequencies frequencies(10);
    if (seed % 2 == 0) frequencies.Add(random.Any());
    const RunIndex index(PostingsOf(stems, 7, frequencies));
    const Keys query = random.Edited(stems, 1 + seed % 30);
    const int min_score = kRunFloorScore + static_cast<int>(random.Below(31));
    const auto longer =
        static_cast<uint32_t>(std::max(query.size(), stems.size()));
    if (ScoreBound(PlainDistance(stems, query), longer) < min_score) continue;
    ++near;
    EXPECT_TRUE(IsFound(index, query, min_score, 7));
  }
  EXPECT_GT(near, 500u);  // The test tests something.
}

TEST(RunIndex, KeepsManyEqualRunsApart) {
  RunFrequencies frequencies(10);
  const Keys stems = {1, 2, 3};
  std::vector<Posting> postings;
  for (uint32_t slot = 0; slot < 1000; ++slot) {
    for (const Posting& posting : PostingsOf(stems, slot, frequencies)) {
      postings.push_back(posting);
    }
  }
  const RunIndex index(postings);
  std::set<uint32_t> found;
  index.Find(stems, AllowedEdits(3, 100),
             [&](const Posting& posting) { found.insert(posting.slot); });
  EXPECT_EQ(found.size(), 1000u);
  EXPECT_FALSE(IsFound(index, {9, 9, 9}, 70, 0));
}

}  // namespace
}  // namespace tercet
