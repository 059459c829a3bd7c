// Segments as the index knows them.
#ifndef TERCET_SERVICE_INDEX_SEGMENT_H_
#define TERCET_SERVICE_INDEX_SEGMENT_H_

#include <compare>
#include <cstdint>
#include <vector>

#include "service/match/segment_print.h"
#include "service/store/keys.h"

namespace tercet {

// A segment of a memory.
struct SegmentRef {
  UnitNumber unit{};     // Below 2^40.
  uint32_t variant = 0;  // Its place in the unit; below kMaxVariants.

  // clang-tidy 14 takes the zero that <=> is compared with for a pointer.
  // NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(const SegmentRef&, const SegmentRef&) = default;
};

// A segment on its way into the index.
struct IndexedSegment {
  SegmentRef ref;
  std::vector<uint32_t> stems;  // Analysis::stems.
  SegmentPrint print;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_SEGMENT_H_
