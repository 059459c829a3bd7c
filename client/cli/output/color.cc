#include "client/cli/output/color.h"

namespace tercet::cli {

bool UseColor(ColorWhen when, const ColorSituation& situation) {
  if (when != ColorWhen::kAuto) return when == ColorWhen::kAlways;
  return situation.is_terminal && !situation.no_color_set &&
         !situation.term_is_dumb;
}

Style StyleOfScore(int score) {
  if (score >= 100) return Style::kExact;
  if (score >= 95) return Style::kNear;
  if (score >= 85) return Style::kHigh;
  return Style::kLow;
}

}  // namespace tercet::cli
