#include "service/index/simd.h"

#include <atomic>

namespace tercet {
namespace {

std::atomic<Simd>& Active() {
  static std::atomic<Simd> active = AvailableSimd().back();
  return active;
}

}  // namespace

std::vector<Simd> AvailableSimd() {
  std::vector<Simd> levels = {Simd::kPlain};
#ifdef TERCET_SIMD_X86
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") == 0 ||
      __builtin_cpu_supports("bmi2") == 0 ||
      __builtin_cpu_supports("popcnt") == 0) {
    return levels;
  }
  levels.push_back(Simd::kAvx2);
  if (__builtin_cpu_supports("avx512f") != 0 &&
      __builtin_cpu_supports("avx512bw") != 0 &&
      __builtin_cpu_supports("avx512dq") != 0 &&
      __builtin_cpu_supports("avx512vl") != 0 &&
      __builtin_cpu_supports("avx512vpopcntdq") != 0) {
    levels.push_back(Simd::kAvx512);
  }
#endif
  return levels;
}

Simd ActiveSimd() { return Active().load(std::memory_order_relaxed); }

void UseSimd(Simd simd) { Active().store(simd, std::memory_order_relaxed); }

}  // namespace tercet
