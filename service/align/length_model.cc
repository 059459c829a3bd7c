#include "service/align/length_model.h"

#include <algorithm>
#include <cmath>

namespace tercet {
namespace {

// Gale and Church's variance of a character, for translations that are freer
// than theirs.
constexpr double kVariance = 12;
// What even short texts may differ by, in characters.
constexpr double kBaseVariance = 60;
// Degrees of freedom of Student's t: bad lengths are bad, not impossible.
constexpr double kTail = 5;
// The spread of the lengths of unrelated texts, as a logarithm.
constexpr double kUnrelatedSpread = 2.5;

float CharactersOfEnglish(std::string_view language) {
  if (language == "zh") return 3.2F;
  if (language == "es") return 0.92F;
  return 1;
}

}  // namespace

LengthModel::LengthModel(std::string_view first, std::string_view second)
    : first_scale_(CharactersOfEnglish(first)),
      second_scale_(CharactersOfEnglish(second)) {}

void LengthModel::Adapt(std::span<const LengthPair> pairs) {
  // As much text as this is taken to have had the usual proportion.
  double first = 1000;
  double second = 1000;
  for (const LengthPair& pair : pairs) {
    first += pair.first * first_scale_;
    second += pair.second * second_scale_;
  }
  const auto correction = static_cast<float>(std::sqrt(first / second));
  first_scale_ /= correction;
  second_scale_ *= correction;
}

double LengthModel::Score(float first, float second) const {
  const double a = first * first_scale_;
  const double b = second * second_scale_;
  const double mean = (a + b) / 2;
  const double variance = kVariance * mean + kBaseVariance;
  const double distance = (a - b) * (a - b) / variance;
  const double related = -0.5 * std::log(2 * M_PI * variance) -
                         (kTail + 1) / 2 * std::log1p(distance / kTail);
  return related + std::log(kUnrelatedSpread * (mean + 10));
}

}  // namespace tercet
