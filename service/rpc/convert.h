// Memories and units: API messages to domain values and back. The API counts
// code points and has timestamps; the domain counts bytes and has microseconds.
#ifndef TERCET_SERVICE_RPC_CONVERT_H_
#define TERCET_SERVICE_RPC_CONVERT_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "google/protobuf/timestamp.pb.h"
#include "service/base/status.h"
#include "service/memory/types.h"
#include "tercet/v1/memory_service.pb.h"
#include "tercet/v1/resources.pb.h"

namespace tercet {

v1::Memory ToApi(const Memory& memory);
v1::Unit ToApi(const UnitEntry& entry);
v1::Variant ToApi(const Variant& variant);
google::protobuf::Timestamp TimestampFromMicros(int64_t micros);
// The largest value there is for a time that no timestamp may be.
int64_t MicrosFromTimestamp(const google::protobuf::Timestamp& time);

// The unit that `unit` describes. Appends everything that is wrong with it, in
// field order, with `path` (e.g. "unit.") before the field names; where
// something is wrong, the result is of no use.
Unit UnitFromApi(const v1::Unit& from, std::string_view path,
                 std::vector<FieldViolation>& violations);

// As above without ValidateUnit, for a unit that is only part of one: appends
// just what has no place in the domain (languages, states).
Unit PartialUnitFromApi(const v1::Unit& from, std::string_view path,
                        std::vector<FieldViolation>& violations);

// The text with its codes; a code whose place is wrong gets one that
// ValidateSegment refuses.
Segment SegmentFromApi(
    std::string_view text,
    const google::protobuf::RepeatedPtrField<v1::InlineCode>& codes);

// Appends to `violations` those of `more`. Of two for one field the one that
// is there already stays, at the place of the later.
void MergeViolations(std::vector<FieldViolation> more,
                     std::vector<FieldViolation>& violations);

// An unknown mode is a violation of `field`.
WriteMode WriteModeFromApi(v1::WriteMode mode, std::string_view field,
                           std::vector<FieldViolation>& violations);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CONVERT_H_
