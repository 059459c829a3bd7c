// Number transfer: a stored translation with the query's numbers and dates put
// in, written the target language's way.
//
//   stored:  Exports hit 111.461 billion yuan.   出口额达1114.61亿元。
//   query:   Exports hit 120 billion yuan.    => 出口额达1200亿元。
#ifndef TERCET_SERVICE_MATCH_TRANSFER_H_
#define TERCET_SERVICE_MATCH_TRANSFER_H_

#include <optional>
#include <string_view>
#include <vector>

#include "service/match/placeable_difference.h"
#include "service/model/segment.h"

namespace tercet {

// A stored source, what was asked in its place, both of `source_language`, and
// the translation of the stored one. Languages are base languages.
struct TransferQuestion {
  const Segment& stored;
  const Segment& query;
  std::string_view source_language;
  const Segment& target;
  std::string_view target_language;
};

// The target with every difference carried over; its inline codes stay with
// their words. nullopt in any doubt: when there is nothing to carry over or
// something that cannot be, when a stored value is not just once in source and
// target, when the writing is unknown, when words around it may have to change
// (1 day, 5 days; an 8, a 7), or when what was written does not read as it
// should.
// REQUIRES: no word differs between the sources (MatchKind::kNearExact), and
// `differences` are what DiffPlaceables finds in them.
std::optional<Segment> TransferPlaceables(
    const TransferQuestion& question,
    const std::vector<PlaceableDifference>& differences);

}  // namespace tercet

#endif  // TERCET_SERVICE_MATCH_TRANSFER_H_
