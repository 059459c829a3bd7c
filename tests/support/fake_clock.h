// A clock that a test sets.
#ifndef TERCET_TESTS_SUPPORT_FAKE_CLOCK_H_
#define TERCET_TESTS_SUPPORT_FAKE_CLOCK_H_

#include <atomic>
#include <cstdint>

#include "service/base/clock.h"

namespace tercet {

// Stands still until it is moved. Thread-safe.
class FakeClock : public Clock {
 public:
  explicit FakeClock(int64_t now_micros) : now_micros_(now_micros) {}

  int64_t NowMicros() const override { return now_micros_; }
  void Advance(int64_t micros) { now_micros_ += micros; }

 private:
  std::atomic<int64_t> now_micros_;
};

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_FAKE_CLOCK_H_
