#include "service/match/placeable_difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "service/match/score.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// `number 5->7`, with `?` in front where it is not certain.
std::vector<std::string> Diff(std::string stored, std::string query,
                              std::string_view language = "en") {
  const Segment a = {.text = std::move(stored)};
  const Segment b = {.text = std::move(query)};
  const Analysis analysis_a = Analyze(a, language);
  const Analysis analysis_b = Analyze(b, language);
  std::vector<std::string> out;
  for (const PlaceableDifference& difference : DiffPlaceables(
           {a, analysis_a}, {b, analysis_b},
           CompareTexts(analysis_a, analysis_b).alignment, language)) {
    std::string line = difference.carries_over ? "" : "?";
    line += NameOf(difference.placeable_class);
    line += " " + difference.stored_value + "->" + difference.query_value;
    line += " " +
            a.text.substr(difference.stored_begin,
                          difference.stored_end - difference.stored_begin) +
            "->" +
            b.text.substr(difference.query_begin,
                          difference.query_end - difference.query_begin);
    out.push_back(line);
  }
  return out;
}

TEST(DiffPlaceables, TellsValuesAndSpans) {
  EXPECT_THAT(Diff("Up 1.2 million in May 2008.", "Up 52 in June 2009."),
              ElementsAre("number 1200000->52 1.2 million->52",
                          "date 2008-05->2009-06 May 2008->June 2009"));
  EXPECT_THAT(Diff("增长百分之五", "增长7%", "zh"),
              ElementsAre("percent 5->7 百分之五->7%"));
}

TEST(DiffPlaceables, LeavesOutWhatIsWorthTheSame) {
  EXPECT_THAT(Diff("up 52 per cent", "up 52%"), IsEmpty());
  EXPECT_THAT(Diff("up 52%", "up 52%"), IsEmpty());
}

TEST(DiffPlaceables, OtherClassesAreNotCertain) {
  EXPECT_THAT(Diff("up 5 to the sky", "up 5% to the sky"),
              ElementsAre("?percent 5->5 5->5%"));
  EXPECT_THAT(Diff("on May 5 it was", "on May 5, 2008 it was"),
              ElementsAre("?date --05-05->2008-05-05 May 5->May 5, 2008"));
}

TEST(DiffPlaceables, TellsWhatOneSideLacks) {
  EXPECT_THAT(Diff("it rose by 5 again", "it rose by again"),
              ElementsAre("?number 5-> 5->"));
  EXPECT_THAT(Diff("it rose by much again", "it rose by 5 again"),
              ElementsAre("?number ->5 much->5"));
}

}  // namespace
}  // namespace tercet
