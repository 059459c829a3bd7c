// Units of the API as the formats' writers want them.
#ifndef TERCET_CLIENT_JOB_UNIT_MESSAGE_H_
#define TERCET_CLIENT_JOB_UNIT_MESSAGE_H_

#include <string>

#include "service/base/status.h"
#include "service/model/unit.h"
#include "tercet/v1/resources.pb.h"

namespace tercet {

// The unit, but for what the server alone knows of it (name, times, etag).
// Fails with kInternal on what no server sends: a language that is none, an
// inline code outside of its text.
StatusOr<Unit> UnitOf(const v1::Unit& message);

// As above, of one variant; of a text with its codes.
StatusOr<Variant> VariantOf(const v1::Variant& message);
StatusOr<Segment> SegmentOf(
    const std::string& text,
    const google::protobuf::RepeatedPtrField<v1::InlineCode>& codes);

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_UNIT_MESSAGE_H_
