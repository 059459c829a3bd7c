#include "service/index/signature.h"

#include <algorithm>
#include <bit>

#include "service/index/simd.h"

#ifdef TERCET_SIMD_X86
#include <immintrin.h>
#ifndef __clang__
// False alarms of g++ 12 about its own header (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#endif

namespace tercet {
namespace {

#define TERCET_INLINE __attribute__((always_inline)) inline

TERCET_INLINE uint32_t PopCount(uint64_t bits) {
  return static_cast<uint32_t>(__builtin_popcountll(bits));
}

TERCET_INLINE uint32_t LowerBound(const Signature& a, const Signature& b) {
  const uint32_t only_a = PopCount(a.low & ~b.low) + PopCount(a.high & ~b.high);
  const uint32_t only_b = PopCount(b.low & ~a.low) + PopCount(b.high & ~a.high);
  return std::max(only_a, only_b);
}

// The same loop for every level: what the compiler may use for it differs.
TERCET_INLINE void FilterLoop(std::span<const Signature> signatures,
                              size_t first, const Signature& query,
                              uint32_t max,
                              std::vector<PassedSignature>& passed) {
  for (size_t i = first; i < signatures.size(); ++i) {
    const uint32_t bound = LowerBound(signatures[i], query);
    if (bound <= max) passed.push_back({static_cast<uint32_t>(i), bound});
  }
}

TERCET_INLINE void CheckLoop(std::span<const Signature> signatures,
                             const Signature& query,
                             std::span<const SignatureCheck> checks,
                             std::vector<PassedSignature>& passed) {
  for (const SignatureCheck& check : checks) {
    const uint32_t bound = LowerBound(signatures[check.index], query);
    if (bound <= check.max) passed.push_back({check.index, bound});
  }
}

TERCET_INLINE void SupersetLoop(std::span<const Signature> signatures,
                                size_t first, const Signature& bits,
                                std::vector<uint32_t>& found) {
  for (size_t i = first; i < signatures.size(); ++i) {
    if ((bits.low & ~signatures[i].low) == 0 &&
        (bits.high & ~signatures[i].high) == 0) {
      found.push_back(static_cast<uint32_t>(i));
    }
  }
}

#ifdef TERCET_SIMD_X86

TERCET_AVX2 void FilterAvx2(std::span<const Signature> signatures,
                            const Signature& query, uint32_t max,
                            std::vector<PassedSignature>& passed) {
  FilterLoop(signatures, 0, query, max, passed);
}

TERCET_AVX2 void CheckAvx2(std::span<const Signature> signatures,
                           const Signature& query,
                           std::span<const SignatureCheck> checks,
                           std::vector<PassedSignature>& passed) {
  CheckLoop(signatures, query, checks, passed);
}

TERCET_AVX2 void SupersetAvx2(std::span<const Signature> signatures,
                              const Signature& bits,
                              std::vector<uint32_t>& found) {
  const __m256i wanted = _mm256_broadcastsi128_si256(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(&bits)));
  size_t i = 0;
  for (; i + 2 <= signatures.size(); i += 2) {
    const __m256i two =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(&signatures[i]));
    const auto equal = static_cast<uint32_t>(_mm256_movemask_epi8(
        _mm256_cmpeq_epi64(_mm256_and_si256(two, wanted), wanted)));
    if ((equal & 0xFFFFU) == 0xFFFFU) {
      found.push_back(static_cast<uint32_t>(i));
    }
    if (equal >> 16 == 0xFFFFU) found.push_back(static_cast<uint32_t>(i + 1));
  }
  SupersetLoop(signatures, i, bits, found);
}

// |a \ b| = |a| - |a and b|, so that two counts do for both differences.
TERCET_AVX512 void FilterAvx512(std::span<const Signature> signatures,
                                const Signature& query, uint32_t max,
                                std::vector<PassedSignature>& passed) {
  const __m512i wanted = _mm512_broadcast_i32x4(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(&query)));
  const __m512i limit = _mm512_set1_epi64(static_cast<int64_t>(max));
  size_t i = 0;
  for (; i + 4 <= signatures.size(); i += 4) {
    const __m512i four = _mm512_loadu_si512(&signatures[i]);
    __m512i only_stored =
        _mm512_popcnt_epi64(_mm512_andnot_si512(wanted, four));
    __m512i only_query = _mm512_popcnt_epi64(_mm512_andnot_si512(four, wanted));
    // The two halves of a signature are neighbours.
    only_stored = _mm512_add_epi64(
        only_stored, _mm512_shuffle_epi32(only_stored, _MM_PERM_BADC));
    only_query = _mm512_add_epi64(
        only_query, _mm512_shuffle_epi32(only_query, _MM_PERM_BADC));
    const __m512i bounds = _mm512_max_epu64(only_stored, only_query);
    uint32_t within = _mm512_cmple_epu64_mask(bounds, limit) & 0x55U;
    while (within != 0) {
      const size_t place =
          i + static_cast<size_t>(std::countr_zero(within)) / 2;
      passed.push_back(
          {static_cast<uint32_t>(place), LowerBound(signatures[place], query)});
      within &= within - 1;
    }
  }
  FilterLoop(signatures, i, query, max, passed);
}

TERCET_AVX512 void SupersetAvx512(std::span<const Signature> signatures,
                                  const Signature& bits,
                                  std::vector<uint32_t>& found) {
  const __m512i wanted = _mm512_broadcast_i32x4(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(&bits)));
  size_t i = 0;
  for (; i + 4 <= signatures.size(); i += 4) {
    const __m512i four = _mm512_loadu_si512(&signatures[i]);
    const uint32_t halves =
        _mm512_cmpeq_epi64_mask(_mm512_and_si512(four, wanted), wanted);
    uint32_t both = halves & (halves >> 1) & 0x55U;
    while (both != 0) {
      const size_t place = i + static_cast<size_t>(std::countr_zero(both)) / 2;
      found.push_back(static_cast<uint32_t>(place));
      both &= both - 1;
    }
  }
  SupersetLoop(signatures, i, bits, found);
}

#endif  // TERCET_SIMD_X86

}  // namespace

Signature MakeSignature(std::span<const StemKey> keys) {
  Signature signature;
  for (const StemKey key : keys) {
    const unsigned bit = (key * 0x9E37U >> 9) & 127U;
    (bit < 64 ? signature.low : signature.high) |= uint64_t{1} << (bit & 63U);
  }
  return signature;
}

uint32_t DistanceLowerBound(const Signature& a, const Signature& b) {
  return LowerBound(a, b);
}

void FilterSignatures(std::span<const Signature> signatures,
                      const Signature& query, uint32_t max,
                      std::vector<PassedSignature>& passed) {
#ifdef TERCET_SIMD_X86
  switch (ActiveSimd()) {
    case Simd::kAvx512:
      return FilterAvx512(signatures, query, max, passed);
    case Simd::kAvx2:
      return FilterAvx2(signatures, query, max, passed);
    case Simd::kPlain:
      break;
  }
#endif
  FilterLoop(signatures, 0, query, max, passed);
}

void CheckSignatures(std::span<const Signature> signatures,
                     const Signature& query,
                     std::span<const SignatureCheck> checks,
                     std::vector<PassedSignature>& passed) {
#ifdef TERCET_SIMD_X86
  if (ActiveSimd() != Simd::kPlain) {
    return CheckAvx2(signatures, query, checks, passed);
  }
#endif
  CheckLoop(signatures, query, checks, passed);
}

void FindSupersets(std::span<const Signature> signatures, const Signature& bits,
                   std::vector<uint32_t>& found) {
#ifdef TERCET_SIMD_X86
  switch (ActiveSimd()) {
    case Simd::kAvx512:
      return SupersetAvx512(signatures, bits, found);
    case Simd::kAvx2:
      return SupersetAvx2(signatures, bits, found);
    case Simd::kPlain:
      break;
  }
#endif
  SupersetLoop(signatures, 0, bits, found);
}

}  // namespace tercet
