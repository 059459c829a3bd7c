// The bands that a job is billed by.
#ifndef TERCET_CLIENT_JOB_MATCH_BAND_H_
#define TERCET_CLIENT_JOB_MATCH_BAND_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tercet {

// In the order of a report. The internal ones are matches of segments that
// stand before in the files themselves.
enum class MatchBand : uint8_t {
  kTranslated,           // There is a translation in the file.
  kLocked,               // Not to be translated.
  kRepetition,           // Of a segment before in the file.
  kCrossFileRepetition,  // Of a segment of a file before.
  kInContext,
  kExact,
  k95,
  kInternal95,
  k85,
  kInternal85,
  k75,
  kInternal75,
  k50,
  kInternal50,
  kNoMatch,
};
inline constexpr size_t kMatchBandCount = 15;

// All of them, in order.
constexpr std::array<MatchBand, kMatchBandCount> AllMatchBands() {
  std::array<MatchBand, kMatchBandCount> bands{};
  for (size_t i = 0; i < kMatchBandCount; ++i) {
    bands[i] = static_cast<MatchBand>(i);
  }
  return bands;
}

// The name that programs read: `in-context`, `95-99`, `internal-95-99`.
std::string_view MatchBandName(MatchBand band);

// Whether the band holds internal matches.
bool IsInternal(MatchBand band);

// The band of a match of a memory. REQUIRES: 0 <= score <= 100.
MatchBand BandOfMatch(int score, bool in_context);

// The band of an internal match. REQUIRES: 0 <= score < 100.
MatchBand BandOfInternalMatch(int score);

// No match below this counts.
inline constexpr int kLeastBandScore = 50;

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_MATCH_BAND_H_
