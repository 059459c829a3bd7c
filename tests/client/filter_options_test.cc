#include "client/cli/filter_options.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet::cli {
namespace {

using ::testing::HasSubstr;

StatusOr<Scope> Parse(std::vector<std::string> arguments) {
  CLI::App app;
  FilterFlags flags;
  AddFilterOptions(app, flags);
  std::ranges::reverse(arguments);
  app.parse(arguments);
  return ScopeOf(flags);
}

TEST(FilterOptions, AskAllMemoriesWithoutACondition) {
  const Scope scope = *Parse({});
  EXPECT_EQ(scope.parent, "memories/-");
  EXPECT_EQ(scope.filter.ByteSizeLong(), 0U);
}

TEST(FilterOptions, NameOneMemoryInTheParentSeveralInTheFilter) {
  EXPECT_EQ(Parse({"-m", "press"})->parent, "memories/press");
  const Scope scope = *Parse({"-m", "press,web", "--memory", "memories/old"});
  EXPECT_EQ(scope.parent, "memories/-");
  EXPECT_EQ(scope.filter.ShortDebugString(),
            "memories: \"memories/press\" memories: \"memories/web\" "
            "memories: \"memories/old\"");
}

TEST(FilterOptions, BecomeAFilter) {
  const Scope scope =
      *Parse({"--document", "press/*", "--creator", "Ana, Ben", "--state",
              "draft,aligned", "--property", "x-a=b=c", "--require", "zh,es"});
  EXPECT_EQ(scope.filter.ShortDebugString(),
            "documents: \"press/*\" creators: \"Ana, Ben\" states: DRAFT "
            "states: ALIGNED properties { type: \"x-a\" value: \"b=c\" } "
            "language_codes: \"zh\" language_codes: \"es\"");
}

TEST(FilterOptions, IncludeBothDays) {
  const Scope scope =
      *Parse({"--since", "2026-02-28", "--until", "2026-02-28"});
  EXPECT_EQ(scope.filter.start_time().seconds(), 1772236800);
  EXPECT_EQ(scope.filter.end_time().seconds(), 1772236800 + 24 * 60 * 60);
}

TEST(FilterOptions, RefuseWhatMakesNoSense) {
  for (const char* const day :
       {"2026-02-30", "2026-2-1", "yesterday", "-026-01-01", "20260201"}) {
    EXPECT_THAT(Parse({std::string("--since=") + day}).status(),
                StatusIs(StatusCode::kInvalidArgument, HasSubstr("no date")))
        << day;
  }
  EXPECT_THAT(Parse({"--property", "x"}).status(),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("TYPE=VALUE")));
  EXPECT_THAT(Parse({"--require", "chinese"}).status(),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("zh")));
}

}  // namespace
}  // namespace tercet::cli
