// What the stems of a segment do not show, in a few bytes: enough to say of
// two segments, without their texts, how good a match they can be at most.
//
//   SegmentPrint print = PrintOf(Analyze(segment, "en"));
//   print.context = ContextPrint(unit.origin);
//   MatchBound bound = BoundMatch(print, query_print, distance, length);
//
// docs/scoring.md proves the bounds. Pure functions; thread-safe.
#ifndef TERCET_SERVICE_MATCH_SEGMENT_PRINT_H_
#define TERCET_SERVICE_MATCH_SEGMENT_PRINT_H_

#include <cstdint>

#include "service/match/score.h"
#include "service/model/unit.h"
#include "service/text/analysis.h"

namespace tercet {

// DO NOT CHANGE without a new version of the index files: stored on disk.
struct SegmentPrint {
  // Hashes of what may differ where no stem does: kSortFields in
  // segment_print.cc.
  uint32_t sorts = 0;
  // Hashes of the placeables, every fourth of them in one.
  uint16_t placeables = 0;
  // Hashes of the key and of the neighbours; a zero byte is an empty one.
  uint16_t context = 0;
  // Points that any match of the segment loses for certain, whatever the query.
  uint8_t penalty = 0;

  friend bool operator==(const SegmentPrint&, const SegmentPrint&) = default;
};

// The prints of a segment's text; context and penalty are zero.
SegmentPrint PrintOf(const Analysis& analysis);

// The print of where a segment stands: key, previous, next.
uint16_t ContextPrint(const Origin& origin);

// The best that a match can be: its score and kind at most, its cost at least.
struct MatchBound {
  int score = 0;  // Certain penalties are taken off; other ones are not.
  MatchKind kind = MatchKind::kFuzzy;
  int cost = 0;  // In hundredths of a word.

  friend bool operator==(const MatchBound&, const MatchBound&) = default;
};

// The best match that two segments can be whose stems are `distance` or more
// edits apart, the longer one having `length`. Any two segments that are in
// context have equal and not empty keys, or equal neighbours, not all empty.
// REQUIRES: 0 <= distance <= length.
MatchBound BoundMatch(const SegmentPrint& stored, const SegmentPrint& query,
                      uint32_t distance, uint32_t length);

}  // namespace tercet

#endif  // TERCET_SERVICE_MATCH_SEGMENT_PRINT_H_
