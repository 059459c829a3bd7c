#include "service/index/run_cut.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "service/index/simd.h"
#include "service/match/score.h"

namespace tercet {
namespace {

// The most edits that a segment of `length` stems admits: the longest partner
// whose own difference in length is still allowed.
uint32_t MostEdits(uint32_t length) {
  uint32_t longer = length;
  while (longer + 1 - length <= MaxDistance(longer + 1, kRunFloorScore)) {
    ++longer;
  }
  return MaxDistance(longer, kRunFloorScore);
}

std::array<uint32_t, kMaxCutLength + 1> MakeRunCounts() {
  std::array<uint32_t, kMaxCutLength + 1> counts{};
  for (uint32_t n = 1; n <= kMaxCutLength; ++n) counts[n] = MostEdits(n) + 1;
  return counts;
}

// The lowest bits of a cell hold the length of the last run, 0 where none ends
// here; the rest is the cost. So the cheaper of two cells is the lesser number,
// and a loop of nothing but minima works on many cells at a time. Frequencies
// have 16 bits and there are some hundred runs at most, so costs have room.
constexpr uint32_t kLengthBits = 3;
constexpr uint32_t kLengthMask = (1 << kLengthBits) - 1;
constexpr uint32_t kImpossible = uint32_t{1} << 30;

static_assert(kMaxRunLength <= kLengthMask);

// The cheapest ways to take r runs out of the first i stems, for all i and r.
struct CutTable {
  size_t stem_count;
  size_t width;           // One more than there are runs.
  const uint32_t* costs;  // [begin][length - 1], the lengths in the low bits.
  uint32_t* cells;        // [stems taken][runs taken]
};

__attribute__((always_inline)) inline void FillLoop(const CutTable& table) {
  const size_t width = table.width;
  table.cells[0] = 0;
  for (size_t place = 0; place <= table.stem_count; ++place) {
    uint32_t* const cells = table.cells + place * width;
    if (place > 0) {
      // Without a run that ends here, it is as before; runs that end here have
      // been entered from where they begin.
      const uint32_t* const before = cells - width;
      for (size_t i = 0; i < width; ++i) {
        cells[i] = std::min(cells[i], before[i] & ~kLengthMask);
      }
    }
    const size_t longest = std::min(kMaxRunLength, table.stem_count - place);
    for (size_t length = 1; length <= longest; ++length) {
      const uint32_t added = table.costs[place * kMaxRunLength + length - 1];
      uint32_t* const to = cells + length * width + 1;
      for (size_t i = 0; i + 1 < width; ++i) {
        to[i] = std::min(to[i], (cells[i] & ~kLengthMask) + added);
      }
    }
  }
}

#ifdef TERCET_SIMD_X86
TERCET_AVX2 void FillAvx2(const CutTable& table) { FillLoop(table); }
TERCET_AVX512 void FillAvx512(const CutTable& table) { FillLoop(table); }
#endif

void Fill(const CutTable& table) {
#ifdef TERCET_SIMD_X86
  switch (ActiveSimd()) {
    case Simd::kAvx512:
      return FillAvx512(table);
    case Simd::kAvx2:
      return FillAvx2(table);
    case Simd::kPlain:
      break;
  }
#endif
  FillLoop(table);
}

}  // namespace

uint32_t RunCount(uint32_t length) {
  static const std::array<uint32_t, kMaxCutLength + 1> counts = MakeRunCounts();
  return counts[length];
}

RunFrequencies::RunFrequencies(size_t expected_segments) {
  constexpr size_t kMaxCounts = 1 << 23;
  const size_t counts =
      std::bit_ceil(std::clamp<size_t>(expected_segments * 32, 64, kMaxCounts));
  counts_.resize(counts);
  mask_ = static_cast<uint32_t>(counts - 1);
}

void RunFrequencies::Add(std::span<const StemKey> stems) {
  for (size_t begin = 0; begin < stems.size(); ++begin) {
    uint32_t hash = 0;
    const size_t end = std::min(stems.size(), begin + kMaxRunLength);
    for (size_t i = begin; i < end; ++i) {
      hash = ExtendRunHash(hash, stems[i]);
      uint16_t& count = counts_[hash & mask_];
      if (count < std::numeric_limits<uint16_t>::max()) ++count;
    }
  }
}

void RunCutter::HashRuns(std::span<const StemKey> stems) {
  hashes_.resize(stems.size() * kMaxRunLength);
  costs_.resize(hashes_.size());
  for (size_t begin = 0; begin < stems.size(); ++begin) {
    uint32_t hash = 0;
    const size_t longest = std::min(kMaxRunLength, stems.size() - begin);
    for (size_t i = 0; i < longest; ++i) {
      hash = ExtendRunHash(hash, stems[begin + i]);
      hashes_[begin * kMaxRunLength + i] = hash;
      frequencies_.Prefetch(hash);
    }
  }
  for (size_t i = 0; i < hashes_.size(); ++i) {
    const size_t length = i % kMaxRunLength + 1;
    costs_[i] = (frequencies_.Of(hashes_[i]) + 1) << kLengthBits |
                static_cast<uint32_t>(length);
  }
}

void RunCutter::Trace(size_t end, size_t width) {
  runs_.clear();
  size_t count = width - 1;
  while (count > 0) {
    const uint32_t length = cells_[end * width + count] & kLengthMask;
    if (length == 0) {
      --end;
      continue;
    }
    end -= length;
    --count;
    const uint32_t hash = hashes_[end * kMaxRunLength + length - 1];
    runs_.push_back({static_cast<uint8_t>(end), static_cast<uint8_t>(length),
                     hash, frequencies_.Of(hash)});
  }
  // Those of one frequency in their order: nothing is left to chance.
  std::ranges::sort(runs_, [](const Run& a, const Run& b) {
    return a.frequency != b.frequency ? a.frequency < b.frequency
                                      : a.begin < b.begin;
  });
}

std::span<const Run> RunCutter::Cut(std::span<const StemKey> stems) {
  HashRuns(stems);
  const size_t width = RunCount(static_cast<uint32_t>(stems.size())) + 1;
  cells_.assign((stems.size() + 1) * width, kImpossible);
  Fill({.stem_count = stems.size(),
        .width = width,
        .costs = costs_.data(),
        .cells = cells_.data()});
  Trace(stems.size(), width);
  return runs_;
}

}  // namespace tercet
