// Strict precision and recall of alignments: a bead is right when the gold has
// exactly it.
#ifndef TERCET_BENCH_ALIGN_STRICT_SCORE_H_
#define TERCET_BENCH_ALIGN_STRICT_SCORE_H_

#include <cstddef>
#include <span>

#include "bench/align/gold.h"

namespace tercet::bench {

// Counts of one or more documents.
struct BeadCounts {
  size_t found = 0;
  size_t gold = 0;
  size_t right = 0;

  double Precision() const;
  double Recall() const;
  double F1() const;
  BeadCounts& operator+=(const BeadCounts& other);
};

struct StrictScore {
  BeadCounts all;      // Every bead.
  BeadCounts aligned;  // Those with text in more than one version.

  StrictScore& operator+=(const StrictScore& other);
};

StrictScore ScoreBeads(std::span<const BeadRanges> found,
                       std::span<const BeadRanges> gold);

// Whether more than one version has text in the bead.
bool IsAligned(const BeadRanges& bead);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ALIGN_STRICT_SCORE_H_
