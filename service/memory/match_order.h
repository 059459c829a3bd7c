// The total order of matches and the best k of them.
#ifndef TERCET_SERVICE_MEMORY_MATCH_ORDER_H_
#define TERCET_SERVICE_MEMORY_MATCH_ORDER_H_

#include <cstddef>
#include <vector>

#include "service/memory/types.h"

namespace tercet {

// Whether `a` comes before `b`: score, kind, cost, newest, memory id, unit id.
// Two matches of different units are never equal.
bool IsBetter(const Match& a, const Match& b);

// Keeps the best `capacity` matches of those added, best first. REQUIRES: no
// two matches of the same unit are added.
class BestMatches {
 public:
  explicit BestMatches(size_t capacity) : capacity_(capacity) {}

  void Add(Match match);

  // The least score that a further match needs to be kept; `floor` while there
  // is room.
  int NeededScore(int floor) const;

  std::vector<Match> Take() && { return std::move(matches_); }

 private:
  size_t capacity_;
  std::vector<Match> matches_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_MATCH_ORDER_H_
