#include "service/server/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/matchers.h"

namespace tercet {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

using Action = CommandLine::Action;

TEST(CommandLine, ServesByDefault) {
  const StatusOr<CommandLine> parsed = ParseCommandLine({});
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->action, Action::kServe);
  EXPECT_THAT(parsed->values, IsEmpty());
}

TEST(CommandLine, TakesSettings) {
  const StatusOr<CommandLine> parsed = ParseCommandLine(
      {"--data", "/tmp/a b", "--log-format=json", "--config", "f.toml"});
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->values.at("data").text, "/tmp/a b");
  EXPECT_EQ(parsed->values.at("data").origin, "--data");
  EXPECT_EQ(parsed->values.at("log_format").text, "json");
  EXPECT_EQ(parsed->config_path, "f.toml");
}

TEST(CommandLine, KnowsOtherActions) {
  EXPECT_EQ(ParseCommandLine({"--help"})->action, Action::kHelp);
  EXPECT_EQ(ParseCommandLine({"-h"})->action, Action::kHelp);
  EXPECT_EQ(ParseCommandLine({"--version"})->action, Action::kVersion);
  EXPECT_EQ(ParseCommandLine({"--print-config", "--data", "x"})->action,
            Action::kPrintConfig);
}

TEST(CommandLine, RefusesWhatItDoesNotKnow) {
  const StatusOr<CommandLine> parsed = ParseCommandLine({"--lisen=:1"});
  EXPECT_THAT(parsed, StatusIs(StatusCode::kInvalidArgument,
                               HasSubstr("did you mean '--listen'?")));
  EXPECT_THAT(parsed, ReasonIs("USAGE_INVALID"));
  EXPECT_THAT(ParseCommandLine({"serve"}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("'serve'")));
  EXPECT_THAT(ParseCommandLine({"--data"}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("--data")));
}

TEST(HelpText, NamesEverySetting) {
  for (const Setting& setting : AllSettings()) {
    EXPECT_THAT(HelpText(), HasSubstr(FlagName(setting)));
  }
  EXPECT_THAT(HelpText(), HasSubstr("TERCET_LISTEN"));
}

}  // namespace
}  // namespace tercet
