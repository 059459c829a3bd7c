// Looks up the runs of a query in the postings of chunks.
#ifndef TERCET_SERVICE_INDEX_RUN_LOOKUP_H_
#define TERCET_SERVICE_INDEX_RUN_LOOKUP_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "service/index/chunk.h"
#include "service/index/signature.h"

namespace tercet {

// Of one query. Not thread-safe.
class RunLookup {
 public:
  // `keys` must outlive it.
  explicit RunLookup(std::span<const StemKey> keys) : keys_(keys) {}

  // The segments of `chunk`, dead ones included, that have one of their runs in
  // the query where that many edits allow it, and whose signature is as near:
  // all whose score can be `min_score`, except those of lengths that are not
  // cut. In order of slots, each once. Valid until the next call.
  // REQUIRES: the chunk has runs; min_score >= kRunFloorScore.
  std::span<const PassedSignature> Find(const Chunk& chunk,
                                        const Signature& signature,
                                        int min_score);

  // How many postings the last call looked at.
  size_t steps() const { return steps_; }

 private:
  // A run of the query, and the first and the last place where it stands.
  struct QueryRun {
    uint32_t hash = 0;
    int first = 0;
    int last = 0;
    // Of its bucket; later of the part that can be of use.
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  // The rest of a binary search for the first posting of use.
  struct Narrowing {
    QueryRun* run = nullptr;
    uint32_t end = 0;
  };

  // What the query allows the segments of a bucket.
  struct Allowed {
    uint32_t end_slot = 0;
    uint32_t edits = 0;
    int least_shift = 0;  // From the segment's place to the query's.
    int most_shift = 0;
    int place_shift = 0;
  };

  void HashRuns();
  void AddRun(uint32_t hash, size_t begin);
  // Sets the slots and what is allowed; false when no length is possible.
  bool SetWindow(const Chunk& chunk, int min_score);
  void FetchBuckets(const Postings& postings);
  void NarrowRuns(const Postings& postings);
  void ReadPostings(const Chunk& chunk, const QueryRun& run);

  std::span<const StemKey> keys_;
  std::vector<QueryRun> runs_;
  std::vector<uint32_t> table_;  // Places in runs_ and one more, by hash.

  uint32_t first_slot_ = 0;
  uint32_t end_slot_ = 0;
  std::vector<Allowed> allowed_;

  std::vector<Narrowing> narrowings_;
  std::vector<SignatureCheck> checks_;
  std::vector<PassedSignature> passed_;
  size_t steps_ = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_RUN_LOOKUP_H_
