#include "client/cli/output/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "client/cli/output/display_width.h"
#include "client/cli/output/human.h"
#include "service/base/utf8.h"

namespace tercet::cli {
namespace {

constexpr int64_t kBarIntervalMicros = 100'000;
constexpr int64_t kLineIntervalMicros = 5'000'000;
constexpr int kMinBarColumns = 8;
constexpr int kMaxBarColumns = 30;
// Of a label, so that it still says which file.
constexpr int kTellingColumns = 12;
// Over the whole line, back to its start.
constexpr std::string_view kEraseLine = "\r\x1b[K";

std::string FormatBar(int columns, int percent) {
  const int inside = columns - 2;
  const int filled = inside * percent / 100;
  std::string bar = "[" + std::string(filled, '=');
  if (filled < inside) bar += '>' + std::string(inside - filled - 1, ' ');
  return bar + ']';
}

// The rest of the time at the speed so far; nothing in the first half second,
// when that would be a guess.
std::string FormatEta(const ProgressState& state) {
  if (state.total_bytes <= 0 || state.bytes <= 0) return "";
  if (state.elapsed_ms < 500) return "";
  const int64_t rest_bytes =
      std::max<int64_t>(state.total_bytes - state.bytes, 0);
  const double ms_per_byte =
      static_cast<double>(state.elapsed_ms) / static_cast<double>(state.bytes);
  const auto rest_ms =
      static_cast<int64_t>(ms_per_byte * static_cast<double>(rest_bytes));
  return fmt::format("  ETA {}", FormatDuration((rest_ms + 999) / 1000));
}

// As much of the end of `label` as fits: the end of a path tells more.
std::string FitLabel(std::string_view label, int width) {
  std::string text = Printable(label);
  if (DisplayWidth(text) <= width) return text;
  size_t position = 0;
  while (DisplayWidth(std::string_view(text).substr(position)) > width - 1) {
    DecodeUtf8(text, &position);
  }
  return "…" + text.substr(position);
}

}  // namespace

std::string FormatProgress(std::string_view label, const ProgressState& state,
                           int width) {
  std::string numbers = FormatBytes(state.bytes);
  numbers += fmt::format("  {}", FormatCounted(state.units, "unit"));
  if (state.durable_units >= 0) {
    numbers += fmt::format("  {} safe", FormatCount(state.durable_units));
  }
  if (state.elapsed_ms > 0) {
    numbers += fmt::format("  {}/s",
                           FormatCount(state.units * 1000 / state.elapsed_ms));
  }
  numbers += FormatEta(state);
  std::string percent;
  if (state.total_bytes > 0) {
    percent = fmt::format("{:3}%  ", PercentOf(state.bytes, state.total_bytes));
  }
  const int taken = static_cast<int>(percent.size() + numbers.size());
  // Room is given to the numbers first, then to a label that still tells files
  // apart, then to the smallest bar, then to the rest of the label.
  const int beside = width - taken - 2;
  const int bar = state.total_bytes > 0 ? kMinBarColumns + 2 : 0;
  const int label_room =
      beside - bar >= kTellingColumns ? beside - bar : std::max(beside, 4);
  const std::string name = FitLabel(label, std::min(label_room, 32));
  std::string line = name + "  " + percent;
  const int bar_room = width - taken - DisplayWidth(name) - 4;
  if (state.total_bytes > 0 && bar_room >= kMinBarColumns) {
    line += FormatBar(std::min(bar_room, kMaxBarColumns),
                      PercentOf(state.bytes, state.total_bytes)) +
            "  ";
  }
  return line + numbers;
}

ProgressMeter::ProgressMeter(Options options)
    : options_(std::move(options)),
      start_micros_(options_.clock->NowMicros()),
      shown_micros_(start_micros_) {}

int64_t ProgressMeter::elapsed_ms() const {
  return (options_.clock->NowMicros() - start_micros_) / 1000;
}

void ProgressMeter::Update(ProgressState state) {
  if (options_.mode == ProgressMode::kNone) return;
  const bool bar = options_.mode == ProgressMode::kBar;
  const int64_t now = options_.clock->NowMicros();
  const int64_t interval = bar ? kBarIntervalMicros : kLineIntervalMicros;
  if (now - shown_micros_ < interval) return;
  shown_micros_ = now;
  state.elapsed_ms = elapsed_ms();
  const std::string line =
      FormatProgress(options_.label, state, options_.width - 1);
  options_.put(bar ? fmt::format("{}{}", kEraseLine, line) : line + '\n');
  bar_visible_ = bar;
}

void ProgressMeter::Clear() {
  if (!std::exchange(bar_visible_, false)) return;
  options_.put(kEraseLine);
}

}  // namespace tercet::cli
