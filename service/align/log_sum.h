// Sums of likelihoods that are held as logarithms.
#ifndef TERCET_SERVICE_ALIGN_LOG_SUM_H_
#define TERCET_SERVICE_ALIGN_LOG_SUM_H_

#include <cmath>
#include <limits>
#include <utility>

namespace tercet {

// The logarithm of 0.
inline constexpr double kNever = -std::numeric_limits<double>::infinity();

// log(exp(a) + exp(b)).
inline double LogSum(double a, double b) {
  // e^-40 is less than a double tells apart from 1; most sums in a lattice are
  // such, and exp and log1p were a sixth of the time of aligning.
  constexpr double kNegligible = 40;
  if (a < b) std::swap(a, b);
  if (b == kNever || a - b > kNegligible) return a;
  return a + std::log1p(std::exp(b - a));
}

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_LOG_SUM_H_
