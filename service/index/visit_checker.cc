#include "service/index/visit_checker.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "service/index/search.h"

namespace tercet {
namespace {

void Require(bool holds, const Candidate& candidate) {
  if (holds) return;
  fmt::print(stderr,
             "the index and the scan differ at unit {}, variant {}, score {}\n",
             static_cast<uint64_t>(candidate.ref.unit), candidate.ref.variant,
             candidate.bound.score);
  std::abort();
}

}  // namespace

VisitChecker::VisitChecker(std::span<const ChunkView> chunks,
                           const IndexQuery& query, const Needed& needed,
                           const CandidateVisitor& visit)
    : chunks_(chunks),
      query_(query),
      needed_(needed),
      remembering_(
          [this, &visit](const Candidate& candidate) -> StatusOr<Needed> {
            ASSIGN_OR_RETURN(const Needed still_needed, visit(candidate));
            visited_.push_back({candidate, still_needed});
            return still_needed;
          }) {}

void VisitChecker::Check() const {
  auto next = visited_.begin();
  const CandidateVisitor compare =
      [&](const Candidate& candidate) -> StatusOr<Needed> {
    Require(next != visited_.end() && next->candidate.ref == candidate.ref &&
                next->candidate.bound == candidate.bound,
            candidate);
    return next++->needed;
  };
  const StopCheck stop = NeverStop();
  const Status status =
      Search(chunks_, query_, needed_, stop, compare).RunPlainly();
  if (next != visited_.end()) Require(false, next->candidate);
}

}  // namespace tercet
