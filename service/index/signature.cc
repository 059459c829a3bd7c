#include "service/index/signature.h"

#include <algorithm>
#include <bit>

namespace tercet {
namespace {

uint32_t PopCount(uint64_t bits) {
  return static_cast<uint32_t>(std::popcount(bits));
}

__attribute__((always_inline)) inline uint32_t LowerBound(const Signature& a,
                                                          const Signature& b) {
  const uint32_t only_a = PopCount(a.low & ~b.low) + PopCount(a.high & ~b.high);
  const uint32_t only_b = PopCount(b.low & ~a.low) + PopCount(b.high & ~a.high);
  return std::max(only_a, only_b);
}

__attribute__((always_inline)) inline void Filter(
    std::span<const Signature> signatures, const Signature& query, uint32_t max,
    std::vector<uint32_t>& passed) {
  for (size_t i = 0; i < signatures.size(); ++i) {
    if (LowerBound(signatures[i], query) <= max) {
      passed.push_back(static_cast<uint32_t>(i));
    }
  }
}

void FilterPlain(std::span<const Signature> signatures, const Signature& query,
                 uint32_t max, std::vector<uint32_t>& passed) {
  Filter(signatures, query, max, passed);
}

#if defined(__x86_64__)
// Without the instruction a count is a call of some twenty instructions, and
// this loop does four for every segment of the right length.
__attribute__((target("popcnt"))) void FilterPopcnt(
    std::span<const Signature> signatures, const Signature& query, uint32_t max,
    std::vector<uint32_t>& passed) {
  Filter(signatures, query, max, passed);
}
#endif

using FilterFunction = decltype(&FilterPlain);

FilterFunction ChooseFilter() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("popcnt") != 0) return FilterPopcnt;
#endif
  return FilterPlain;
}

}  // namespace

Signature MakeSignature(std::span<const uint32_t> keys) {
  Signature signature;
  for (const uint32_t key : keys) {
    // The low bits of a key choose its slot in hash tables; these are others.
    const uint32_t bit = (key >> 20) & 127;
    (bit < 64 ? signature.low : signature.high) |= uint64_t{1} << (bit & 63);
  }
  return signature;
}

uint32_t DistanceLowerBound(const Signature& a, const Signature& b) {
  return LowerBound(a, b);
}

void FilterSignatures(std::span<const Signature> signatures,
                      const Signature& query, uint32_t max,
                      std::vector<uint32_t>& passed) {
  static const FilterFunction filter = ChooseFilter();
  filter(signatures, query, max, passed);
}

}  // namespace tercet
