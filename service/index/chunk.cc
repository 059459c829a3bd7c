#include "service/index/chunk.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

namespace tercet {
namespace {

constexpr uint32_t kNoSlot = std::numeric_limits<uint32_t>::max();
// Frequencies are counted again when a chunk has grown by so much.
constexpr size_t kRecountGrowth = 4;

bool IsCut(uint32_t length) { return length >= 1 && length <= kMaxCutLength; }

}  // namespace

size_t ChunkView::MemoryBytes() const {
  return chunk->MemoryBytes() + (dead == nullptr ? 0 : dead->size() / 8);
}

// Merges chunks: first decides where each segment goes, then copies.
class ChunkMaker {
 public:
  ChunkMaker(std::span<const ChunkView> sources,
             std::vector<IndexedSegment> added)
      : sources_(sources), added_(std::move(added)) {}

  std::shared_ptr<const Chunk> Make(size_t min_segments_for_runs) {
    CollectOrigins();
    CopySegments();
    SortByRef();
    if (origins_.size() >= min_segments_for_runs) MakeRuns();
    return std::move(chunk_);
  }

 private:
  // Where a segment comes from: slot `place` of a source, or `added_[place]`.
  struct Origin {
    uint32_t length = 0;
    uint32_t source = 0;
    uint32_t place = 0;
    const Bucket* bucket = nullptr;  // Null for those of `added_`.
  };

  void CollectOrigins() {
    for (uint32_t source = 0; source < sources_.size(); ++source) {
      const ChunkView& view = sources_[source];
      for (const Bucket& bucket : view.chunk->buckets()) {
        for (size_t i = 0; i < bucket.slot_count; ++i) {
          const size_t slot = bucket.first_slot + i;
          if (view.IsDead(slot)) continue;
          origins_.push_back(
              {bucket.length, source, static_cast<uint32_t>(slot), &bucket});
        }
      }
    }
    for (size_t i = 0; i < added_.size(); ++i) {
      origins_.push_back({static_cast<uint32_t>(added_[i].stems.size()),
                          static_cast<uint32_t>(sources_.size()),
                          static_cast<uint32_t>(i), nullptr});
    }
    std::ranges::stable_sort(origins_, {}, &Origin::length);
  }

  std::span<const uint32_t> StemsOf(const Origin& origin) const {
    if (origin.bucket == nullptr) return added_[origin.place].stems;
    return sources_[origin.source].chunk->stems(*origin.bucket, origin.place);
  }

  SegmentRef RefOf(const Origin& origin) const {
    if (origin.bucket == nullptr) return added_[origin.place].ref;
    return sources_[origin.source].chunk->ref(origin.place);
  }

  void CopySegments() {
    Chunk& chunk = *chunk_;
    chunk.refs_.reserve(origins_.size());
    chunk.signatures_.reserve(origins_.size());
    chunk.stems_.reserve(std::transform_reduce(
        origins_.begin(), origins_.end(), size_t{0}, std::plus<>(),
        [](const Origin& origin) { return size_t{origin.length}; }));
    for (const Origin& origin : origins_) {
      if (chunk.buckets_.empty() ||
          chunk.buckets_.back().length != origin.length) {
        chunk.buckets_.push_back({.length = origin.length,
                                  .first_slot = chunk.refs_.size(),
                                  .first_stem = chunk.stems_.size()});
      }
      ++chunk.buckets_.back().slot_count;
      const std::span<const uint32_t> stems = StemsOf(origin);
      chunk.refs_.push_back(RefOf(origin));
      chunk.signatures_.push_back(MakeSignature(stems));
      chunk.stems_.insert(chunk.stems_.end(), stems.begin(), stems.end());
    }
  }

  void SortByRef() {
    chunk_->by_ref_.resize(origins_.size());
    std::iota(chunk_->by_ref_.begin(), chunk_->by_ref_.end(), 0);
    std::ranges::sort(chunk_->by_ref_, {},
                      [this](uint32_t slot) { return chunk_->refs_[slot]; });
  }

  void MakeRuns() {
    ChooseFrequencies();
    std::vector<Posting> postings;
    std::vector<bool> has_postings(origins_.size(), false);
    if (!recounted_) TakePostings(postings, has_postings);
    for (const Bucket& bucket : chunk_->buckets_) {
      if (!IsCut(bucket.length)) continue;
      for (size_t i = 0; i < bucket.slot_count; ++i) {
        const size_t slot = bucket.first_slot + i;
        if (!has_postings[slot]) AddPostings(bucket, slot, postings);
      }
    }
    chunk_->runs_ = std::make_unique<const RunIndex>(postings);
  }

  // Takes the frequencies of the largest source; counts anew where it has none
  // or has grown too much for them.
  void ChooseFrequencies() {
    for (const ChunkView& view : sources_) {
      if (view.chunk->frequencies_ != nullptr &&
          view.chunk->counted_segments_ > chunk_->counted_segments_) {
        chunk_->frequencies_ = view.chunk->frequencies_;
        chunk_->counted_segments_ = view.chunk->counted_segments_;
      }
    }
    recounted_ = chunk_->counted_segments_ * kRecountGrowth <= origins_.size();
    if (!recounted_) return;
    auto frequencies = std::make_shared<RunFrequencies>(origins_.size());
    for (const Bucket& bucket : chunk_->buckets_) {
      if (!IsCut(bucket.length)) continue;
      for (size_t i = 0; i < bucket.slot_count; ++i) {
        frequencies->Add(chunk_->stems(bucket, bucket.first_slot + i));
      }
    }
    chunk_->frequencies_ = std::move(frequencies);
    chunk_->counted_segments_ = origins_.size();
  }

  // Keeps the runs that the segments of the sources were cut into.
  void TakePostings(std::vector<Posting>& postings,
                    std::vector<bool>& has_postings) const {
    std::vector<std::vector<uint32_t>> new_slots(sources_.size());
    for (uint32_t source = 0; source < sources_.size(); ++source) {
      new_slots[source].resize(sources_[source].chunk->slot_count(), kNoSlot);
    }
    for (size_t slot = 0; slot < origins_.size(); ++slot) {
      const Origin& origin = origins_[slot];
      if (origin.bucket == nullptr) continue;
      new_slots[origin.source][origin.place] = static_cast<uint32_t>(slot);
    }
    for (uint32_t source = 0; source < sources_.size(); ++source) {
      const RunIndex* runs = sources_[source].chunk->runs();
      if (runs == nullptr) continue;
      for (Posting posting : runs->postings()) {
        posting.slot = new_slots[source][posting.slot];
        if (posting.slot == kNoSlot) continue;
        has_postings[posting.slot] = true;
        postings.push_back(posting);
      }
    }
  }

  void AddPostings(const Bucket& bucket, size_t slot,
                   std::vector<Posting>& postings) const {
    const std::vector<Run> runs =
        CutIntoRuns(chunk_->stems(bucket, slot), *chunk_->frequencies_);
    for (size_t rank = 0; rank < runs.size(); ++rank) {
      postings.push_back({.hash = runs[rank].hash,
                          .slot = static_cast<uint32_t>(slot),
                          .length = static_cast<uint8_t>(bucket.length),
                          .rank = static_cast<uint8_t>(rank),
                          .position = runs[rank].begin});
    }
  }

  std::span<const ChunkView> sources_;
  std::vector<IndexedSegment> added_;
  std::vector<Origin> origins_;  // By length: the order of slots.
  std::shared_ptr<Chunk> chunk_ = std::shared_ptr<Chunk>(new Chunk());
  bool recounted_ = false;
};

ChunkView Chunk::Make(std::span<const ChunkView> sources,
                      std::vector<IndexedSegment> added,
                      size_t min_segments_for_runs) {
  ChunkView view;
  view.chunk =
      ChunkMaker(sources, std::move(added)).Make(min_segments_for_runs);
  view.live_count = view.chunk->slot_count();
  return view;
}

const Bucket& Chunk::BucketOf(size_t slot) const {
  const auto behind =
      std::ranges::upper_bound(buckets_, slot, {}, &Bucket::first_slot);
  return *std::prev(behind);
}

size_t Chunk::Find(const SegmentRef& ref) const {
  const auto it = std::ranges::lower_bound(
      by_ref_, ref, {}, [this](uint32_t slot) { return refs_[slot]; });
  return it != by_ref_.end() && refs_[*it] == ref ? *it : refs_.size();
}

std::span<const uint32_t> Chunk::FindUnit(UnitNumber unit) const {
  const auto [first, last] = std::ranges::equal_range(
      by_ref_, unit, {}, [this](uint32_t slot) { return refs_[slot].unit; });
  return {first, last};
}

size_t Chunk::MemoryBytes() const {
  return refs_.size() *
             (sizeof(SegmentRef) + sizeof(Signature) + sizeof(uint32_t)) +
         stems_.size() * sizeof(uint32_t) + buckets_.size() * sizeof(Bucket) +
         (runs_ == nullptr ? 0 : runs_->MemoryBytes()) +
         (frequencies_ == nullptr ? 0 : frequencies_->MemoryBytes());
}

}  // namespace tercet
