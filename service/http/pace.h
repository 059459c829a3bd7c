// How a client keeps up while it is waited for: with what it sends, and with
// taking what it is sent. Time in which nobody waits for it is not its own.
//
//   Pace pace(/*bytes_per_second=*/1024);
//   pace.BeginWait(Pace::kIn, now);
//   ...                               // A second later: Lag is a second.
//   pace.Move(Pace::kIn, 512, now);   // Now it is half a second.
//   pace.EndWait(Pace::kIn, now);
#ifndef TERCET_SERVICE_HTTP_PACE_H_
#define TERCET_SERVICE_HTTP_PACE_H_

#include <chrono>
#include <cstddef>

namespace tercet::http {

// Not thread-safe.
class Pace {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::steady_clock::duration;

  // REQUIRES: bytes_per_second > 0.
  explicit Pace(size_t bytes_per_second)
      : bytes_per_second_(bytes_per_second) {}

  enum Way { kIn, kOut };  // What the client sends, what it takes.

  // REQUIRES: the client is not waited for that way.
  void BeginWait(Way way, Time now);
  // REQUIRES: the client is waited for that way.
  void EndWait(Way way, Time now);
  // So many bytes have come or gone.
  void Move(Way way, size_t bytes, Time now);

  bool waits() const { return in_.waits || out_.waits; }
  // For how long nothing has moved any way that the client is waited for.
  // What moves the other way is no sign of life: progress that is reported to a
  // client that sends nothing goes into the buffers of the system.
  Duration Silence(Time now) const;
  // How far the client is behind so many bytes per second, both ways taken
  // together. It cannot work ahead.
  Duration Lag(Time now) const;

 private:
  struct Side {
    bool waits = false;
    Time moved_at;  // Or when the waiting began.
  };

  Side& SideOf(Way way) { return way == kIn ? in_ : out_; }

  const size_t bytes_per_second_;
  Side in_;
  Side out_;
  Time lag_at_;  // When `lag_` was so much.
  Duration lag_{0};
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_PACE_H_
