// Latencies of several rounds over the same calls. Of each percentile the
// median over the rounds counts: what else the machine did in one of them does
// not show.
#ifndef TERCET_BENCH_ENGINE_ROUNDS_H_
#define TERCET_BENCH_ENGINE_ROUNDS_H_

#include <vector>

#include "bench/latency.h"

namespace tercet::bench {

class Rounds {
 public:
  void Begin() { rounds_.emplace_back(); }

  // REQUIRES: a round has begun.
  template <typename Call>
  void Time(const Call& call) {
    rounds_.back().Time(call);
  }

  // What `share` (0 to 1) of the calls did not exceed, in microseconds: as
  // callers wait, and how long the thread was at work.
  double Wall(double share) const {
    return MedianOf(&Latencies::WallMicros, share);
  }
  double Cpu(double share) const {
    return MedianOf(&Latencies::CpuMicros, share);
  }

 private:
  double MedianOf(double (Latencies::*percentile)(double) const,
                  double share) const;

  std::vector<Latencies> rounds_;
};

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ENGINE_ROUNDS_H_
