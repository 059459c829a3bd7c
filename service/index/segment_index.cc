#include "service/index/segment_index.h"

#include <algorithm>
#include <utility>

#include "service/index/chunk_builder.h"
#include "service/index/search.h"

#ifdef TERCET_CHECKED
#include "service/index/visit_checker.h"
#endif

namespace tercet {
namespace {

// A frugal merge makes a chunk grow at least by so much: the more, the less
// often a segment is copied, and the more chunks there are.
constexpr size_t kFrugalGrowth = 8;
// And gives runs to chunks only that are so many times as large as need be:
// cutting a segment takes longer than scanning it some hundred times.
constexpr size_t kFrugalRunsFactor = 8;
// A thorough one leaves a chunk alone that is at least so many times as large
// as all behind it: the more, the fewer chunks a lookup goes through.
constexpr size_t kThoroughShare = 8;

size_t LiveCount(std::span<const ChunkView> chunks) {
  size_t count = 0;
  for (const ChunkView& view : chunks) count += view.live_count();
  return count;
}

// How many of the last chunks to merge, of those that fit: Bentley and Saxe's
// logarithmic method, by which there are O(log n) chunks.
size_t CountToMerge(std::span<const ChunkView> chunks, MergeEffort effort,
                    size_t max_segments) {
  size_t merged = 0;
  size_t size = 0;
  size_t taken = 0;
  while (taken < chunks.size()) {
    const size_t next = chunks[chunks.size() - 1 - taken].live_count();
    if (size + next > max_segments) break;
    size += next;
    ++taken;
    const bool is_small = effort == MergeEffort::kThorough
                              ? next < kThoroughShare * (size - next)
                              : next * kFrugalGrowth <= size;
    if (taken > 1 && is_small) merged = taken;
  }
  return merged;
}

void Remove(const IndexChanges& changes, ChunkView& view) {
  for (const SegmentRef& ref : changes.removed) {
    const size_t slot = view.chunk->Find(ref);
    if (slot < view.chunk->slot_count()) view.dead.Add(slot);
  }
  std::vector<uint32_t> slots;
  for (const UnitNumber unit : changes.removed_units) {
    view.chunk->FindUnit(unit, slots);
  }
  for (const uint32_t slot : slots) view.dead.Add(slot);
}

bool IsMostlyDead(const ChunkView& view) {
  return view.dead.count() > view.live_count();
}

// Of the index's own making, so that nothing stops it.
ChunkView MakeView(std::span<const ChunkView> sources,
                   std::span<const IndexedSegment> added,
                   size_t min_segments_for_runs) {
  return {.chunk =
              BuildChunk(sources, added, min_segments_for_runs, NeverStop())
                  .value()};
}

}  // namespace

SegmentIndex::SegmentIndex(std::vector<ChunkView> chunks,
                           const IndexTuning& tuning)
    : chunks_(std::move(chunks)), tuning_(tuning) {}

std::shared_ptr<const SegmentIndex> SegmentIndex::Empty(
    const IndexTuning& tuning) {
  return std::make_shared<const SegmentIndex>(std::vector<ChunkView>(), tuning);
}

std::shared_ptr<const SegmentIndex> SegmentIndex::Apply(
    IndexChanges changes) const {
  const size_t at_once = tuning_.max_segments_to_merge_at_once;
  std::vector<ChunkView> chunks;
  for (ChunkView view : chunks_) {
    Remove(changes, view);
    if (view.live_count() == 0) continue;
    if (IsMostlyDead(view) && view.live_count() <= at_once) {
      view = MakeView({&view, 1}, {}, tuning_.min_segments_for_runs);
    }
    chunks.push_back(std::move(view));
  }
  if (!changes.added.empty()) {
    const size_t room = at_once - std::min(at_once, changes.added.size());
    std::vector<ChunkView> sources;
    size_t size = changes.added.size();
    while (!chunks.empty() && chunks.back().live_count() < 2 * size &&
           LiveCount(sources) + chunks.back().live_count() <= room) {
      size += chunks.back().live_count();
      sources.push_back(std::move(chunks.back()));
      chunks.pop_back();
    }
    // Runs are chosen by PlanMerge's merges, off the thread that waits for us.
    const size_t min_for_runs =
        std::max(tuning_.min_segments_for_runs, at_once);
    chunks.push_back(MakeView(sources, changes.added,
                              size > at_once ? size + 1 : min_for_runs));
  }
  return std::make_shared<const SegmentIndex>(std::move(chunks), tuning_);
}

std::unique_ptr<IndexMerge> SegmentIndex::PlanMerge(MergeEffort effort) const {
  std::unique_ptr<IndexMerge> merge(new IndexMerge());
  merge->min_segments_for_runs_ =
      tuning_.min_segments_for_runs *
      (effort == MergeEffort::kFrugal ? kFrugalRunsFactor : 1);
  const size_t count = CountToMerge(chunks_, effort, kMaxChunkSlots);
  const auto last = chunks().last(count);
  if (LiveCount(last) > tuning_.max_segments_to_merge_at_once) {
    merge->sources_.assign(last.begin(), last.end());
    return merge;
  }
  for (const ChunkView& view : chunks_) {
    const bool lacks_runs = view.chunk->postings().empty() &&
                            view.live_count() >= merge->min_segments_for_runs_;
    if (lacks_runs || IsMostlyDead(view)) {
      merge->sources_ = {view};
      return merge;
    }
  }
  return nullptr;
}

std::shared_ptr<const SegmentIndex> SegmentIndex::Adopt(
    const IndexMerge& merge) const {
  ChunkView merged{.chunk = merge.result_};
  std::vector<ChunkView> chunks;
  size_t found = 0;
  for (const ChunkView& view : chunks_) {
    const auto source =
        std::ranges::find(merge.sources_, view.chunk, &ChunkView::chunk);
    if (source == merge.sources_.end()) {
      chunks.push_back(view);
      continue;
    }
    if (found++ == 0) chunks.push_back(merged);
    for (const uint32_t slot : view.dead.List()) {
      if (source->dead.Has(slot)) continue;
      merged.dead.Add(merged.chunk->Find(view.chunk->ref(slot)));
    }
  }
  // A source that died out altogether meanwhile took its segments with it.
  if (found < merge.sources_.size()) {
    return std::make_shared<const SegmentIndex>(*this);
  }
  const auto place = std::ranges::find(chunks, merged.chunk, &ChunkView::chunk);
  if (merged.live_count() > 0) {
    *place = std::move(merged);
  } else {
    chunks.erase(place);
  }
  return std::make_shared<const SegmentIndex>(std::move(chunks), tuning_);
}

Status SegmentIndex::Visit(const IndexQuery& query, const Needed& needed,
                           const StopCheck& stop,
                           const CandidateVisitor& visit) const {
#ifdef TERCET_CHECKED
  VisitChecker checker(chunks_, query, needed, visit);
  RETURN_IF_ERROR(
      Search(chunks_, query, needed, stop, checker.visitor()).Run());
  checker.Check();
  return OkStatus();
#else
  return Search(chunks_, query, needed, stop, visit).Run();
#endif
}

size_t SegmentIndex::size() const { return LiveCount(chunks_); }

size_t SegmentIndex::MemoryBytes() const {
  size_t bytes = 0;
  for (const ChunkView& view : chunks_) bytes += view.MemoryBytes();
  return bytes;
}

size_t IndexMerge::size() const { return LiveCount(sources_); }

Status IndexMerge::Run(const StopCheck& stop) {
  ASSIGN_OR_RETURN(result_,
                   BuildChunk(sources_, {}, min_segments_for_runs_, stop));
  return OkStatus();
}

}  // namespace tercet
