#include "service/index/search.h"

#include <algorithm>
#include <tuple>

#include "service/match/score.h"

namespace tercet {
namespace {

// Steps of work between two looks at whether to go on: about a millisecond's. A
// long text takes millions for one distance, a sentence tens.
constexpr size_t kStepsPerStopCheck = size_t{1} << 18;

// Whether a candidate comes behind another one in its bin.
bool ComesBehind(const Candidate& a, const Candidate& b) {
  return std::tie(a.bound.kind, b.bound.cost, a.ref.unit, b.ref.variant) <
         std::tie(b.bound.kind, a.bound.cost, b.ref.unit, a.ref.variant);
}

}  // namespace

bool IsOfUse(const Candidate& candidate, const Needed& needed) {
  const MatchBound& bound = candidate.bound;
  return std::tie(bound.score, bound.kind, needed.cost, candidate.ref.unit) >
         std::tie(needed.score, needed.kind, bound.cost, needed.unit);
}

Search::Search(std::span<const ChunkView> chunks, const IndexQuery& query,
               const Needed& needed, const StopCheck& stop,
               const CandidateVisitor& visit)
    : chunks_(chunks),
      query_(query),
      needed_(needed),
      stop_(stop),
      visit_(visit),
      keys_(FoldStems(query.stems)),
      pattern_(keys_),
      signature_(MakeSignature(keys_)),
      run_lookup_(keys_) {
  pending_bins_.fill(kNone);
  ready_bins_.fill(kNone);
}

// Runs find what scores at least kRunFloorScore. Where less is asked for, there
// often is enough of that already; only else all is scanned for the rest.
Status Search::Run() {
  if (!AnyChunkHasRuns()) return RunPlainly();
  const int floor = std::max(needed_.score, kRunFloorScore);
  RETURN_IF_ERROR(Collect(floor, /*by_runs=*/true));
  RETURN_IF_ERROR(Drain(floor));
  if (finished_ || needed_.score >= floor) return OkStatus();
  visited_from_ = floor;
  return RunPlainly();
}

Status Search::RunPlainly() {
  RETURN_IF_ERROR(Collect(needed_.score, /*by_runs=*/false));
  return Drain(0);
}

bool Search::AnyChunkHasRuns() const {
  return std::ranges::any_of(chunks_, [](const ChunkView& view) {
    return !view.chunk->postings().empty();
  });
}

uint32_t Search::LongerLength(uint32_t length) const {
  return std::max(static_cast<uint32_t>(keys_.size()), length);
}

Status Search::Collect(int min_score, bool by_runs) {
  pending_.clear();
  least_text_score_ = min_score;
  for (uint32_t chunk = 0; chunk < chunks_.size(); ++chunk) {
    const bool has_runs = !chunks_[chunk].chunk->postings().empty();
    RETURN_IF_ERROR(CollectFrom(chunk, min_score, by_runs && has_runs));
  }
  return OkStatus();
}

Status Search::CollectFrom(uint32_t chunk, int min_score, bool by_runs) {
  const Chunk& columns = *chunks_[chunk].chunk;
  if (by_runs) {
    for (const PassedSignature& passed :
         run_lookup_.Find(columns, signature_, min_score)) {
      AddPending(chunk, columns.BucketOf(passed.index), passed.index,
                 passed.lower_bound);
    }
    RETURN_IF_ERROR(CountSteps(run_lookup_.steps()));
  }
  const auto length = static_cast<uint32_t>(keys_.size());
  const uint32_t fewer = std::min(MaxDistance(length, min_score), length);
  for (size_t i = columns.FirstBucketFrom(length - fewer);
       i < columns.length_count(); ++i) {
    const LengthBucket bucket = columns.bucket(i);
    const uint32_t max = MaxDistance(LongerLength(bucket.length), min_score);
    if (bucket.length > length && bucket.length - length > max) break;
    if (by_runs && IsCut(bucket.length)) continue;
    Scan(chunk, i, max);
    RETURN_IF_ERROR(CountSteps(bucket.slot_count));
  }
  return OkStatus();
}

void Search::Scan(uint32_t chunk, size_t bucket, uint32_t max_distance) {
  const Chunk& columns = *chunks_[chunk].chunk;
  const LengthBucket slots = columns.bucket(bucket);
  passed_.clear();
  FilterSignatures(
      columns.signatures().subspan(slots.first_slot, slots.slot_count),
      signature_, max_distance, passed_);
  for (const PassedSignature& passed : passed_) {
    AddPending(chunk, bucket, slots.first_slot + passed.index,
               passed.lower_bound);
  }
}

void Search::AddPending(uint32_t chunk, size_t bucket, uint32_t slot,
                        uint32_t lower_bound) {
  if (chunks_[chunk].dead.Has(slot)) return;
  const Chunk& columns = *chunks_[chunk].chunk;
  const uint32_t length = columns.bucket(bucket).length;
  __builtin_prefetch(columns.stems(bucket, slot).data());
  const auto score =
      static_cast<size_t>(ScoreBound(lower_bound, LongerLength(length)));
  pending_.push_back({.chunk = chunk,
                      .bucket = static_cast<uint32_t>(bucket),
                      .slot = slot,
                      .next = pending_bins_[score]});
  pending_bins_[score] = static_cast<uint32_t>(pending_.size() - 1);
}

Status Search::Drain(int last_score) {
  for (int score = static_cast<int>(kScores) - 1; score >= last_score;
       --score) {
    if (score < needed_.score) return OkStatus();
    RETURN_IF_ERROR(Refine(score));
    RETURN_IF_ERROR(VisitBin(score));
    if (finished_) return OkStatus();
  }
  return OkStatus();
}

Status Search::Refine(int score) {
  uint32_t& bin = pending_bins_[static_cast<size_t>(score)];
  while (bin != kNone) {
    const Pending& pending = pending_[bin];
    const uint32_t length =
        chunks_[pending.chunk].chunk->bucket(pending.bucket).length;
    RETURN_IF_ERROR(CountSteps(1 + length * (keys_.size() / 64 + 1)));
    RefineOne(pending);
    bin = pending.next;
  }
  return OkStatus();
}

void Search::RefineOne(const Pending& pending) {
  const Chunk& columns = *chunks_[pending.chunk].chunk;
  const auto stems = columns.stems(pending.bucket, pending.slot);
  const uint32_t longer = LongerLength(static_cast<uint32_t>(stems.size()));
  const uint32_t max =
      MaxDistance(longer, std::max(needed_.score, least_text_score_));
  const uint32_t distance = pattern_.Distance(stems, max);
  if (distance > max || ScoreBound(distance, longer) >= visited_from_) return;
  const Candidate candidate = {
      columns.ref(pending.slot),
      BoundMatch(columns.print(pending.slot), query_.print, distance, longer)};
  if (!IsOfUse(candidate, needed_)) return;
  uint32_t& bin = ready_bins_[static_cast<size_t>(candidate.bound.score)];
  ready_.push_back({candidate, bin});
  bin = static_cast<uint32_t>(ready_.size() - 1);
}

// A heap rather than sorting: of thousands that are all alike few are wanted.
Status Search::VisitBin(int score) {
  bin_.clear();
  uint32_t& bin = ready_bins_[static_cast<size_t>(score)];
  for (; bin != kNone; bin = ready_[bin].next) {
    bin_.push_back(ready_[bin].candidate);
  }
  std::ranges::make_heap(bin_, ComesBehind);
  while (!bin_.empty()) {
    std::ranges::pop_heap(bin_, ComesBehind);
    if (!IsOfUse(bin_.back(), needed_)) {
      finished_ = true;
      return OkStatus();
    }
    RETURN_IF_ERROR(stop_());
    ASSIGN_OR_RETURN(needed_, visit_(bin_.back()));
    bin_.pop_back();
  }
  return OkStatus();
}

Status Search::CountSteps(size_t steps) {
  steps_ += steps;
  if (steps_ < kStepsPerStopCheck) return OkStatus();
  steps_ = 0;
  return stop_();
}

}  // namespace tercet
