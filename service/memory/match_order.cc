#include "service/memory/match_order.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace tercet {

bool IsBetter(const Match& a, const Match& b) {
  // Swapped sides where more is better.
  return std::tie(b.score, b.kind, a.cost, b.entry.update_micros,
                  a.entry.memory_id, a.entry.id) <
         std::tie(a.score, a.kind, b.cost, a.entry.update_micros,
                  b.entry.memory_id, b.entry.id);
}

void BestMatches::Add(Match match) {
  const auto place = std::ranges::upper_bound(matches_, match, IsBetter);
  matches_.insert(place, std::move(match));
  if (matches_.size() > capacity_) matches_.pop_back();
}

int BestMatches::NeededScore(int floor) const {
  // A match with the same score as the last may still come before it.
  return matches_.size() < capacity_ ? floor
                                     : std::max(floor, matches_.back().score);
}

}  // namespace tercet
