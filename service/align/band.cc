#include "service/align/band.h"

#include <algorithm>

namespace tercet {

size_t Band::size() const {
  size_t size = 0;
  for (size_t i = 0; i < low.size(); ++i) size += high[i] - low[i] + 1;
  return size;
}

Band FullBand(uint32_t first_size, uint32_t second_size) {
  return {.low = std::vector<uint32_t>(first_size + 1, 0),
          .high = std::vector<uint32_t>(first_size + 1, second_size)};
}

Band Widen(const Band& band, uint32_t margin, uint32_t last) {
  const uint32_t rows = band.rows();
  Band wide = band;
  for (uint32_t i = 0; i < rows; ++i) {
    // Rows ascend: the lowest neighbour is the first, the highest the last.
    const uint32_t low = band.low[i < margin ? 0 : i - margin];
    const uint32_t high = band.high[std::min(rows - 1, i + margin)];
    wide.low[i] = low < margin ? 0 : low - margin;
    wide.high[i] = std::min(last, high + margin);
  }
  wide.low.front() = 0;
  wide.high.back() = last;
  for (uint32_t i = 1; i < rows; ++i) {
    wide.high[i] = std::max(wide.high[i], wide.high[i - 1]);
  }
  for (uint32_t i = rows - 1; i > 0; --i) {
    wide.low[i - 1] = std::min(wide.low[i - 1], wide.low[i]);
  }
  for (uint32_t i = 1; i < rows; ++i) {
    wide.low[i] = std::min(wide.low[i], wide.high[i - 1]);
  }
  return wide;
}

}  // namespace tercet
