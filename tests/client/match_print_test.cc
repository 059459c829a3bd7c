#include "client/cli/match_print.h"

#include <google/protobuf/text_format.h>

#include <string>

#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

v1::Match TestMatch() {
  v1::Match match;
  google::protobuf::TextFormat::ParseFromString(R"(
    unit {
      name: "memories/press/units/a"
      origin { document: "2024/7" }
    }
    kind: NEAR_EXACT score: 96 text_score: 99
    penalties { reason: "aligned" points: 3 }
    source { language_code: "zh-CN" text: "2024年水灾" }
    targets { language_code: "en" text: "the flood of 2024" }
    edits {
      op: REPLACE what: PLACEABLE
      stored_begin: 0 stored_end: 4 query_begin: 0 query_end: 4
    })",
                                                &match);
  return match;
}

std::string Printed(const MatchLayout& layout) {
  std::string text;
  for (const StyledText& line : MatchLines(TestMatch(), "2025年水灾", layout)) {
    text += Render(line, layout.color) + "\n";
  }
  return text;
}

TEST(MatchLines, BracketsDifferencesWithoutColor) {
  EXPECT_EQ(Printed({.width = 80}),
            "   96  near-exact  2024/7  memories/press/units/a  (text 99, "
            "aligned by machine -3)\n"
            "       zh-CN  [-2024-]{+2025+}年水灾\n"
            "       en     the flood of 2024\n");
}

TEST(MatchLines, WrapsUnderTheText) {
  EXPECT_EQ(Printed({.width = 34}),
            "   96  near-exact  2024/7  memories/press/units/a  (text 99, "
            "aligned by machine -3)\n"
            "       zh-CN  [-2024-]{+2025+}年水\n"
            "              灾\n"
            "       en     the flood of 2024\n");
}

TEST(MatchLines, ColorsDifferencesWithoutBrackets) {
  EXPECT_EQ(Printed({.width = 80, .color = true}),
            "\x1b[32m   96\x1b[0m  near-exact  2024/7\x1b[2m  "
            "memories/press/units/a\x1b[0m  (text 99, aligned by machine -3)\n"
            "       \x1b[2mzh-CN\x1b[0m  \x1b[9;31m2024\x1b[0m\x1b[32m2025"
            "\x1b[0m年水灾\n"
            "       \x1b[2men\x1b[0m     the flood of 2024\n");
}

TEST(DescribePenalty, ShowsUnknownReasonsAsTheyAre) {
  v1::Penalty penalty;
  penalty.set_reason("phase-of-the-moon");
  penalty.set_points(7);
  EXPECT_EQ(DescribePenalty(penalty), "phase-of-the-moon -7");
}

}  // namespace
}  // namespace tercet::cli
