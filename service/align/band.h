// The part of the plane of two versions in which their alignment is searched.
#ifndef TERCET_SERVICE_ALIGN_BAND_H_
#define TERCET_SERVICE_ALIGN_BAND_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tercet {

// For each place i between sentences of the first version (0 is before all,
// n behind all) the places [low, high] between those of the second that may
// correspond. Both ascend; row 0 has place 0, and row n the last one; each row
// shares a place with the next one, so that a path leads through.
struct Band {
  std::vector<uint32_t> low;
  std::vector<uint32_t> high;

  uint32_t rows() const { return static_cast<uint32_t>(low.size()); }
  bool Has(uint32_t i, uint32_t j) const {
    return i < low.size() && j >= low[i] && j <= high[i];
  }
  size_t size() const;
};

// Everything.
Band FullBand(uint32_t first_size, uint32_t second_size);

// Widens each row by `margin` places on each side, and as if its neighbours'
// rows up to `margin` away were its own; then mends what breaks the rules.
// `last` is the last place of the second version.
Band Widen(const Band& band, uint32_t margin, uint32_t last);

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_BAND_H_
