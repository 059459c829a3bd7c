// The yardstick's inner loop: which of many bags of words may be within so many
// edits of a query's? (Each word sets one of 128 bits; the edit distance is at
// least the larger of the two counts of bits that only one side has.)
#ifndef TERCET_BENCH_ENGINE_SIGNATURE_SCAN_H_
#define TERCET_BENCH_ENGINE_SIGNATURE_SCAN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace tercet::bench {

struct BagSignature {
  uint64_t low = 0;
  uint64_t high = 0;
};

BagSignature SignatureOf(std::span<const uint32_t> words);

// Signatures, their halves apart, as the processor likes them.
struct SignatureColumns {
  std::vector<uint64_t> low;
  std::vector<uint64_t> high;

  size_t size() const { return low.size(); }
  void Add(const BagSignature& signature) {
    low.push_back(signature.low);
    high.push_back(signature.high);
  }
};

// What passed: its place, and how many edits it is away at least.
struct Passed {
  uint32_t place = 0;
  uint32_t edits = 0;

  friend bool operator==(const Passed&, const Passed&) = default;
};

struct ScanRange {
  size_t begin = 0;
  size_t end = 0;
  uint32_t max_edits = 0;
};

// Appends what may be within range.max_edits, in order.
using ScanFunction = void (*)(const SignatureColumns& columns,
                              const BagSignature& query, const ScanRange& range,
                              std::vector<Passed>& passed);

// One way to scan; all give the same.
struct ScanWay {
  std::string_view name;  // "AVX-512", "AVX2", "plain"
  ScanFunction scan = nullptr;
};

// Those that this processor can, the fastest first.
std::vector<ScanWay> ScanWays();

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ENGINE_SIGNATURE_SCAN_H_
