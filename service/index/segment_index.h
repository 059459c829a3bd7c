// The fuzzy index: which stored segments can score at least so much?
//
// Complete by a proved bound: the words of two segments are d edits apart, so
// their score is at most ScoreBound(d, longer length); the index finds d
// exactly for every segment that could still matter, and leaves the score
// itself to the caller.
//
//   auto index = SegmentIndex::Empty();
//   index = index->Apply({.added = {{{unit, 0}, analysis.stems}}});
//   index->Visit(query.stems, 70, stop, [&](const Candidate& candidate) {
//     ...
//     return best.size() < k ? 70 : best.back().score;
//   });
//
// A SegmentIndex never changes, so any thread may read it at any time.
#ifndef TERCET_SERVICE_INDEX_SEGMENT_INDEX_H_
#define TERCET_SERVICE_INDEX_SEGMENT_INDEX_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "service/base/status.h"
#include "service/base/stop_check.h"
#include "service/store/keys.h"

namespace tercet {

// A segment of a memory.
struct SegmentRef {
  UnitNumber unit{};
  uint32_t variant = 0;  // Its place in the unit.

  // clang-tidy 14 takes the zero that <=> is compared with for a pointer.
  // NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(const SegmentRef&, const SegmentRef&) = default;
};

// A segment on its way into the index.
struct IndexedSegment {
  SegmentRef ref;
  std::vector<uint32_t> stems;  // Analysis::stems.
};

// Removals come before additions, so a changed segment may be in both.
struct IndexChanges {
  std::vector<SegmentRef> removed;        // Those not in the index are ignored.
  std::vector<UnitNumber> removed_units;  // With all their segments.
  std::vector<IndexedSegment> added;      // REQUIRES: not in the index.
};

// A segment that may score as much as `bound`.
struct Candidate {
  SegmentRef ref;
  int bound = 0;
};

// Returns the least score that is still of use; it must not fall.
using CandidateVisitor = std::function<StatusOr<int>(const Candidate&)>;

// What decides about speed and nothing else.
struct IndexTuning {
  // Chunks with fewer segments are scanned rather than given runs.
  size_t min_segments_for_runs = 4096;
};

class SegmentIndex {
 public:
  static std::shared_ptr<const SegmentIndex> Empty(
      const IndexTuning& tuning = {});

  virtual ~SegmentIndex() = default;

  // The index with the changes; this one stays as it is. Takes time in
  // proportion to the changes and, now and then, to the index: over many calls
  // O(log size) for each segment added.
  virtual std::shared_ptr<const SegmentIndex> Apply(
      IndexChanges changes) const = 0;

  // Visits every segment whose bound is at least the least useful score:
  // `min_score`, then what the last visit returned. Bounds never rise from one
  // visit to the next. Returns the first error of `visit` or `stop`.
  // REQUIRES: 1 <= min_score <= 100.
  virtual Status Visit(std::span<const uint32_t> query_stems, int min_score,
                       const StopCheck& stop,
                       const CandidateVisitor& visit) const = 0;

  // The number of segments.
  virtual size_t size() const = 0;
  // Bytes of memory, about.
  virtual size_t MemoryBytes() const = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_SEGMENT_INDEX_H_
