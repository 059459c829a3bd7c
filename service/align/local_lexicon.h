// Learns translations of words from the document that is being aligned.
#ifndef TERCET_SERVICE_ALIGN_LOCAL_LEXICON_H_
#define TERCET_SERVICE_ALIGN_LOCAL_LEXICON_H_

#include <cstdint>
#include <span>
#include <vector>

#include "service/align/translations.h"
#include "service/align/version_text.h"

namespace tercet {

// Units [first_begin, first_end) and [second_begin, second_end) are taken for
// translations of each other, with a weight from 0 to 1.
struct TrainingBead {
  uint32_t first_begin = 0;
  uint32_t first_end = 0;
  uint32_t second_begin = 0;
  uint32_t second_end = 0;
  float weight = 0;
};

// IBM model 1 (Brown et al. 1993), some rounds of EM from what `known` says.
// Learns nothing from words that stand in one unit only: they would confirm
// whatever bead they happen to be in.
std::vector<WordPair> LearnPairs(const VersionText& first,
                                 const VersionText& second,
                                 std::span<const TrainingBead> beads,
                                 std::span<const WordPair> known);

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_LOCAL_LEXICON_H_
