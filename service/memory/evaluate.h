// From a query and a stored unit to a match: which variant, which targets,
// which penalties. The one place where a score is put together.
#ifndef TERCET_SERVICE_MEMORY_EVALUATE_H_
#define TERCET_SERVICE_MEMORY_EVALUATE_H_

#include <optional>
#include <string>
#include <vector>

#include "service/match/alignment.h"
#include "service/memory/types.h"
#include "service/store/records.h"
#include "service/text/analysis.h"
#include "service/text/language.h"

namespace tercet {

// A query, resolved and analysed once for all units.
struct PreparedQuery {
  const LookupQuery& query;
  Language language;
  std::vector<Language> targets;
  Analysis analysis;
  bool needs_targets = true;  // A unit with none of them is no match.
};

PreparedQuery PrepareQuery(const LookupQuery& query);

// A match with what explains it.
struct EvaluatedMatch {
  Match match;  // Without length, edits, placeables and adapted targets.
  Analysis stored;
  Alignment alignment;
};

// The match that a unit of `memory` makes; nullopt when it has no variant in
// the query's language, none of those it needs to have, or a score below
// `least_score`.
std::optional<EvaluatedMatch> Evaluate(const PreparedQuery& query,
                                       const StoredMemory& memory,
                                       UnitEntry entry, int least_score);

// The match with all that explains it.
Match ExplainMatch(const PreparedQuery& query, EvaluatedMatch evaluated);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_EVALUATE_H_
