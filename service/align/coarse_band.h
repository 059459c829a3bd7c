// Where an alignment can run, found out between blocks of units first.
#ifndef TERCET_SERVICE_ALIGN_COARSE_BAND_H_
#define TERCET_SERVICE_ALIGN_COARSE_BAND_H_

#include <cstdint>
#include <span>
#include <vector>

#include "service/align/band.h"
#include "service/align/length_model.h"
#include "service/align/translations.h"
#include "service/align/version_text.h"
#include "service/base/status.h"
#include "service/base/stop_check.h"

namespace tercet {

// A version as units, and the first units of its blocks.
struct BlockedUnits {
  std::span<const TextUnit> units;
  std::span<const uint32_t> starts;
};

// The band in which an alignment of the units is to be searched: everything
// where that is little; else what the best alignments of blocks leave open.
// Blocks are the given ones where both versions have several, and then runs of
// several units as long as there are too many.
StatusOr<Band> FindBand(const BlockedUnits& first, const BlockedUnits& second,
                        const Translations& translations,
                        const LengthModel& lengths, const StopCheck& stop);

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_COARSE_BAND_H_
