#include "client/cli/suggest.h"

#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

TEST(EditDistance, CountsSlips) {
  EXPECT_EQ(EditDistance("lookup", "lookup"), 0);
  EXPECT_EQ(EditDistance("lokup", "lookup"), 1);
  EXPECT_EQ(EditDistance("lookpu", "lookup"), 1);  // One swap.
  EXPECT_EQ(EditDistance("", "info"), 4);
  EXPECT_EQ(EditDistance("unit", "info"), 3);
}

TEST(EditDistance, IsSymmetric) {
  EXPECT_EQ(EditDistance("export", "import"), EditDistance("import", "export"));
}

TEST(Closest, FindsWhatWasMeant) {
  const std::vector<std::string> names = {"lookup", "import", "export",
                                          "memory", "unit",   "info"};
  const struct {
    std::string typed;
    std::optional<std::string> meant;
  } kCases[] = {
      {"lokup", "lookup"},   {"LOOKUP", "lookup"}, {"imoprt", "import"},
      {"mem", "memory"},     {"units", "unit"},    {"infos", "info"},
      {"zzz", std::nullopt}, {"", std::nullopt},   {"look", "lookup"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Closest(c.typed, names), c.meant) << c.typed;
  }
}

TEST(DidYouMean, IsEmptyWithoutAnIdea) {
  EXPECT_EQ(DidYouMean(std::nullopt), "");
  EXPECT_EQ(DidYouMean("zh"), ": did you mean 'zh'?");
}

}  // namespace
}  // namespace tercet::cli
