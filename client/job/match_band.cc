#include "client/job/match_band.h"

namespace tercet {
namespace {

constexpr int kExactScore = 100;

constexpr std::array<std::string_view, kMatchBandCount> kNames = {
    "translated", "locked",
    "repetition", "cross-file-repetition",
    "in-context", "100",
    "95-99",      "internal-95-99",
    "85-94",      "internal-85-94",
    "75-84",      "internal-75-84",
    "50-74",      "internal-50-74",
    "no-match"};

}  // namespace

std::string_view MatchBandName(MatchBand band) {
  return kNames[static_cast<size_t>(band)];
}

bool IsInternal(MatchBand band) {
  return band == MatchBand::kInternal95 || band == MatchBand::kInternal85 ||
         band == MatchBand::kInternal75 || band == MatchBand::kInternal50;
}

MatchBand BandOfMatch(int score, bool in_context) {
  if (score >= kExactScore) {
    return in_context ? MatchBand::kInContext : MatchBand::kExact;
  }
  if (score >= 95) return MatchBand::k95;
  if (score >= 85) return MatchBand::k85;
  if (score >= 75) return MatchBand::k75;
  return score >= kLeastBandScore ? MatchBand::k50 : MatchBand::kNoMatch;
}

MatchBand BandOfInternalMatch(int score) {
  if (score >= 95) return MatchBand::kInternal95;
  if (score >= 85) return MatchBand::kInternal85;
  if (score >= 75) return MatchBand::kInternal75;
  return score >= kLeastBandScore ? MatchBand::kInternal50
                                  : MatchBand::kNoMatch;
}

}  // namespace tercet
