#include "client/cli/output/color.h"

#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

TEST(UseColor, AutoColorsATerminalOnly) {
  EXPECT_TRUE(UseColor(ColorWhen::kAuto, {.is_terminal = true}));
  EXPECT_FALSE(UseColor(ColorWhen::kAuto, {.is_terminal = false}));
}

TEST(UseColor, AutoRespectsNoColorAndDumbTerminals) {
  EXPECT_FALSE(
      UseColor(ColorWhen::kAuto, {.is_terminal = true, .no_color_set = true}));
  EXPECT_FALSE(
      UseColor(ColorWhen::kAuto, {.is_terminal = true, .term_is_dumb = true}));
}

TEST(UseColor, TheFlagDecides) {
  EXPECT_TRUE(UseColor(ColorWhen::kAlways, {.no_color_set = true}));
  EXPECT_FALSE(UseColor(ColorWhen::kNever, {.is_terminal = true}));
}

TEST(StyleOfScore, HasFourBands) {
  EXPECT_EQ(StyleOfScore(100), Style::kExact);
  EXPECT_EQ(StyleOfScore(95), Style::kNear);
  EXPECT_EQ(StyleOfScore(94), Style::kHigh);
  EXPECT_EQ(StyleOfScore(84), Style::kLow);
}

}  // namespace
}  // namespace tercet::cli
