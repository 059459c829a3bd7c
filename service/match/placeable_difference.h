// Which numbers, dates and the like differ between a stored text and a query:
// what a translator has to carry over.
#ifndef TERCET_SERVICE_MATCH_PLACEABLE_DIFFERENCE_H_
#define TERCET_SERVICE_MATCH_PLACEABLE_DIFFERENCE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "service/match/alignment.h"
#include "service/model/segment.h"
#include "service/text/analysis.h"
#include "service/text/placeables.h"

namespace tercet {

// A segment with its analysis; both outlive it.
struct AnalysedSegment {
  const Segment& segment;
  const Analysis& analysis;
};

// A placeable that is in one text only, or stands where the other has one of
// another value. Spans are bytes of the texts; the side that has none has an
// empty value, and as its span what stands in its place, if anything.
struct PlaceableDifference {
  PlaceableClass placeable_class = PlaceableClass::kNumber;  // The query's, if
                                                             // it has one.
  size_t stored_begin = 0;
  size_t stored_end = 0;
  size_t query_begin = 0;
  size_t query_end = 0;
  std::string stored_value;  // As Placeable::value.
  std::string query_value;
  // Both sides have one, of the same class (PlaceableShape).
  bool carries_over = false;

  friend bool operator==(const PlaceableDifference&,
                         const PlaceableDifference&) = default;
};

// In text order. `alignment` is that of their comparison (match/score.h). Both
// texts are of `language`, the one that their analyses are of.
std::vector<PlaceableDifference> DiffPlaceables(const AnalysedSegment& stored,
                                                const AnalysedSegment& query,
                                                const Alignment& alignment,
                                                std::string_view language);

}  // namespace tercet

#endif  // TERCET_SERVICE_MATCH_PLACEABLE_DIFFERENCE_H_
