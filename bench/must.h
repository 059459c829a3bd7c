// Ends a benchmark whose ground has gone: there is nobody to hand errors to.
#ifndef TERCET_BENCH_MUST_H_
#define TERCET_BENCH_MUST_H_

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "service/base/status.h"

namespace tercet::bench {

inline void Must(const Status& status) {
  if (status.ok()) return;
  fmt::print(stderr, "benchmark: {}\n", MessageOf(status));
  std::exit(EXIT_FAILURE);
}

template <typename T>
T Must(StatusOr<T> result) {
  Must(result.status());
  return *std::move(result);
}

}  // namespace tercet::bench

#endif  // TERCET_BENCH_MUST_H_
