#include "client/cli/output/table.h"

#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

TEST(Table, AlignsByDisplayWidth) {
  Table table({{"name"}, {"units", Align::kRight}, {"title"}});
  table.AddRow({{{"press"}}, {{"1,234"}}, {{"新闻"}}});
  table.AddRow({{{"新闻稿库"}}, {{"7"}}, {{""}}});
  EXPECT_EQ(table.Render(/*color=*/false),
            "name      units  title\n"
            "press     1,234  新闻\n"
            "新闻稿库      7\n");
}

TEST(Table, HasNoTitleLineWithoutTitles) {
  Table table({{}, {}});
  table.AddRow({{{"up"}}, {{"0:07"}}});
  table.AddRow({{{"version"}}, {{"0.1.0"}}});
  EXPECT_EQ(table.Render(/*color=*/false), "up       0:07\nversion  0.1.0\n");
}

TEST(Table, PadsBehindTheColor) {
  Table table({{}, {}});
  table.AddRow({{{"a", Style::kBold}}, {{"x"}}});
  table.AddRow({{{"bb"}}, {{"y"}}});
  EXPECT_EQ(table.Render(/*color=*/true), "\x1b[1ma\x1b[0m   x\nbb  y\n");
}

}  // namespace
}  // namespace tercet::cli
