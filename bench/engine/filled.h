// A database full of text, and the same text for engines to be compared with.
#ifndef TERCET_BENCH_ENGINE_FILLED_H_
#define TERCET_BENCH_ENGINE_FILLED_H_

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/bench_database.h"
#include "bench/corpus.h"
#include "bench/engine/odd_units.h"
#include "service/memory/database.h"

namespace tercet::bench {

struct Filled {
  explicit Filled(const std::string& keep) : directory(keep) {}

  TempDirectory directory;
  std::unique_ptr<Database> database;
  std::string origin;
  size_t real_count = 0;
  // All texts of each language, odd ones at the end.
  std::array<std::vector<std::string>, kLanguages.size()> texts;
  // Some of the units, from all parts, to make queries from.
  std::vector<Unit> sample;
  std::vector<OddKind> odd;
  // How fast units were added, each with its three texts, on two threads, with
  // a sync for each batch of a thousand: as it was, and as it would be if the
  // two threads' cores had nothing else to do and never waited. 0 where they
  // were there already.
  double units_per_second = 0;
  double units_per_two_cpu_seconds = 0;
};

// The document of one unit in 10,000.
inline constexpr std::string_view kRareDocument = "rare";
inline constexpr size_t kOneInRare = 10'000;

// Without Chinese, units have English and Spanish texts only. The data lies in
// `keep`, if that is not empty; what an earlier run has put there is used.
std::unique_ptr<Filled> Fill(size_t unit_count, bool chinese,
                             const std::string& keep);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ENGINE_FILLED_H_
