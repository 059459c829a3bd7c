#include "service/memory/match_order.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace tercet {

Rank RankOf(const Match& match) {
  return {.score = match.score,
          .kind = match.kind,
          .cost = match.cost,
          .memory_id = match.entry.memory_id,
          .unit = match.entry.number};
}

bool IsBetter(const Rank& a, const Rank& b) {
  // Swapped sides where more is better.
  return std::tie(b.score, b.kind, a.cost, a.memory_id, b.unit) <
         std::tie(a.score, a.kind, b.cost, b.memory_id, a.unit);
}

void BestMatches::Add(EvaluatedMatch match) {
  const auto rank_of = [](const EvaluatedMatch& m) { return RankOf(m.match); };
  const auto place =
      std::ranges::upper_bound(matches_, rank_of(match), IsBetter, rank_of);
  matches_.insert(place, std::move(match));
  if (matches_.size() > capacity_) matches_.pop_back();
}

std::optional<Rank> BestMatches::Last() const {
  if (matches_.size() < capacity_) return std::nullopt;
  return RankOf(matches_.back().match);
}

}  // namespace tercet
