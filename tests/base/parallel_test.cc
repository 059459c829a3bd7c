#include "service/base/parallel.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

TEST(ParallelFor, CallsEveryPlaceOnce) {
  for (const size_t threads : {1, 2, 7}) {
    std::vector<std::atomic<int>> calls(1000);
    EXPECT_THAT(ParallelFor(calls.size(), threads,
                            [&](size_t i) {
                              ++calls[i];
                              return OkStatus();
                            }),
                IsOk());
    for (const auto& count : calls) EXPECT_EQ(count, 1);
  }
  EXPECT_THAT(ParallelFor(0, 4, [](size_t) { return OkStatus(); }), IsOk());
}

TEST(ParallelFor, StopsAtTheFirstError) {
  std::atomic<size_t> calls = 0;
  const Status status = ParallelFor(100'000, 2, [&](size_t i) {
    ++calls;
    if (i < 10) return OkStatus();
    return MakeError(StatusCode::kInternal, std::to_string(i),
                     {.reason = "INTERNAL"});
  });
  EXPECT_EQ(MessageOf(status), "10");
  EXPECT_LT(calls, 1000);
}

TEST(ParallelFor, RethrowsExceptions) {
  EXPECT_THROW(static_cast<void>(ParallelFor(10, 2,
                                             [](size_t i) -> Status {
                                               if (i == 3)
                                                 throw std::runtime_error("x");
                                               return OkStatus();
                                             })),
               std::runtime_error);
}

}  // namespace
}  // namespace tercet
