// How good are the translations that a measure finds?
#ifndef TERCET_BENCH_QUALITY_JUDGE_H_
#define TERCET_BENCH_QUALITY_JUDGE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/quality/measure.h"
#include "bench/quality/quality_set.h"

namespace tercet::bench {

// What a measure found for one query: how good it is, and how sure of it the
// measure was.
struct Finding {
  double chrf = 0;        // 0 when nothing was found.
  double similarity = 0;  // As the measure has it.
};

// The findings of one measure for all queries of a set in one direction.
struct Findings {
  std::string measure;
  std::string_view source;
  std::string_view target;
  std::vector<Finding> by_query;
};

// All queries by one ranking, for each target of the set. Where several texts
// share the first place, the mean of their translations counts: a tie is
// neither luck nor a fault.
std::vector<Findings> Judge(const QualitySet& set, const Ranking& ranking);

// The mean chrF of all findings.
double MeanChrf(const Findings& findings);

// The mean chrF of the `share` (above 0, at most 1) of the queries that the
// measure is surest of: what a user sees who lets that many matches through.
// Those at the limit that are equally sure count in part.
double MeanOfSurest(const Findings& findings, double share);

// The difference of two means, and where 95 % of bootstrap samples lie.
struct Difference {
  double mean = 0;
  double low = 0;
  double high = 0;
};

// Paired: both measures get the same queries in each sample (Koehn, EMNLP
// 2004). REQUIRES: as many findings in both, at least one.
Difference Compare(std::span<const Finding> ours,
                   std::span<const Finding> theirs, uint64_t seed);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_QUALITY_JUDGE_H_
