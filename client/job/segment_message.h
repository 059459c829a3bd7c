// Segments as messages of the API, and back.
#ifndef TERCET_CLIENT_JOB_SEGMENT_MESSAGE_H_
#define TERCET_CLIENT_JOB_SEGMENT_MESSAGE_H_

#include "service/formats/source_segments.h"
#include "tercet/v1/lookup_service.pb.h"

namespace tercet {

// The text with its codes, neighbours and key.
v1::Query QueryOf(const SourceSegment& segment);

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_SEGMENT_MESSAGE_H_
