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
        costs_((stems.size() + 1) * width_, kImpossible),
        lengths_((stems.size() + 1) * width_, 0),
        hashes_(stems.size() * kMaxRunLength) {
    costs_[0] = 0;
    for (size_t end = 0; end <= stems.size(); ++end) {
      if (end > 0) SkipInto(end);
      ExtendFrom(stems, end, frequencies);
    }
  }

  std::vector<Run> Trace(size_t end) const {
    std::vector<Run> runs;
    size_t count = width_ - 1;
    while (count > 0) {
      const uint8_t length = lengths_[end * width_ + count];
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
  static constexpr uint32_t kImpossible =
      std::numeric_limits<uint32_t>::max() / 2;

  // Without a run that ends here, it is as before; a run that ends here has
  // been entered from where it begins.
  void SkipInto(size_t end) {
    for (size_t count = 0; count < width_; ++count) {
      const uint32_t before = costs_[(end - 1) * width_ + count];
      uint32_t& cost = costs_[end * width_ + count];
      if (before <= cost) {
        cost = before;
        lengths_[end * width_ + count] = 0;
      }
    }
  }

  void ExtendFrom(std::span<const uint32_t> stems, size_t begin,
                  const RunFrequencies& frequencies) {
    uint32_t hash = 0;
    for (size_t length = 1;
         length <= kMaxRunLength && begin + length <= stems.size(); ++length) {
      hash = ExtendRunHash(hash, stems[begin + length - 1]);
      hashes_[begin * kMaxRunLength + length - 1] = hash;
      const uint32_t frequency = frequencies.Of(hash) + 1;
      const size_t end = begin + length;
      for (size_t count = 0; count + 1 < width_; ++count) {
        const uint32_t cost = costs_[begin * width_ + count] + frequency;
        if (cost < costs_[end * width_ + count + 1]) {
          costs_[end * width_ + count + 1] = cost;
          lengths_[end * width_ + count + 1] = static_cast<uint8_t>(length);
        }
      }
    }
  }

  size_t width_;
  std::vector<uint32_t> costs_;   // [stems taken][runs taken]
  std::vector<uint8_t> lengths_;  // Of the last run; 0: none ends here.
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
