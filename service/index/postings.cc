#include "service/index/postings.h"

#include <algorithm>
#include <numeric>

namespace tercet {
namespace {

// A cache line of postings in each bucket, about.
constexpr size_t kPostingsPerBucket = 8;
constexpr size_t kMaxBuckets = size_t{1} << 24;  // As BucketOf takes bits.
constexpr int kPayloadBits = kSlotBits + kPlaceBits + kRankBits;
constexpr uint64_t kPayloadMask = (uint64_t{1} << kPayloadBits) - 1;

uint32_t RankCode(uint32_t rank) {
  const auto above = std::ranges::upper_bound(kRanks, rank);
  return static_cast<uint32_t>(above - kRanks.begin()) - 1;
}

// The upper 24 bits of a hash choose its bucket and the lower 6 are its tag.
uint64_t PackHash(uint32_t hash) {
  return uint64_t{hash >> 8} << kTagBits | Postings::TagOf(hash);
}

uint32_t UnpackHash(uint64_t packed) {
  return static_cast<uint32_t>(packed >> kTagBits << 8 |
                               (packed & ((1U << kTagBits) - 1U)));
}

void Store(uint64_t posting, uint8_t* place) {
  std::memcpy(place, &posting, kPostingBytes);
}

}  // namespace

bool Postings::AreSound(size_t slot_count) const {
  if (starts_.empty()) return bytes_.empty();
  if (bytes_.size() < kPostingPadding) return false;
  const size_t count = (bytes_.size() - kPostingPadding) / kPostingBytes;
  if (starts_.front() != 0 || starts_.back() != count ||
      !std::ranges::is_sorted(starts_)) {
    return false;
  }
  for (size_t bucket = 0; bucket + 1 < starts_.size(); ++bucket) {
    uint64_t last = 0;
    for (uint32_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i) {
      const Posting posting = At(i);
      if (posting.bits < last || posting.slot() >= slot_count) return false;
      last = posting.bits;
    }
  }
  return true;
}

void PostingsBuilder::Add(const SlotRun& run) {
  runs_.push_back(PackHash(run.hash) << kPayloadBits |
                  uint64_t{run.slot} << (kPlaceBits + kRankBits) |
                  uint64_t{run.place >> PlaceShift(run.length)} << kRankBits |
                  RankCode(run.rank));
}

size_t PostingsBuilder::bucket_count() const {
  return std::clamp<size_t>(runs_.size() / kPostingsPerBucket, 1, kMaxBuckets);
}

void PostingsBuilder::Write(std::span<uint32_t> starts,
                            std::span<uint8_t> bytes) const {
  const Postings layout(starts, {});
  const auto bucket_of = [&layout](uint64_t run) {
    return layout.BucketOf(UnpackHash(run >> kPayloadBits));
  };
  // A counting sort by bucket; after it starts[i] is where bucket i ends.
  for (const uint64_t run : runs_) ++starts[bucket_of(run)];
  std::exclusive_scan(starts.begin(), starts.end(), starts.begin(), 0U);
  for (const uint64_t run : runs_) {
    const uint64_t tag = run >> kPayloadBits & ((1U << kTagBits) - 1U);
    Store(tag << kPayloadBits | (run & kPayloadMask),
          &bytes[size_t{starts[bucket_of(run)]++} * kPostingBytes]);
  }
  std::shift_right(starts.begin(), starts.end(), 1);
  starts.front() = 0;
  // And then within the buckets.
  const Postings written(starts, bytes);
  std::vector<uint64_t> bucket;
  for (uint32_t i = 0; i + 1 < starts.size(); ++i) {
    bucket.clear();
    for (uint32_t k = starts[i]; k < starts[i + 1]; ++k) {
      bucket.push_back(written.At(k).bits);
    }
    std::ranges::sort(bucket);
    uint8_t* place = &bytes[size_t{starts[i]} * kPostingBytes];
    for (const uint64_t posting : bucket) {
      Store(posting, place);
      place += kPostingBytes;
    }
  }
}

}  // namespace tercet
