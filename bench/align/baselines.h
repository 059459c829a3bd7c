// Textbook sentence aligners to compare with. They share no code with the
// product's.
#ifndef TERCET_BENCH_ALIGN_BASELINES_H_
#define TERCET_BENCH_ALIGN_BASELINES_H_

#include <span>
#include <vector>

#include "bench/align/gold.h"

namespace tercet::bench {

// Gale and Church, "A program for aligning sentences in bilingual corpora"
// (1993): lengths in characters, their six shapes and figures. The proportion
// of the languages is that of the whole texts.
std::vector<BeadRanges> GaleChurch(const DocumentVersion& first,
                                   const DocumentVersion& second);

// After Varga et al., "Parallel corpora for medium density languages" (2005),
// that is hunalign without a dictionary given: a first pass by length and equal
// words; a dictionary of word pairs from the 1-1 beads that it is sure of; a
// second pass by length and the share of words that the dictionary translates.
std::vector<BeadRanges> LengthAndDictionary(const DocumentVersion& first,
                                            const DocumentVersion& second);

// Three versions by their pairs: the beads of the first with the second and of
// the first with the third, where they share a sentence of the first, as one.
std::vector<BeadRanges> ComposePairs(std::span<const BeadRanges> seconds,
                                     std::span<const BeadRanges> thirds);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ALIGN_BASELINES_H_
