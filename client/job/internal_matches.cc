#include "client/job/internal_matches.h"

#include <algorithm>
#include <cstdint>

#include "service/match/score.h"

namespace tercet {

int InternalMatches::BestScore(const Entry& entry, int min_score) const {
  const auto found = languages_.find(entry.language);
  if (found == languages_.end()) return 0;
  const OfLanguage& known = found->second;
  int best = 0;
  const IndexQuery query = {.stems = entry.analysis.stems,
                            .print = PrintOf(entry.analysis)};
  const auto visit = [&](const Candidate& candidate) -> StatusOr<Needed> {
    const auto number = static_cast<size_t>(candidate.ref.unit);
    // Analysed anew: few get here, and analyses take ten times the memory.
    const Analysis analysis = Analyze(known.segments[number], entry.language);
    best = std::max(best, ScoreTexts(analysis, entry.analysis).score);
    return Needed::AtLeast(std::max(best + 1, min_score));
  };
  // Fails only where `visit` or the stop check does: never.
  known.index->Visit(query, Needed::AtLeast(min_score), NeverStop(), visit)
      .IgnoreError();
  return best >= min_score ? best : 0;
}

void InternalMatches::Add(const Entry& entry) {
  OfLanguage& known = languages_[entry.language];
  const auto number = static_cast<uint64_t>(known.segments.size());
  known.segments.push_back(entry.segment);
  known.index =
      known.index->Apply({.added = {{.ref = {.unit = UnitNumber{number}},
                                     .stems = entry.analysis.stems,
                                     .print = PrintOf(entry.analysis)}}});
}

}  // namespace tercet
