#include "service/index/run_cut.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

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

// The cheapest ways to take r runs out of the first i stems, for all i and r.
class CutTable {
 public:
  CutTable(std::span<const uint32_t> stems, uint32_t run_count,
           const RunFrequencies& frequencies)
      : width_(run_count + 1),
        cells_((stems.size() + 1) * width_, kImpossible),
        hashes_(stems.size() * kMaxRunLength) {
    cells_[0] = 0;
    for (size_t end = 0; end <= stems.size(); ++end) {
      if (end > 0) SkipInto(end);
      ExtendFrom(stems, end, frequencies);
    }
  }

  std::vector<Run> Trace(size_t end) const {
    std::vector<Run> runs;
    size_t count = width_ - 1;
    while (count > 0) {
      const auto length =
          static_cast<uint8_t>(cells_[end * width_ + count] & kLengthMask);
      if (length == 0) {
        --end;
        continue;
      }
      end -= length;
      --count;
      runs.push_back({static_cast<uint8_t>(end), length,
                      hashes_[end * kMaxRunLength + length - 1]});
    }
    return runs;
  }

 private:
  // The lowest bits of a cell hold the length of the last run, 0 where none
  // ends here; the rest is the cost. So the cheaper of two cells is the lesser
  // number, and a loop of nothing but minima works on many cells at a time.
  // Frequencies have 16 bits and there are some hundred runs at most, so costs
  // have room.
  static constexpr uint32_t kLengthBits = 3;
  static constexpr uint32_t kLengthMask = (1 << kLengthBits) - 1;
  static constexpr uint32_t kImpossible = uint32_t{1} << 30;

  static_assert(kMaxRunLength <= kLengthMask);

  // Without a run that ends here, it is as before; a run that ends here has
  // been entered from where it begins.
  void SkipInto(size_t end) {
    const uint32_t* const before = &cells_[(end - 1) * width_];
    uint32_t* const cells = &cells_[end * width_];
    for (size_t count = 0; count < width_; ++count) {
      cells[count] = std::min(cells[count], before[count] & ~kLengthMask);
    }
  }

  void ExtendFrom(std::span<const uint32_t> stems, size_t begin,
                  const RunFrequencies& frequencies) {
    uint32_t hash = 0;
    for (size_t length = 1;
         length <= kMaxRunLength && begin + length <= stems.size(); ++length) {
      hash = ExtendRunHash(hash, stems[begin + length - 1]);
      hashes_[begin * kMaxRunLength + length - 1] = hash;
      const uint32_t added = (frequencies.Of(hash) + 1) << kLengthBits |
                             static_cast<uint32_t>(length);
      const uint32_t* const from = &cells_[begin * width_];
      uint32_t* const to = &cells_[(begin + length) * width_ + 1];
      for (size_t count = 0; count + 1 < width_; ++count) {
        to[count] = std::min(to[count], (from[count] & ~kLengthMask) + added);
      }
    }
  }

  size_t width_;
  std::vector<uint32_t> cells_;   // [stems taken][runs taken]
  std::vector<uint32_t> hashes_;  // [begin][length - 1]
};

}  // namespace

uint32_t RunCount(uint32_t length) {
  static const std::array<uint32_t, kMaxCutLength + 1> counts = MakeRunCounts();
  return counts[length];
}

uint32_t ExtendRunHash(uint32_t prefix, uint32_t stem) {
  // A multiply-and-shift mix; the odd constants are those of xxHash.
  uint64_t mixed = (uint64_t{prefix} << 32 | stem) * 0x9E3779B185EBCA87u;
  mixed ^= mixed >> 29;
  mixed *= 0xC2B2AE3D27D4EB4Fu;
  return static_cast<uint32_t>(mixed >> 32);
}

RunFrequencies::RunFrequencies(size_t expected_segments) {
  constexpr size_t kMaxCounts = 1 << 23;
  const size_t counts =
      std::min(std::bit_ceil(expected_segments * 32), kMaxCounts);
  counts_.resize(counts);
  mask_ = static_cast<uint32_t>(counts - 1);
}

void RunFrequencies::Add(std::span<const uint32_t> stems) {
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

std::vector<Run> CutIntoRuns(std::span<const uint32_t> stems,
                             const RunFrequencies& frequencies) {
  const uint32_t count = RunCount(static_cast<uint32_t>(stems.size()));
  std::vector<Run> runs =
      CutTable(stems, count, frequencies).Trace(stems.size());
  std::ranges::stable_sort(runs, {}, [&frequencies](const Run& run) {
    return frequencies.Of(run.hash);
  });
  return runs;
}

}  // namespace tercet
