// Postings of runs: which segments of a chunk were cut so that they have a run
// of these stems? (run_cut.h says why that finds every match.)
#ifndef TERCET_SERVICE_INDEX_RUN_INDEX_H_
#define TERCET_SERVICE_INDEX_RUN_INDEX_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "service/index/run_cut.h"

namespace tercet {

// A run of a stored segment.
struct Posting {
  uint32_t hash = 0;
  uint32_t slot = 0;     // The segment's place in its chunk.
  uint8_t length = 0;    // Of the segment.
  uint8_t rank = 0;      // The run's place among the segment's, rarest first.
  uint8_t position = 0;  // Where the run begins.

  friend bool operator==(const Posting&, const Posting&) = default;
};

// How many edits a query allows a segment of each length; kNone for lengths
// that cannot match at all.
struct AllowedEdits {
  static constexpr uint8_t kNone = 0xFF;

  // REQUIRES: min_score >= kRunFloorScore.
  AllowedEdits(size_t query_length, int min_score);

  uint8_t by_length[kMaxCutLength + 1];
};

// Immutable; thread-safe.
class RunIndex {
 public:
  // `postings` in any order.
  explicit RunIndex(const std::vector<Posting>& postings);

  // Calls `found` with a posting of every segment that has, within its allowed
  // edits k, one of its k + 1 rarest runs in the query, shifted by k at most. A
  // segment may come more than once.
  template <typename Found>
  void Find(std::span<const uint32_t> query_stems, const AllowedEdits& allowed,
            const Found& found) const;

  std::span<const Posting> postings() const { return postings_; }
  size_t MemoryBytes() const {
    return postings_.size() * sizeof(Posting) +
           starts_.size() * sizeof(uint32_t);
  }

 private:
  // The postings whose hash is `hash`.
  std::span<const Posting> Equal(uint32_t hash) const;

  std::vector<Posting> postings_;  // By hash.
  // Where the postings begin whose hash has these leading bits.
  std::vector<uint32_t> starts_;
  int shift_ = 0;
};

template <typename Found>
void RunIndex::Find(std::span<const uint32_t> query_stems,
                    const AllowedEdits& allowed, const Found& found) const {
  for (size_t begin = 0; begin < query_stems.size(); ++begin) {
    uint32_t hash = 0;
    const size_t end = std::min(query_stems.size(), begin + kMaxRunLength);
    for (size_t i = begin; i < end; ++i) {
      hash = ExtendRunHash(hash, query_stems[i]);
      for (const Posting& posting : Equal(hash)) {
        const uint8_t edits = allowed.by_length[posting.length];
        if (edits == AllowedEdits::kNone || posting.rank > edits) continue;
        const size_t shift = begin > posting.position
                                 ? begin - posting.position
                                 : posting.position - begin;
        if (shift <= edits) found(posting);
      }
    }
  }
}

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_RUN_INDEX_H_
