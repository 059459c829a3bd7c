// For builds with TERCET_CHECKED: compares every visit with the plain scan, on
// the fly.
#ifndef TERCET_SERVICE_INDEX_VISIT_CHECKER_H_
#define TERCET_SERVICE_INDEX_VISIT_CHECKER_H_

#include <span>
#include <vector>

#include "service/index/segment_index.h"

namespace tercet {

// Of one visit that ends without an error. Not thread-safe.
class VisitChecker {
 public:
  // All must outlive it.
  VisitChecker(std::span<const ChunkView> chunks, const IndexQuery& query,
               const Needed& needed, const CandidateVisitor& visit);

  // Does as `visit` and remembers it.
  const CandidateVisitor& visitor() const { return remembering_; }

  // Ends the program when the scan would have visited something else.
  void Check() const;

 private:
  struct Visited {
    Candidate candidate;
    Needed needed;
  };

  std::span<const ChunkView> chunks_;
  const IndexQuery& query_;
  Needed needed_;
  CandidateVisitor remembering_;
  std::vector<Visited> visited_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_VISIT_CHECKER_H_
