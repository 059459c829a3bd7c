// Time as a parameter, so that tests decide what time it is.
#ifndef TERCET_SERVICE_BASE_CLOCK_H_
#define TERCET_SERVICE_BASE_CLOCK_H_

#include <cstdint>

namespace tercet {

// Tells the time. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;

  // Microseconds since 1970-01-01T00:00:00Z.
  virtual int64_t NowMicros() const = 0;
};

// The machine's clock; lives for ever.
const Clock& SystemClock();

}  // namespace tercet

#endif  // TERCET_SERVICE_BASE_CLOCK_H_
