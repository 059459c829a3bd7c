// What measures are judged by: queries, a memory to find something like them
// in, and the translations that the queries really have.
#ifndef TERCET_BENCH_QUALITY_QUALITY_SET_H_
#define TERCET_BENCH_QUALITY_QUALITY_SET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/real_text.h"

namespace tercet::bench {

struct QualitySet {
  std::string name;
  std::string_view source;                // One of kLanguages.
  std::vector<std::string_view> targets;  // Likewise.
  // Sentences have a text in the source and in all targets.
  std::vector<Sentence> memory;
  std::vector<Sentence> queries;
  // Whether what equals a query is taken out of the memory first.
  bool leave_out_equal = false;
};

// Which half of the queries: costs are tuned on one and judged by the other.
enum class Half : uint8_t { kBoth, kFirst, kSecond };

struct QualityPlan {
  size_t query_count = 500;  // Of each set, at most; drawn by the seed.
  uint64_t seed = 0;
  Half half = Half::kBoth;
};

// "edits": sentences of Python's documentation that somebody changed, as
// queries, and all the old ones as memory; "edits back": the other way round.
// "edits, large memory": with the manuals besides.
// "manuals", "news": sentences that have no counterpart, each looked for among
// all others. REQUIRES: HasSharedData().
std::vector<QualitySet> MakeQualitySets(const QualityPlan& plan);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_QUALITY_QUALITY_SET_H_
