// Postings of runs: which segments of a chunk were cut so that they have a run
// of these stems? (run_cut.h says why that finds every match.)
//
// A posting is a number of 40 bits, little-endian in five bytes:
//
//   | tag 6 | slot 24 | place 6 | rank 4 |
//
// The upper bits of the run's hash choose a bucket and the lower ones are the
// tag, so some postings are found that are not of the run: candidates that go
// again. Place and rank are rounded so that nothing is missed. Within a bucket
// postings stand in the order of the numbers.
#ifndef TERCET_SERVICE_INDEX_POSTINGS_H_
#define TERCET_SERVICE_INDEX_POSTINGS_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "service/base/status.h"

namespace tercet {

// DO NOT CHANGE any of this: stored on disk.
inline constexpr int kTagBits = 6;
inline constexpr int kSlotBits = 24;
inline constexpr int kPlaceBits = 6;
inline constexpr int kRankBits = 4;
inline constexpr size_t kPostingBytes = 5;
static_assert(kTagBits + kSlotBits + kPlaceBits + kRankBits ==
              8 * kPostingBytes);
// Postings are read eight bytes at a time.
inline constexpr size_t kPostingPadding = 8 - kPostingBytes;
inline constexpr size_t kMaxChunkSlots = size_t{1} << kSlotBits;
// Ranks are rounded down to one of these.
inline constexpr std::array<uint8_t, 1 << kRankBits> kRanks = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 22, 32, 64};

// A run of a segment on its way into postings.
struct SlotRun {
  uint32_t hash = 0;
  uint32_t slot = 0;
  uint32_t length = 0;  // Of the segment.
  uint32_t place = 0;   // Where in it the run begins.
  uint32_t rank = 0;    // Its place among the segment's runs, rarest first.
};

// How far places of segments of `length` are shifted to be stored.
inline int PlaceShift(uint32_t length) {
  const int bits = std::bit_width(length);
  return bits > kPlaceBits ? bits - kPlaceBits : 0;
}

// A posting, taken apart.
struct Posting {
  explicit Posting(uint64_t bits) : bits(bits) {}

  uint32_t tag() const {
    return static_cast<uint32_t>(bits >> (kSlotBits + kPlaceBits + kRankBits));
  }
  uint32_t slot() const {
    return static_cast<uint32_t>(bits >> (kPlaceBits + kRankBits)) &
           ((1U << kSlotBits) - 1U);
  }
  // To be shifted back by PlaceShift: the least that it may have been.
  uint32_t place() const {
    return static_cast<uint32_t>(bits >> kRankBits) & ((1U << kPlaceBits) - 1U);
  }
  // At most the run's rank.
  uint32_t rank() const { return kRanks[bits & ((1U << kRankBits) - 1U)]; }

  uint64_t bits;
};

// The postings in a chunk's columns; a view. Thread-safe.
class Postings {
 public:
  Postings() = default;
  // `starts` has one number more than there are buckets; the bytes end in
  // kPostingPadding.
  Postings(std::span<const uint32_t> starts, std::span<const uint8_t> bytes)
      : starts_(starts), bytes_(bytes) {}

  bool empty() const { return starts_.empty(); }
  size_t bucket_count() const {
    return starts_.empty() ? 0 : starts_.size() - 1;
  }

  uint32_t BucketOf(uint32_t hash) const {
    return static_cast<uint32_t>(uint64_t{hash >> 8} * bucket_count() >> 24);
  }
  static uint32_t TagOf(uint32_t hash) {
    return hash & ((1U << kTagBits) - 1U);
  }

  void PrefetchStart(uint32_t bucket) const {
    __builtin_prefetch(&starts_[bucket]);
  }
  uint32_t Begin(uint32_t bucket) const { return starts_[bucket]; }
  uint32_t End(uint32_t bucket) const { return starts_[bucket + 1]; }
  void Prefetch(uint32_t index) const {
    __builtin_prefetch(&bytes_[size_t{index} * kPostingBytes]);
  }

  Posting At(uint32_t index) const {
    uint64_t bits = 0;
    std::memcpy(&bits, &bytes_[size_t{index} * kPostingBytes], sizeof(bits));
    return Posting(bits & ((uint64_t{1} << (8 * kPostingBytes)) - 1));
  }

  // The least number that a posting of `tag` and `slot` can have.
  static uint64_t LeastBits(uint32_t tag, uint32_t slot) {
    return (uint64_t{tag} << kSlotBits | slot) << (kPlaceBits + kRankBits);
  }

  // Whether starts rise, the last being the number of postings, and those of
  // each bucket do, their slots being less than `slot_count`.
  bool AreSound(size_t slot_count) const;

 private:
  std::span<const uint32_t> starts_;
  std::span<const uint8_t> bytes_;
};

// Collects runs and writes their postings.
class PostingsBuilder {
 public:
  void Add(const SlotRun& run);

  size_t posting_count() const { return runs_.size(); }
  size_t bucket_count() const;

  // REQUIRES: bucket_count() + 1 starts, posting_count() * kPostingBytes +
  // kPostingPadding bytes, all zero.
  void Write(std::span<uint32_t> starts, std::span<uint8_t> bytes) const;

 private:
  // The hash in 30 bits, and the posting without its tag.
  std::vector<uint64_t> runs_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_POSTINGS_H_
