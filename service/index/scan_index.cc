// SegmentIndex by scanning signatures. Segments lie in immutable chunks, in
// each sorted by length, so that a query reads only the lengths that can match.
// Chunks are merged as in the logarithmic method (Bentley and Saxe 1980): there
// are O(log n), and each segment is copied O(log n) times.
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "service/index/segment_index.h"
#include "service/index/signature.h"
#include "service/match/edit_distance.h"
#include "service/match/score.h"

namespace tercet {
namespace {

constexpr int kMaxScore = 100;
// Steps of distances between two looks at whether to go on: about a
// millisecond's. A long text takes millions for one distance, a sentence tens.
constexpr size_t kStepsPerStopCheck = size_t{1} << 18;

// Segments of one length, side by side.
struct Bucket {
  uint32_t length = 0;
  size_t first_slot = 0;
  size_t first_stem = 0;
  size_t slot_count = 0;
};

// Immutable. A slot is a segment's place in the arrays.
class Chunk {
 public:
  explicit Chunk(std::vector<IndexedSegment> segments) {
    std::ranges::stable_sort(segments, {}, [](const IndexedSegment& segment) {
      return segment.stems.size();
    });
    for (const IndexedSegment& segment : segments) {
      const auto length = static_cast<uint32_t>(segment.stems.size());
      if (buckets_.empty() || buckets_.back().length != length) {
        buckets_.push_back({length, refs_.size(), stems_.size(), 0});
      }
      ++buckets_.back().slot_count;
      refs_.push_back(segment.ref);
      signatures_.push_back(MakeSignature(segment.stems));
      stems_.insert(stems_.end(), segment.stems.begin(), segment.stems.end());
    }
    by_ref_.resize(refs_.size());
    for (size_t i = 0; i < by_ref_.size(); ++i) {
      by_ref_[i] = static_cast<uint32_t>(i);
    }
    std::ranges::sort(by_ref_, {},
                      [this](uint32_t slot) { return refs_[slot]; });
  }

  size_t slot_count() const { return refs_.size(); }
  std::span<const Bucket> buckets() const { return buckets_; }
  const SegmentRef& ref(size_t slot) const { return refs_[slot]; }

  std::span<const Signature> signatures(const Bucket& bucket) const {
    return std::span(signatures_).subspan(bucket.first_slot, bucket.slot_count);
  }
  std::span<const uint32_t> stems(const Bucket& bucket, size_t index) const {
    return std::span(stems_).subspan(bucket.first_stem + index * bucket.length,
                                     bucket.length);
  }

  // The slot of `ref`, or slot_count() when it is not here.
  size_t Find(const SegmentRef& ref) const {
    const auto it = std::ranges::lower_bound(
        by_ref_, ref, {}, [this](uint32_t slot) { return refs_[slot]; });
    return it != by_ref_.end() && refs_[*it] == ref ? *it : refs_.size();
  }

  size_t MemoryBytes() const {
    return refs_.size() *
               (sizeof(SegmentRef) + sizeof(Signature) + sizeof(uint32_t)) +
           stems_.size() * sizeof(uint32_t) + buckets_.size() * sizeof(Bucket);
  }

 private:
  std::vector<Bucket> buckets_;  // By length.
  std::vector<SegmentRef> refs_;
  std::vector<Signature> signatures_;
  std::vector<uint32_t> stems_;
  std::vector<uint32_t> by_ref_;  // Slots in order of their refs.
};

// A chunk less the segments that were removed from it since it was made.
// Both parts are shared between the indexes before and after a change.
struct ChunkView {
  std::shared_ptr<const Chunk> chunk;
  std::shared_ptr<const std::vector<bool>> dead;  // By slot; null: none is.
  size_t live_count = 0;

  bool IsDead(size_t slot) const { return dead != nullptr && (*dead)[slot]; }
};

ChunkView MakeView(std::vector<IndexedSegment> segments) {
  const size_t count = segments.size();
  return {std::make_shared<const Chunk>(std::move(segments)), nullptr, count};
}

void AppendLive(const ChunkView& view, std::vector<IndexedSegment>& out) {
  for (const Bucket& bucket : view.chunk->buckets()) {
    for (size_t i = 0; i < bucket.slot_count; ++i) {
      const size_t slot = bucket.first_slot + i;
      if (view.IsDead(slot)) continue;
      const std::span<const uint32_t> stems = view.chunk->stems(bucket, i);
      out.push_back({view.chunk->ref(slot), {stems.begin(), stems.end()}});
    }
  }
}

// `view` without those of `refs` that it holds.
ChunkView Without(const ChunkView& view, std::span<const SegmentRef> refs) {
  std::shared_ptr<std::vector<bool>> dead;
  size_t live_count = view.live_count;
  for (const SegmentRef& ref : refs) {
    const size_t slot = view.chunk->Find(ref);
    if (slot == view.chunk->slot_count() || view.IsDead(slot)) continue;
    if (dead == nullptr) {
      dead = view.dead == nullptr
                 ? std::make_shared<std::vector<bool>>(view.chunk->slot_count(),
                                                       false)
                 : std::make_shared<std::vector<bool>>(*view.dead);
    }
    if ((*dead)[slot]) continue;  // Named twice.
    (*dead)[slot] = true;
    --live_count;
  }
  if (dead == nullptr) return view;
  return {view.chunk, std::move(dead), live_count};
}

class ScanIndex final : public SegmentIndex {
 public:
  explicit ScanIndex(std::vector<ChunkView> chunks)
      : chunks_(std::move(chunks)) {}

  std::shared_ptr<const SegmentIndex> Apply(
      IndexChanges changes) const override {
    std::vector<ChunkView> chunks;
    for (const ChunkView& view : chunks_) {
      ChunkView kept = Without(view, changes.removed);
      if (kept.live_count == 0) continue;
      if (kept.live_count * 2 < kept.chunk->slot_count()) {
        std::vector<IndexedSegment> live;
        AppendLive(kept, live);
        kept = MakeView(std::move(live));
      }
      chunks.push_back(std::move(kept));
    }
    if (!changes.added.empty()) {
      AddChunk(std::move(changes.added), chunks);
    }
    return std::make_shared<const ScanIndex>(std::move(chunks));
  }

  Status Visit(std::span<const uint32_t> query_stems, int min_score,
               const StopCheck& stop,
               const CandidateVisitor& visit) const override {
    std::array<std::vector<SegmentRef>, kMaxScore + 1> by_bound;
    const DistancePattern pattern(query_stems);
    const Signature signature = MakeSignature(query_stems);
    for (const ChunkView& view : chunks_) {
      RETURN_IF_ERROR(
          Collect(view, pattern, signature, min_score, stop, by_bound));
    }
    for (int bound = kMaxScore; bound >= min_score; --bound) {
      for (const SegmentRef& ref : by_bound[static_cast<size_t>(bound)]) {
        if (bound < min_score) return OkStatus();
        RETURN_IF_ERROR(stop());
        ASSIGN_OR_RETURN(min_score, visit({ref, bound}));
      }
    }
    return OkStatus();
  }

  size_t size() const override {
    size_t size = 0;
    for (const ChunkView& view : chunks_) size += view.live_count;
    return size;
  }

  size_t MemoryBytes() const override {
    size_t bytes = 0;
    for (const ChunkView& view : chunks_) {
      bytes += view.chunk->MemoryBytes();
      if (view.dead != nullptr) bytes += view.dead->size() / 8;
    }
    return bytes;
  }

 private:
  using ByBound = std::array<std::vector<SegmentRef>, kMaxScore + 1>;

  // Takes into the new chunk every last one that is not twice as large.
  static void AddChunk(std::vector<IndexedSegment> added,
                       std::vector<ChunkView>& chunks) {
    while (!chunks.empty() && chunks.back().live_count < 2 * added.size()) {
      AppendLive(chunks.back(), added);
      chunks.pop_back();
    }
    chunks.push_back(MakeView(std::move(added)));
  }

  // Finds the bound of every segment of a chunk that can reach `min_score`.
  static Status Collect(const ChunkView& view, const DistancePattern& pattern,
                        const Signature& signature, int min_score,
                        const StopCheck& stop, ByBound& by_bound) {
    const auto query_length = static_cast<uint32_t>(pattern.length());
    std::vector<uint32_t> passed;
    size_t steps = 0;
    for (const Bucket& bucket : view.chunk->buckets()) {
      const uint32_t longer = std::max(query_length, bucket.length);
      const uint32_t shorter = std::min(query_length, bucket.length);
      const uint32_t max = MaxDistance(longer, min_score);
      if (longer - shorter > max) continue;
      passed.clear();
      FilterSignatures(view.chunk->signatures(bucket), signature, max, passed);
      for (const uint32_t index : passed) {
        const size_t slot = bucket.first_slot + index;
        if (view.IsDead(slot)) continue;
        steps += 1 + bucket.length * (query_length / 64 + 1);
        if (steps >= kStepsPerStopCheck) {
          RETURN_IF_ERROR(stop());
          steps = 0;
        }
        const uint32_t distance =
            pattern.Distance(view.chunk->stems(bucket, index), max);
        if (distance > max) continue;
        by_bound[static_cast<size_t>(ScoreBound(distance, longer))].push_back(
            view.chunk->ref(slot));
      }
    }
    return OkStatus();
  }

  std::vector<ChunkView> chunks_;  // Oldest and largest first.
};

}  // namespace

std::shared_ptr<const SegmentIndex> SegmentIndex::Empty() {
  static const auto* const empty = new std::shared_ptr<const SegmentIndex>(
      std::make_shared<const ScanIndex>(std::vector<ChunkView>()));
  return *empty;
}

}  // namespace tercet
