// One lookup on its way through the chunks of an index.
#ifndef TERCET_SERVICE_INDEX_SEARCH_H_
#define TERCET_SERVICE_INDEX_SEARCH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "service/index/run_lookup.h"
#include "service/index/segment_index.h"
#include "service/index/signature.h"
#include "service/match/edit_distance.h"

namespace tercet {

// Used once, by one thread.
class Search {
 public:
  // All must outlive it. `visit` as SegmentIndex::Visit wants it.
  Search(std::span<const ChunkView> chunks, const IndexQuery& query,
         const Needed& needed, const StopCheck& stop,
         const CandidateVisitor& visit);

  // Visits what SegmentIndex::Visit promises.
  Status Run();
  // The same without the help of runs: the slow twin.
  Status RunPlainly();

 private:
  static constexpr size_t kScores = 101;
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  // A segment whose signature passed; the next one in its bin.
  struct Pending {
    uint32_t chunk = 0;
    uint32_t bucket = 0;
    uint32_t slot = 0;
    uint32_t next = kNone;
  };
  // A segment whose bound is known; likewise.
  struct Ready {
    Candidate candidate;
    uint32_t next = kNone;
  };

  bool AnyChunkHasRuns() const;
  uint32_t LongerLength(uint32_t length) const;

  // Puts every live segment whose text bound may reach `min_score` into the bin
  // of that bound.
  Status Collect(int min_score, bool by_runs);
  Status CollectFrom(uint32_t chunk, int min_score, bool by_runs);
  void Scan(uint32_t chunk, size_t bucket, uint32_t max_distance);
  void AddPending(uint32_t chunk, size_t bucket, uint32_t slot,
                  uint32_t lower_bound);

  // Visits what is in the bins, from the best down to that of `last_score`.
  Status Drain(int last_score);
  // Computes the bounds of what waits in a bin.
  Status Refine(int score);
  void RefineOne(const Pending& pending);
  Status VisitBin(int score);
  Status CountSteps(size_t steps);

  const std::span<const ChunkView> chunks_;
  const IndexQuery& query_;
  Needed needed_;
  const StopCheck& stop_;
  const CandidateVisitor& visit_;

  const std::vector<StemKey> keys_;
  const StemPattern pattern_;
  const Signature signature_;
  RunLookup run_lookup_;

  std::array<uint32_t, kScores> pending_bins_;
  std::array<uint32_t, kScores> ready_bins_;
  std::vector<Pending> pending_;
  std::vector<Ready> ready_;
  std::vector<PassedSignature> passed_;
  std::vector<Candidate> bin_;
  // What texts must score at least to be of the present collection; and what
  // those score that an earlier one has been through.
  int least_text_score_ = 0;
  int visited_from_ = static_cast<int>(kScores);
  bool finished_ = false;
  size_t steps_ = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_SEARCH_H_
