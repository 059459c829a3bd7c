// Segments as messages of the API.
#ifndef TERCET_CLIENT_JOB_SEGMENT_MESSAGE_H_
#define TERCET_CLIENT_JOB_SEGMENT_MESSAGE_H_

#include <string>

#include "service/formats/source_segments.h"
#include "tercet/v1/lookup_service.pb.h"

namespace tercet {

// Where and how segments are looked up.
struct LookupScope {
  std::string parent;  // `memories/press`, `memories/-`
  v1::UnitFilter filter;
  int min_score = 50;
  int max_matches = 1;
};

// The text with its codes, neighbours and key, to be translated into the
// segment's target language if it has one.
v1::LookupSegmentRequest LookupRequest(const SourceSegment& segment,
                                       const LookupScope& scope);

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_SEGMENT_MESSAGE_H_
