// Segments that came to the index together, in columns, by length. Large chunks
// have postings of runs besides; small ones are scanned faster than looked up.
//
// A slot is a segment's place in the columns: they are in order of length, then
// unit, then variant.
#ifndef TERCET_SERVICE_INDEX_CHUNK_H_
#define TERCET_SERVICE_INDEX_CHUNK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "service/base/files.h"
#include "service/index/chunk_layout.h"
#include "service/index/dead_slots.h"
#include "service/index/postings.h"
#include "service/index/run_cut.h"
#include "service/index/segment.h"
#include "service/index/signature.h"
#include "service/match/segment_print.h"

namespace tercet {

// Segments of one length.
struct LengthBucket {
  uint32_t length = 0;
  uint32_t first_slot = 0;
  uint32_t slot_count = 0;

  uint32_t end_slot() const { return first_slot + slot_count; }
};

// Whether segments of the length have runs where the chunk has.
inline bool IsCut(size_t length) {
  return length >= 1 && length <= kMaxCutLength;
}

// Immutable; thread-safe.
class Chunk {
 public:
  // A chunk that lies in `bytes`. Checks all that reading it relies on. Errors:
  // kDataLoss with reason INDEX_FILE_INVALID.
  static StatusOr<std::shared_ptr<const Chunk>> Open(FileBytes bytes);
  // As above for bytes that were made just now. REQUIRES: they are sealed.
  static std::shared_ptr<const Chunk> Trust(FileBytes bytes,
                                            const ChunkCounts& counts);

  // The bytes to open it again, from a file or not.
  std::string_view bytes() const { return bytes_.bytes; }

  size_t slot_count() const { return units_.size(); }
  size_t length_count() const { return lengths_.size() - 1; }
  // REQUIRES: index < length_count().
  LengthBucket bucket(size_t index) const {
    return {lengths_[index].length, lengths_[index].first_slot,
            lengths_[index + 1].first_slot - lengths_[index].first_slot};
  }
  // The first bucket whose length is `length` or more.
  size_t FirstBucketFrom(uint32_t length) const;
  // The bucket that `slot` is in.
  size_t BucketOf(uint32_t slot) const {
    size_t index = first_bucket_[slot >> kBlockBits];
    while (lengths_[index + 1].first_slot <= slot) ++index;
    return index;
  }

  SegmentRef ref(size_t slot) const {
    return {UnitNumber{uint64_t{unit_highs_[slot]} << 32 | units_[slot]},
            variants_[slot]};
  }
  SegmentPrint print(size_t slot) const {
    return {.sorts = sorts_[slot],
            .placeables = placeables_[slot],
            .context = contexts_[slot],
            .penalty = penalties_[slot]};
  }
  std::span<const Signature> signatures() const { return signatures_; }
  std::span<const StemKey> stems(size_t bucket, size_t slot) const {
    const LengthEntry& entry = lengths_[bucket];
    return stems_.subspan(
        entry.first_stem + (slot - entry.first_slot) * entry.length,
        entry.length);
  }
  void PrefetchSignature(size_t slot) const {
    __builtin_prefetch(&signatures_[slot]);
  }

  // Of the segments whose length IsCut; empty in a chunk without runs.
  const Postings& postings() const { return postings_; }

  // The slot of `ref`, or slot_count() when it is not here. This and the next
  // look into every length: some microseconds for a unit that may be here,
  // next to nothing for one that is newer than all.
  size_t Find(const SegmentRef& ref) const;
  // Appends the slots of all segments of a unit.
  void FindUnit(UnitNumber unit, std::vector<uint32_t>& slots) const;

  size_t MemoryBytes() const { return bytes_.bytes.size(); }

 private:
  static constexpr int kBlockBits = 10;

  Chunk() = default;

  // The first slot of a bucket whose ref is not less.
  uint32_t LowerBound(const LengthBucket& bucket, const SegmentRef& ref) const;

  // Sets the columns. REQUIRES: the bytes have the layout of `counts`.
  void Attach(const ChunkCounts& counts);
  // Whether what reading relies on holds.
  bool IsSound(const ChunkCounts& counts) const;
  bool LengthsAreSound(const ChunkCounts& counts) const;
  void IndexBlocks();

  FileBytes bytes_;
  std::span<const LengthEntry> lengths_;
  std::span<const uint32_t> units_;
  std::span<const uint8_t> unit_highs_;
  std::span<const uint8_t> variants_;
  std::span<const uint32_t> sorts_;
  std::span<const uint16_t> placeables_;
  std::span<const uint16_t> contexts_;
  std::span<const uint8_t> penalties_;
  std::span<const Signature> signatures_;
  std::span<const StemKey> stems_;
  Postings postings_;
  // Of every 2^kBlockBits slots the bucket of the first one.
  std::vector<uint32_t> first_bucket_;
  // The greatest unit here, so that most that are not are quickly known.
  UnitNumber last_unit_{};
};

// A chunk less the segments that were removed from it since it was made. Both
// parts are shared between the indexes before and after a change.
struct ChunkView {
  std::shared_ptr<const Chunk> chunk;
  DeadSlots dead;

  size_t live_count() const { return chunk->slot_count() - dead.count(); }
  size_t MemoryBytes() const {
    return chunk->MemoryBytes() + dead.MemoryBytes();
  }
};

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_CHUNK_H_
