// Whether output is coloured.
#ifndef TERCET_CLIENT_CLI_OUTPUT_COLOR_H_
#define TERCET_CLIENT_CLI_OUTPUT_COLOR_H_

#include <cstdint>

#include "client/cli/output/styled_text.h"

namespace tercet::cli {

// What --color says.
enum class ColorWhen : uint8_t { kAuto, kAlways, kNever };

// What is known of the place that is written to.
struct ColorSituation {
  bool is_terminal = false;
  bool no_color_set = false;  // NO_COLOR is in the environment and not empty.
  bool term_is_dumb = false;  // TERM is `dumb`.
};

// `always` and `never` decide; `auto` colours a terminal unless NO_COLOR
// (no-color.org) forbids.
bool UseColor(ColorWhen when, const ColorSituation& situation);

// The colour of a score, 0 to 100.
Style StyleOfScore(int score);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_OUTPUT_COLOR_H_
