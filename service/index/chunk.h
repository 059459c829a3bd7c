// Segments that came to the index together, side by side and by length, so that
// a query reads only the lengths that can match. Large chunks have postings of
// runs besides; small ones are scanned faster than looked up.
#ifndef TERCET_SERVICE_INDEX_CHUNK_H_
#define TERCET_SERVICE_INDEX_CHUNK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "service/index/run_cut.h"
#include "service/index/run_index.h"
#include "service/index/segment_index.h"
#include "service/index/signature.h"

namespace tercet {

// Segments of one length: slots [first_slot, first_slot + slot_count).
struct Bucket {
  uint32_t length = 0;
  size_t first_slot = 0;
  size_t slot_count = 0;
  size_t first_stem = 0;
};

// A chunk less the segments that were removed from it since it was made. Both
// parts are shared between the indexes before and after a change.
class Chunk;
struct ChunkView {
  std::shared_ptr<const Chunk> chunk;
  std::shared_ptr<const std::vector<bool>> dead;  // By slot; null: none is.
  size_t live_count = 0;

  bool IsDead(size_t slot) const { return dead != nullptr && (*dead)[slot]; }
  size_t MemoryBytes() const;
};

// Immutable; thread-safe. A slot is a segment's place in the arrays.
class Chunk {
 public:
  // Makes one chunk of all live segments of `sources` and of `added`. It has
  // runs when it holds at least `min_segments_for_runs`.
  static ChunkView Make(std::span<const ChunkView> sources,
                        std::vector<IndexedSegment> added,
                        size_t min_segments_for_runs);

  size_t slot_count() const { return refs_.size(); }
  std::span<const Bucket> buckets() const { return buckets_; }
  const SegmentRef& ref(size_t slot) const { return refs_[slot]; }
  const Signature& signature(size_t slot) const { return signatures_[slot]; }

  std::span<const Signature> signatures(const Bucket& bucket) const {
    return std::span(signatures_).subspan(bucket.first_slot, bucket.slot_count);
  }
  std::span<const uint32_t> stems(const Bucket& bucket, size_t slot) const {
    return std::span(stems_).subspan(
        bucket.first_stem + (slot - bucket.first_slot) * bucket.length,
        bucket.length);
  }
  // The bucket that `slot` is in; null lengths have one too.
  const Bucket& BucketOf(size_t slot) const;

  // Null for small chunks. Holds the segments of 1 to kMaxCutLength stems.
  const RunIndex* runs() const { return runs_.get(); }

  // The slot of `ref`, or slot_count() when it is not here.
  size_t Find(const SegmentRef& ref) const;

  // The slots of all variants of a unit.
  std::span<const uint32_t> FindUnit(UnitNumber unit) const;

  size_t MemoryBytes() const;

 private:
  friend class ChunkMaker;

  Chunk() = default;

  std::vector<Bucket> buckets_;  // By length.
  std::vector<SegmentRef> refs_;
  std::vector<Signature> signatures_;
  std::vector<uint32_t> stems_;
  std::vector<uint32_t> by_ref_;  // Slots in order of their refs.
  std::unique_ptr<const RunIndex> runs_;
  // Counted when the runs were last chosen anew, for so many segments.
  std::shared_ptr<const RunFrequencies> frequencies_;
  size_t counted_segments_ = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_CHUNK_H_
