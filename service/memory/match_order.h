// The total order of matches and the best k of them.
#ifndef TERCET_SERVICE_MEMORY_MATCH_ORDER_H_
#define TERCET_SERVICE_MEMORY_MATCH_ORDER_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "service/memory/evaluate.h"
#include "service/memory/types.h"

namespace tercet {

// Where a match stands among others. All of it is known of a stored segment
// before its record is read, or bounded (ADR 15).
struct Rank {
  int score = 0;
  MatchKind kind = MatchKind::kFuzzy;
  int cost = 0;
  std::string_view memory_id;  // The match's.
  UnitNumber unit{};
};

Rank RankOf(const Match& match);

// Whether `a` comes before `b`: score, kind, cost, memory id, newest created.
// Two units never have the same place.
bool IsBetter(const Rank& a, const Rank& b);

// Keeps the best `capacity` matches of those added, best first. REQUIRES: no
// two matches of the same unit are added.
class BestMatches {
 public:
  explicit BestMatches(size_t capacity) : capacity_(capacity) {}

  void Add(EvaluatedMatch match);

  // The place that a further match must come before; nullopt while there is
  // room. Valid as long as nothing is added.
  std::optional<Rank> Last() const;

  std::vector<EvaluatedMatch> Take() && { return std::move(matches_); }

 private:
  size_t capacity_;
  std::vector<EvaluatedMatch> matches_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_MATCH_ORDER_H_
