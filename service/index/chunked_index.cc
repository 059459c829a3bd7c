// SegmentIndex as a few immutable chunks, merged as in the logarithmic method
// (Bentley and Saxe 1980): there are O(log n), and each segment is copied
// O(log n) times. In a small chunk candidates are found by scanning signatures,
// in a large one by runs; either way their distance is then computed.
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "service/index/chunk.h"
#include "service/index/segment_index.h"
#include "service/match/edit_distance.h"
#include "service/match/score.h"

namespace tercet {
namespace {

constexpr int kMaxScore = 100;
// Steps of distances between two looks at whether to go on: about a
// millisecond's. A long text takes millions for one distance, a sentence tens.
constexpr size_t kStepsPerStopCheck = size_t{1} << 18;

// The slots of `view` that `changes` remove; some may be named twice.
std::vector<size_t> RemovedSlots(const ChunkView& view,
                                 const IndexChanges& changes) {
  std::vector<size_t> slots;
  for (const SegmentRef& ref : changes.removed) {
    const size_t slot = view.chunk->Find(ref);
    if (slot != view.chunk->slot_count()) slots.push_back(slot);
  }
  for (const UnitNumber unit : changes.removed_units) {
    std::ranges::copy(view.chunk->FindUnit(unit), std::back_inserter(slots));
  }
  return slots;
}

// `view` without what `changes` remove of it.
ChunkView Without(const ChunkView& view, const IndexChanges& changes) {
  std::shared_ptr<std::vector<bool>> dead;
  size_t live_count = view.live_count;
  for (const size_t slot : RemovedSlots(view, changes)) {
    if (view.IsDead(slot)) continue;
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

// One query on its way through the chunks.
class Search {
 public:
  Search(std::span<const uint32_t> stems, int min_score, const StopCheck& stop)
      : stems_(stems),
        min_score_(min_score),
        stop_(stop),
        pattern_(stems),
        signature_(MakeSignature(stems)) {}

  // Finds the bound of every live segment that can reach the least score.
  Status Collect(const ChunkView& view) {
    const bool by_runs =
        view.chunk->runs() != nullptr && min_score_ >= kRunFloorScore;
    for (const Bucket& bucket : view.chunk->buckets()) {
      const bool has_runs =
          bucket.length >= 1 && bucket.length <= kMaxCutLength;
      if (by_runs && has_runs) continue;
      RETURN_IF_ERROR(Scan(view, bucket));
    }
    return by_runs ? LookUpRuns(view) : OkStatus();
  }

  Status Visit(const CandidateVisitor& visit) {
    for (int bound = kMaxScore; bound >= min_score_; --bound) {
      for (const SegmentRef& ref : by_bound_[static_cast<size_t>(bound)]) {
        if (bound < min_score_) return OkStatus();
        RETURN_IF_ERROR(stop_());
        ASSIGN_OR_RETURN(min_score_, visit({ref, bound}));
      }
    }
    return OkStatus();
  }

 private:
  uint32_t LongerLength(const Bucket& bucket) const {
    return std::max(static_cast<uint32_t>(stems_.size()), bucket.length);
  }

  Status Scan(const ChunkView& view, const Bucket& bucket) {
    const uint32_t longer = LongerLength(bucket);
    const uint32_t max = MaxDistance(longer, min_score_);
    const uint32_t shorter =
        std::min(static_cast<uint32_t>(stems_.size()), bucket.length);
    if (longer - shorter > max) return OkStatus();
    passed_.clear();
    FilterSignatures(view.chunk->signatures(bucket), signature_, max, passed_);
    for (const uint32_t index : passed_) {
      RETURN_IF_ERROR(Measure(view, bucket, bucket.first_slot + index));
    }
    return OkStatus();
  }

  Status LookUpRuns(const ChunkView& view) {
    const Chunk& chunk = *view.chunk;
    const AllowedEdits allowed(stems_.size(), min_score_);
    passed_.clear();
    chunk.runs()->Find(stems_, allowed, [&](const Posting& posting) {
      if (DistanceLowerBound(chunk.signature(posting.slot), signature_) <=
          allowed.by_length[posting.length]) {
        passed_.push_back(posting.slot);
      }
    });
    std::ranges::sort(passed_);
    passed_.erase(std::unique(passed_.begin(), passed_.end()), passed_.end());
    for (const uint32_t slot : passed_) {
      RETURN_IF_ERROR(Measure(view, chunk.BucketOf(slot), slot));
    }
    return OkStatus();
  }

  // Computes the distance and puts the segment into its bin.
  Status Measure(const ChunkView& view, const Bucket& bucket, size_t slot) {
    if (view.IsDead(slot)) return OkStatus();
    steps_ += 1 + bucket.length * (stems_.size() / 64 + 1);
    if (steps_ >= kStepsPerStopCheck) {
      RETURN_IF_ERROR(stop_());
      steps_ = 0;
    }
    const uint32_t longer = LongerLength(bucket);
    const uint32_t max = MaxDistance(longer, min_score_);
    const uint32_t distance =
        pattern_.Distance(view.chunk->stems(bucket, slot), max);
    if (distance > max) return OkStatus();
    by_bound_[static_cast<size_t>(ScoreBound(distance, longer))].push_back(
        view.chunk->ref(slot));
    return OkStatus();
  }

  const std::span<const uint32_t> stems_;
  int min_score_;
  const StopCheck& stop_;
  const DistancePattern pattern_;
  const Signature signature_;
  size_t steps_ = 0;
  std::vector<uint32_t> passed_;
  std::array<std::vector<SegmentRef>, kMaxScore + 1> by_bound_;
};

class ChunkedIndex final : public SegmentIndex {
 public:
  ChunkedIndex(std::vector<ChunkView> chunks, const IndexTuning& tuning)
      : chunks_(std::move(chunks)), tuning_(tuning) {}

  std::shared_ptr<const SegmentIndex> Apply(
      IndexChanges changes) const override {
    std::vector<ChunkView> chunks;
    for (const ChunkView& view : chunks_) {
      ChunkView kept = Without(view, changes);
      if (kept.live_count == 0) continue;
      if (kept.live_count * 2 < kept.chunk->slot_count()) {
        kept = Make(std::span(&kept, 1), {});
      }
      chunks.push_back(std::move(kept));
    }
    if (!changes.added.empty()) AddChunk(std::move(changes.added), chunks);
    return std::make_shared<const ChunkedIndex>(std::move(chunks), tuning_);
  }

  Status Visit(std::span<const uint32_t> query_stems, int min_score,
               const StopCheck& stop,
               const CandidateVisitor& visit) const override {
    Search search(query_stems, min_score, stop);
    for (const ChunkView& view : chunks_) {
      RETURN_IF_ERROR(search.Collect(view));
    }
    return search.Visit(visit);
  }

  size_t size() const override {
    size_t size = 0;
    for (const ChunkView& view : chunks_) size += view.live_count;
    return size;
  }

  size_t MemoryBytes() const override {
    size_t bytes = 0;
    for (const ChunkView& view : chunks_) bytes += view.MemoryBytes();
    return bytes;
  }

 private:
  ChunkView Make(std::span<const ChunkView> sources,
                 std::vector<IndexedSegment> added) const {
    return Chunk::Make(sources, std::move(added),
                       tuning_.min_segments_for_runs);
  }

  // Takes into the new chunk every last one that is not twice as large.
  void AddChunk(std::vector<IndexedSegment> added,
                std::vector<ChunkView>& chunks) const {
    size_t size = added.size();
    size_t kept = chunks.size();
    while (kept > 0 && chunks[kept - 1].live_count < 2 * size) {
      size += chunks[--kept].live_count;
    }
    ChunkView merged = Make(std::span(chunks).subspan(kept), std::move(added));
    chunks.resize(kept);
    chunks.push_back(std::move(merged));
  }

  std::vector<ChunkView> chunks_;  // Oldest and largest first.
  IndexTuning tuning_;
};

}  // namespace

std::shared_ptr<const SegmentIndex> SegmentIndex::Empty(
    const IndexTuning& tuning) {
  return std::make_shared<const ChunkedIndex>(std::vector<ChunkView>(), tuning);
}

}  // namespace tercet
