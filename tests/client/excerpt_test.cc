#include "client/cli/output/excerpt.h"

#include <string>

#include "client/cli/output/display_width.h"
#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

std::string Words(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "word ";
  return text;
}

TEST(Excerpt, KeepsShortTexts) {
  const StyledText text = {{"a long "}, {"flood", Style::kHit}, {" of words"}};
  EXPECT_EQ(Excerpt(text, 10), text);
}

TEST(Excerpt, KeepsTextsWithoutHits) {
  const StyledText text = {{Words(100)}};
  EXPECT_EQ(Excerpt(text, 10), text);
}

TEST(Excerpt, LeavesOutWhatIsFarFromHits) {
  const StyledText text = {{Words(50)},
                           {"one", Style::kHit},
                           {" " + Words(50)},
                           {"two", Style::kHit},
                           {" " + Words(50)}};
  EXPECT_EQ(Render(Excerpt(text, 12), /*color=*/false),
            "… word word one word word … word word two word word …");
}

TEST(Excerpt, CountsColumnsOfWideCharacters) {
  std::string wide;
  for (int i = 0; i < 40; ++i) wide += "水";
  const StyledText text = {{wide}, {"灾", Style::kHit}};
  EXPECT_EQ(Render(Excerpt(text, 10), /*color=*/false), "…水水水水水灾");
}

}  // namespace
}  // namespace tercet::cli
