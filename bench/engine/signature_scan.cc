#include "bench/engine/signature_scan.h"

#include <algorithm>
#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace tercet::bench {
namespace {

uint32_t OnlyIn(const BagSignature& a, uint64_t low, uint64_t high) {
  return static_cast<uint32_t>(std::popcount(a.low & ~low) +
                               std::popcount(a.high & ~high));
}

void ScanPlain(const SignatureColumns& columns, const BagSignature& query,
               const ScanRange& range, std::vector<Passed>& passed) {
  for (size_t i = range.begin; i < range.end; ++i) {
    const BagSignature stored{columns.low[i], columns.high[i]};
    const uint32_t edits = std::max(OnlyIn(query, stored.low, stored.high),
                                    OnlyIn(stored, query.low, query.high));
    if (edits <= range.max_edits) {
      passed.push_back({static_cast<uint32_t>(i), edits});
    }
  }
}

#if defined(__x86_64__)

// Appends those of `count` places from `first` whose bit is set in `mask`.
void Append(uint32_t mask, const uint64_t* edits, size_t first,
            std::vector<Passed>& passed) {
  while (mask != 0) {
    const auto lane = static_cast<uint32_t>(std::countr_zero(mask));
    mask &= mask - 1;
    passed.push_back({static_cast<uint32_t>(first + lane),
                      static_cast<uint32_t>(edits[lane])});
  }
}

__attribute__((target("avx512f,avx512vpopcntdq"))) void ScanAvx512(
    const SignatureColumns& columns, const BagSignature& query,
    const ScanRange& range, std::vector<Passed>& passed) {
  const __m512i query_low = _mm512_set1_epi64(static_cast<int64_t>(query.low));
  const __m512i query_high =
      _mm512_set1_epi64(static_cast<int64_t>(query.high));
  const __m512i most = _mm512_set1_epi64(range.max_edits);
  size_t i = range.begin;
  for (; i + 8 <= range.end; i += 8) {
    const __m512i low = _mm512_loadu_si512(&columns.low[i]);
    const __m512i high = _mm512_loadu_si512(&columns.high[i]);
    const __m512i only_query = _mm512_add_epi64(
        _mm512_popcnt_epi64(_mm512_andnot_si512(low, query_low)),
        _mm512_popcnt_epi64(_mm512_andnot_si512(high, query_high)));
    const __m512i only_stored = _mm512_add_epi64(
        _mm512_popcnt_epi64(_mm512_andnot_si512(query_low, low)),
        _mm512_popcnt_epi64(_mm512_andnot_si512(query_high, high)));
    const __m512i edits = _mm512_max_epu64(only_query, only_stored);
    const __mmask8 mask = _mm512_cmple_epu64_mask(edits, most);
    if (mask == 0) continue;
    alignas(64) uint64_t counts[8];
    _mm512_store_si512(counts, edits);
    Append(mask, counts, i, passed);
  }
  ScanPlain(columns, query, {i, range.end, range.max_edits}, passed);
}

// Bits of each 64-bit lane, by the table of 16 (Mula 2008).
__attribute__((target("avx2"))) inline __m256i PopCountAvx2(__m256i bits) {
  const __m256i table =
      _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1,
                       2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i four = _mm256_set1_epi8(15);
  const __m256i counts = _mm256_add_epi8(
      _mm256_shuffle_epi8(table, _mm256_and_si256(bits, four)),
      _mm256_shuffle_epi8(table,
                          _mm256_and_si256(_mm256_srli_epi16(bits, 4), four)));
  return _mm256_sad_epu8(counts, _mm256_setzero_si256());
}

__attribute__((target("avx2"))) void ScanAvx2(const SignatureColumns& columns,
                                              const BagSignature& query,
                                              const ScanRange& range,
                                              std::vector<Passed>& passed) {
  const __m256i query_low = _mm256_set1_epi64x(static_cast<int64_t>(query.low));
  const __m256i query_high =
      _mm256_set1_epi64x(static_cast<int64_t>(query.high));
  const __m256i most = _mm256_set1_epi64x(range.max_edits);
  size_t i = range.begin;
  for (; i + 4 <= range.end; i += 4) {
    const __m256i low =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(&columns.low[i]));
    const __m256i high =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(&columns.high[i]));
    const __m256i only_query =
        _mm256_add_epi64(PopCountAvx2(_mm256_andnot_si256(low, query_low)),
                         PopCountAvx2(_mm256_andnot_si256(high, query_high)));
    const __m256i only_stored =
        _mm256_add_epi64(PopCountAvx2(_mm256_andnot_si256(query_low, low)),
                         PopCountAvx2(_mm256_andnot_si256(query_high, high)));
    // Counts are small: comparing 32 bits at a time is as good.
    const __m256i edits = _mm256_max_epu32(only_query, only_stored);
    const __m256i above = _mm256_cmpgt_epi64(edits, most);
    const auto mask = static_cast<uint32_t>(
        ~_mm256_movemask_pd(_mm256_castsi256_pd(above)) & 15);
    if (mask == 0) continue;
    alignas(32) uint64_t counts[4];
    _mm256_store_si256(reinterpret_cast<__m256i*>(counts), edits);
    Append(mask, counts, i, passed);
  }
  ScanPlain(columns, query, {i, range.end, range.max_edits}, passed);
}

#endif

}  // namespace

BagSignature SignatureOf(std::span<const uint32_t> words) {
  BagSignature signature;
  for (const uint32_t word : words) {
    const uint32_t bit = (word * 0x9E3779B1U) >> 25;
    (bit < 64 ? signature.low : signature.high) |= uint64_t{1} << (bit & 63);
  }
  return signature;
}

std::vector<ScanWay> ScanWays() {
  std::vector<ScanWay> ways;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") != 0 &&
      __builtin_cpu_supports("avx512vpopcntdq") != 0) {
    ways.push_back({"AVX-512", ScanAvx512});
  }
  if (__builtin_cpu_supports("avx2") != 0) ways.push_back({"AVX2", ScanAvx2});
#endif
  ways.push_back({"plain", ScanPlain});
  return ways;
}

}  // namespace tercet::bench
