#include "service/base/clock.h"

#include <chrono>

#include "gtest/gtest.h"

namespace tercet {
namespace {

TEST(Clock, SystemClockCountsMicrosecondsSince1970) {
  using std::chrono::system_clock;
  const auto before = system_clock::now();
  const system_clock::time_point told{
      std::chrono::microseconds(SystemClock().NowMicros())};
  const auto after = system_clock::now();
  EXPECT_GE(told, std::chrono::floor<std::chrono::microseconds>(before));
  EXPECT_LE(told, after);
}

}  // namespace
}  // namespace tercet
