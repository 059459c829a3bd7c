// Texts that are unlike sentences, which an index must take in its stride.
#ifndef TERCET_BENCH_ENGINE_ODD_UNITS_H_
#define TERCET_BENCH_ENGINE_ODD_UNITS_H_

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/real_text.h"
#include "service/memory/types.h"

namespace tercet::bench {

struct OddKind {
  std::string_view name;
  std::vector<Sentence> stored;
  std::vector<Sentence> queries;
};

// One word; one character; marks only; numbers only; 64 KiB; a thousand times
// the same; hot words ("of the", 的); one word over and over. `like` gives the
// words: some hundred ordinary sentences. The same for the same ones.
std::vector<OddKind> MakeOddKinds(std::span<const Sentence> like);

// Units of all kinds, each with an id of its own.
std::vector<NewUnit> MakeOddUnits(std::span<const OddKind> kinds);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ENGINE_ODD_UNITS_H_
