// Cuts a segment into runs of stems so that one of them must survive in every
// segment that is like it.
//
// A stored segment of n stems that scores at least kRunFloorScore against a
// query is at most K(n) edits away from it. Cut it into K(n) + 1 runs that do
// not overlap: each edit spoils one of them at most, so one stands in the query
// as it is (pigeonhole; Li et al., PASS-JOIN, VLDB 2011). Which runs are chosen
// is free, so we choose those that fewest other segments have.
#ifndef TERCET_SERVICE_INDEX_RUN_CUT_H_
#define TERCET_SERVICE_INDEX_RUN_CUT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "service/match/edit_distance.h"

namespace tercet {

// Queries with a lower threshold cannot use runs.
inline constexpr int kRunFloorScore = 70;
// Longer runs would be spoilt too easily.
inline constexpr size_t kMaxRunLength = 4;
// Longer segments are not cut; they are few. (Places are held in a byte.)
inline constexpr size_t kMaxCutLength = 255;

// K(n) + 1: the number of runs that a segment of `length` stems is cut into.
// REQUIRES: 1 <= length <= kMaxCutLength.
uint32_t RunCount(uint32_t length);

// A hash of the run that `prefix` stems to; 0 is the empty run.
// DO NOT CHANGE: stored on disk.
inline uint32_t ExtendRunHash(uint32_t prefix, StemKey stem) {
  // A multiply-and-shift mix; the odd constants are those of xxHash.
  uint64_t mixed = (uint64_t{prefix} << 16 | stem) * 0x9E3779B185EBCA87u;
  mixed ^= mixed >> 29;
  mixed *= 0xC2B2AE3D27D4EB4Fu;
  return static_cast<uint32_t>(mixed >> 32);
}

// How many segments have a run, about. Counts are of hashes and only guide the
// choice of runs.
class RunFrequencies {
 public:
  // `expected_segments` decides how much memory is taken (bounded).
  explicit RunFrequencies(size_t expected_segments);

  void Add(std::span<const StemKey> stems);
  uint32_t Of(uint32_t run_hash) const { return counts_[run_hash & mask_]; }
  void Prefetch(uint32_t run_hash) const {
    __builtin_prefetch(&counts_[run_hash & mask_]);
  }

 private:
  uint32_t mask_;
  std::vector<uint16_t> counts_;  // Saturated.
};

// A run of a segment.
struct Run {
  uint8_t begin = 0;
  uint8_t length = 0;
  uint32_t hash = 0;
  uint32_t frequency = 0;

  friend bool operator==(const Run&, const Run&) = default;
};

// Cuts one segment after the other; keeps its tables. Not thread-safe.
class RunCutter {
 public:
  // `frequencies` must outlive it.
  explicit RunCutter(const RunFrequencies& frequencies)
      : frequencies_(frequencies) {}

  // RunCount runs that do not overlap, rarest first, whose frequencies add up
  // to the least (dynamic programming). Valid until the next call.
  // REQUIRES: 1 <= stems.size() <= kMaxCutLength.
  std::span<const Run> Cut(std::span<const StemKey> stems);

 private:
  void HashRuns(std::span<const StemKey> stems);
  void Trace(size_t end, size_t width);

  const RunFrequencies& frequencies_;
  std::vector<uint32_t> hashes_;  // [begin][length - 1]
  std::vector<uint32_t> costs_;   // Likewise, as CutTable wants them.
  std::vector<uint32_t> cells_;   // [stems taken][runs taken]
  std::vector<Run> runs_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_RUN_CUT_H_
