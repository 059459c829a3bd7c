#include "service/http/pace.h"

#include <algorithm>

namespace tercet::http {

void Pace::BeginWait(Way way, Time now) {
  if (!waits()) lag_at_ = now;
  SideOf(way) = {.waits = true, .moved_at = now};
}

void Pace::EndWait(Way way, Time now) {
  lag_ = Lag(now);
  lag_at_ = now;
  SideOf(way).waits = false;
}

void Pace::Move(Way way, size_t bytes, Time now) {
  if (bytes == 0) return;
  const std::chrono::duration<double> due(
      static_cast<double>(bytes) / static_cast<double>(bytes_per_second_));
  const Duration lag = Lag(now);
  lag_ = due >= lag ? Duration(0)
                    : lag - std::chrono::duration_cast<Duration>(due);
  lag_at_ = now;
  SideOf(way).moved_at = now;
}

Pace::Duration Pace::Silence(Time now) const {
  if (!waits()) return Duration(0);
  Duration silence = Duration::max();
  for (const Side& side : {in_, out_}) {
    if (side.waits) silence = std::min(silence, now - side.moved_at);
  }
  return silence;
}

Pace::Duration Pace::Lag(Time now) const {
  return lag_ + (waits() ? now - lag_at_ : Duration(0));
}

}  // namespace tercet::http
