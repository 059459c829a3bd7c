#include "bench/engine/rounds.h"

#include <algorithm>

namespace tercet::bench {

double Rounds::MedianOf(double (Latencies::*percentile)(double) const,
                        double share) const {
  std::vector<double> values;
  for (const Latencies& round : rounds_) {
    values.push_back((round.*percentile)(share));
  }
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

}  // namespace tercet::bench
