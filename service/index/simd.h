// Which instructions the loops over columns use: the widest that the processor
// has. All give the same; tests and benchmarks can ask for others.
#ifndef TERCET_SERVICE_INDEX_SIMD_H_
#define TERCET_SERVICE_INDEX_SIMD_H_

#include <cstdint>
#include <vector>

namespace tercet {

enum class Simd : uint8_t {
  kPlain,   // What every processor of the architecture has.
  kAvx2,    // AVX2, BMI and the population count.
  kAvx512,  // AVX-512 F, BW, DQ, VL, VPOPCNTDQ.
};

// What this processor has, the widest last.
std::vector<Simd> AvailableSimd();

// What is in use. Thread-safe.
Simd ActiveSimd();

// For tests and benchmarks. REQUIRES: `simd` is available.
void UseSimd(Simd simd);

}  // namespace tercet

// Before a function: compiles it for the instructions of the level.
#if defined(__x86_64__)
#define TERCET_SIMD_X86 1
#define TERCET_AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#define TERCET_AVX512                                                         \
  __attribute__((                                                             \
      target("avx2,bmi,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512dq,avx512vl," \
             "avx512vpopcntdq")))
#endif

#endif  // TERCET_SERVICE_INDEX_SIMD_H_
