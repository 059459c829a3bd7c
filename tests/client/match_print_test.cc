#include "client/cli/match_print.h"

#include <google/protobuf/text_format.h>

#include <string>

#include "client/cli/explain_print.h"
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
      stored_begin: 0 stored_end: 4 query_begin: 0 query_end: 4 cost: 10
    }
    edit_cost: 10 length: 4
    placeables {
      kind: NUMBER stored_value: "2024" query_value: "2025" carries_over: true
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
            "       zh-CN   [-2024-]{+2025+}年水灾\n"
            "       values  2024 → 2025\n"
            "       en      the flood of 2024\n");
}

TEST(MatchLines, ShowsAdaptedTargetsUnderTheirs) {
  v1::Match match = TestMatch();
  match.add_adapted_targets()->set_text("the flood of 2025");
  std::string text;
  for (const StyledText& line : MatchLines(match, "2025年水灾", {})) {
    text += Render(line, /*color=*/false) + "\n";
  }
  EXPECT_NE(text.find("       en       the flood of 2024\n"
                      "       adapted  the flood of 2025\n"),
            std::string::npos)
      << text;
}

TEST(MatchLines, WrapsUnderTheText) {
  EXPECT_EQ(Printed({.width = 34}),
            "   96  near-exact  2024/7  memories/press/units/a  (text 99, "
            "aligned by machine -3)\n"
            "       zh-CN   [-2024-]{+2025+}年水\n"
            "               灾\n"
            "       values  2024 → 2025\n"
            "       en      the flood of 2024\n");
}

TEST(MatchLines, ColorsDifferencesWithoutBrackets) {
  EXPECT_EQ(Printed({.width = 80, .color = true}),
            "\x1b[32m   96\x1b[0m  near-exact  2024/7\x1b[2m  "
            "memories/press/units/a\x1b[0m  (text 99, aligned by machine -3)\n"
            "       \x1b[2mzh-CN\x1b[0m   \x1b[9;31m2024\x1b[0m\x1b[32m2025"
            "\x1b[0m年水灾\n"
            "       \x1b[2mvalues\x1b[0m  2024 → 2025\n"
            "       \x1b[2men\x1b[0m      the flood of 2024\n");
}

// The lines that --explain adds.
std::string Explained(const v1::Match& match, std::string_view query) {
  std::string text;
  for (const StyledText& line : ExplainLines(match, query)) {
    text += Render(line, /*color=*/false) + "\n";
  }
  return text;
}

TEST(ExplainLines, TakesAPointForEachSort) {
  EXPECT_EQ(Explained(TestMatch(), "2025年水灾"),
            "       score 96 = text 99, aligned by machine -3\n"
            "       text 99 = 100 - 1 (number, date or address)\n"
            "         0.10  number, date or address: \"2024\" → \"2025\"\n");
}

TEST(ExplainLines, ShowsTheFormulaOfFuzzyMatches) {
  v1::Match match;
  google::protobuf::TextFormat::ParseFromString(R"(
    kind: FUZZY score: 75 text_score: 75
    source { language_code: "en" text: "a b c d" }
    edits {
      op: DELETE what: WORD
      stored_begin: 2 stored_end: 3 query_begin: 1 query_end: 1 cost: 100
    }
    edit_cost: 100 length: 4)",
                                                &match);
  EXPECT_EQ(Explained(match, "a c d"),
            "       score 75 = text 75\n"
            "       text 75 = 100 x (1 - 1.00 / 4 words)\n"
            "         1.00  word: - \"b\"\n");
  match.set_length(40);
  match.set_text_score(94);
  EXPECT_NE(Explained(match, "a c d").find("at most 94: a word differs"),
            std::string::npos);
}

TEST(ValuesInWords, TellsWhatOneSideLacks) {
  v1::Match match = TestMatch();
  match.mutable_placeables(0)->clear_query_value();
  EXPECT_EQ(ValuesInWords(match, "2025"), "- 2024");
  match.mutable_placeables(0)->clear_stored_value();
  match.mutable_placeables(0)->set_query_value("2025");
  EXPECT_EQ(ValuesInWords(match, "2025"), "+ 2025");
}

TEST(DescribePenalty, ShowsUnknownReasonsAsTheyAre) {
  v1::Penalty penalty;
  penalty.set_reason("phase-of-the-moon");
  penalty.set_points(7);
  EXPECT_EQ(DescribePenalty(penalty), "phase-of-the-moon -7");
}

}  // namespace
}  // namespace tercet::cli
