#include "bench/latency.h"

#include <time.h>

#include <algorithm>
#include <cstddef>
#include <string>

namespace tercet::bench {
namespace {

double Micros(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e6 +
         static_cast<double>(now.tv_nsec) * 1e-3;
}

// What `share` (0 to 1) of the values do not exceed.
double Percentile(std::vector<double> values, double share) {
  const auto rank =
      values.begin() +
      static_cast<ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, rank);
  return *rank;
}

}  // namespace

double Latencies::WallClock() { return Micros(CLOCK_MONOTONIC); }

double Latencies::ThreadClock() { return Micros(CLOCK_THREAD_CPUTIME_ID); }

double Latencies::WallMicros(double share) const {
  return Percentile(wall_, share);
}

double Latencies::CpuMicros(double share) const {
  return Percentile(cpu_, share);
}

void Latencies::ReportWall(std::string_view prefix,
                           benchmark::State& state) const {
  const std::string name(prefix);
  state.counters[name + "p50_us"] = Percentile(wall_, 0.5);
  state.counters[name + "p99_us"] = Percentile(wall_, 0.99);
}

void Latencies::Report(std::string_view prefix, benchmark::State& state) const {
  ReportWall(prefix, state);
  const std::string name(prefix);
  state.counters[name + "cpu_p50_us"] = Percentile(cpu_, 0.5);
  state.counters[name + "cpu_p99_us"] = Percentile(cpu_, 0.99);
  state.counters[name + "cpu_max_us"] = Percentile(cpu_, 1.0);
}

}  // namespace tercet::bench
