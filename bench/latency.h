// How long single calls take: benchmarks report means, users feel percentiles.
//
//   Latencies latencies;
//   for (auto _ : state) latencies.Time([&] { Call(); });
//   latencies.Report("", state);
#ifndef TERCET_BENCH_LATENCY_H_
#define TERCET_BENCH_LATENCY_H_

#include <benchmark/benchmark.h>

#include <string_view>
#include <vector>

namespace tercet::bench {

// Keeps two times of each call: how long it took, and how long the calling
// thread was at work in it. On a machine that does other things as well, the
// slowest in a hundred tell of those by the former, of the code by the latter.
class Latencies {
 public:
  template <typename Call>
  void Time(const Call& call) {
    const double start = WallClock();
    const double cpu_start = ThreadClock();
    call();
    cpu_.push_back(ThreadClock() - cpu_start);
    wall_.push_back(WallClock() - start);
  }

  // The time that half of the calls did not exceed. REQUIRES: some were timed.
  double MedianMicros() const { return WallMicros(0.5); }
  // What `share` (0 to 1) of the calls did not exceed. REQUIRES: some were
  // timed.
  double WallMicros(double share) const;
  double CpuMicros(double share) const;

  // Adds counters: `prefix` and p50_us, p99_us.
  void ReportWall(std::string_view prefix, benchmark::State& state) const;
  // And cpu_p50_us, cpu_p99_us, cpu_max_us.
  void Report(std::string_view prefix, benchmark::State& state) const;

 private:
  static double WallClock();
  static double ThreadClock();

  std::vector<double> wall_;
  std::vector<double> cpu_;
};

}  // namespace tercet::bench

#endif  // TERCET_BENCH_LATENCY_H_
