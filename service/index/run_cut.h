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

namespace tercet {

// Queries with a lower threshold cannot use runs.
inline constexpr int kRunFloorScore = 70;
// Longer runs would be spoilt too easily.
inline constexpr size_t kMaxRunLength = 4;
// Longer segments are not cut; they are few. (Postings hold places in a byte.)
inline constexpr size_t kMaxCutLength = 255;

// K(n) + 1: the number of runs that a segment of `length` stems is cut into.
// REQUIRES: 1 <= length <= kMaxCutLength.
uint32_t RunCount(uint32_t length);

// A hash of the run that `prefix` stems to; 0 is the empty run.
uint32_t ExtendRunHash(uint32_t prefix, uint32_t stem);

// How many segments have a run, about. Counts are of hashes and only guide the
// choice of runs.
class RunFrequencies {
 public:
  // `expected_segments` decides how much memory is taken (bounded).
  explicit RunFrequencies(size_t expected_segments);

  void Add(std::span<const uint32_t> stems);
  uint32_t Of(uint32_t run_hash) const { return counts_[run_hash & mask_]; }

  size_t MemoryBytes() const { return counts_.size() * sizeof(uint16_t); }

 private:
  uint32_t mask_;
  std::vector<uint16_t> counts_;  // Saturated.
};

// A run of a segment.
struct Run {
  uint8_t begin = 0;
  uint8_t length = 0;
  uint32_t hash = 0;

  friend bool operator==(const Run&, const Run&) = default;
};

// RunCount runs that do not overlap, rarest first, whose frequencies add up to
// the least (dynamic programming). REQUIRES: 1 <= stems.size() <=
// kMaxCutLength.
std::vector<Run> CutIntoRuns(std::span<const uint32_t> stems,
                             const RunFrequencies& frequencies);

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_RUN_CUT_H_
