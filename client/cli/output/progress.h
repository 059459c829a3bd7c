// How far long work has come, on standard error: a bar that is drawn over on a
// terminal, a line now and then elsewhere.
#ifndef TERCET_CLIENT_CLI_OUTPUT_PROGRESS_H_
#define TERCET_CLIENT_CLI_OUTPUT_PROGRESS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "service/base/clock.h"

namespace tercet::cli {

// One look at the work.
struct ProgressState {
  int64_t bytes = 0;
  int64_t total_bytes = 0;  // 0 when not known: no bar, percentage nor ETA.
  int64_t units = 0;
  int64_t durable_units = -1;  // Of these; negative: does not apply.
  int64_t elapsed_ms = 0;
};

// One line without its end, at most `width` columns where that is 40 or more:
//   a.tmx   45%  [===>     ]  12 MiB  20,150 units  20,000 safe  9,800/s  ETA
//   0:03
std::string FormatProgress(std::string_view label, const ProgressState& state,
                           int width);

// Where progress goes.
enum class ProgressMode : uint8_t {
  kNone,
  kBar,    // Drawn over itself, at most ten times a second.
  kLines,  // A line every five seconds.
};

// Not thread-safe.
class ProgressMeter {
 public:
  struct Options {
    ProgressMode mode = ProgressMode::kNone;
    std::string label;
    int width = 80;
    const Clock* clock = &SystemClock();        // Must outlive the meter.
    std::function<void(std::string_view)> put;  // Writes to the terminal.
  };

  // The clock starts here.
  explicit ProgressMeter(Options options);

  // Shows `state`, whose `elapsed_ms` the meter fills in, if it is time to.
  void Update(ProgressState state);

  // Takes the bar away so that something else can be written; the next Update
  // draws it again.
  void Clear();

  int64_t elapsed_ms() const;

 private:
  Options options_;
  int64_t start_micros_;
  int64_t shown_micros_;
  bool bar_visible_ = false;
};

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_OUTPUT_PROGRESS_H_
