// docs/scoring.md, read plainly: whole tables, no bounds, no hashes of texts.
#ifndef TERCET_TESTS_SUPPORT_PLAIN_SCORE_H_
#define TERCET_TESTS_SUPPORT_PLAIN_SCORE_H_

#include "service/match/score.h"
#include "service/model/segment.h"
#include "service/text/analysis.h"

namespace tercet {

// The score of two segments in the same language. Their analyses come along
// because making them takes longest.
TextScore PlainScore(const Segment& stored, const Analysis& stored_analysis,
                     const Segment& query, const Analysis& query_analysis);

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_PLAIN_SCORE_H_
