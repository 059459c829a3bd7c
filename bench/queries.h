// What translators ask for, made out of what a memory holds: the same for the
// same seed and units.
#ifndef TERCET_BENCH_QUERIES_H_
#define TERCET_BENCH_QUERIES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "service/memory/types.h"
#include "service/model/unit.h"

namespace tercet::bench {

struct QueryPlan {
  std::string_view language;  // One of kLanguages.
  size_t count = 0;
  uint64_t seed = 0;
};

// Queries in the plan's language, with a threshold of 70 and at most 10
// matches. Three in four are the text of one of `units` with 0 to 40 % of its
// words replaced, deleted or followed by another one, any share being equally
// likely; one in four is unrelated: words drawn singly from all the units, as
// many as one of them has. REQUIRES: units have a variant in the language.
std::vector<LookupQuery> MakeQueries(std::span<const Unit> units,
                                     const QueryPlan& plan);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_QUERIES_H_
