#include "client/cli/settings.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "client/cli/exit_code.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Variables = std::map<std::string, std::string>;

Environment EnvironmentWith(Variables variables) {
  Environment environment;
  environment.variable =
      [variables](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
  return environment;
}

// A home with a configuration file.
class Home {
 public:
  explicit Home(const std::string& config) {
    std::filesystem::create_directories(directory_.Join(".config/tercet"));
    WriteFile(directory_.Join(".config/tercet/client.toml"), config);
  }
  const std::string& path() const { return directory_.path(); }

 private:
  TempDir directory_;
};

TEST(ParseConfig, ReadsAllKeys) {
  const auto config = ParseConfig(
      "server = 'h:1'  # a comment\nfrom = 'zh'\nto = ['en', 'es']\n", "c");
  ASSERT_THAT(config, IsOk());
  EXPECT_EQ(config->server, "h:1");
  EXPECT_EQ(config->from, "zh");
  EXPECT_THAT(config->to, ElementsAre("en", "es"));
}

TEST(ParseConfig, SaysWhatIsWrongAndWhere) {
  const struct {
    std::string toml;
    std::string message;
  } kCases[] = {
      {"a = 1\nserver =\n", "c:2"},
      {"sever = 'x'", "unknown key 'sever': did you mean 'server'?"},
      {"server = 7", "'server' must be a string"},
      {"to = 'en'", "'to' must be a list of strings"},
      {"to = ['en', 7]", "'to' must be a list of strings"},
      {"server = 'x'\ndata = 'y'", "exclude each other"},
  };
  for (const auto& c : kCases) {
    const auto config = ParseConfig(c.toml, "c");
    EXPECT_THAT(config,
                StatusIs(StatusCode::kInvalidArgument, HasSubstr(c.message)))
        << c.toml;
    EXPECT_EQ(ExitCodeOf(config.status()), ExitCode::kUsage);
  }
}

TEST(ConfigPath, PrefersTheXdgDirectory) {
  EXPECT_EQ(
      ConfigPath(EnvironmentWith({{"HOME", "/h"}, {"XDG_CONFIG_HOME", "/x"}})),
      "/x/tercet/client.toml");
  EXPECT_EQ(ConfigPath(EnvironmentWith({{"HOME", "/h"}})),
            "/h/.config/tercet/client.toml");
  EXPECT_EQ(ConfigPath(EnvironmentWith({})), std::nullopt);
}

TEST(Decide, FallsBackToTheDefaultServer) {
  const auto settings = Decide({}, EnvironmentWith({}));
  ASSERT_THAT(settings, IsOk());
  EXPECT_EQ(settings->server, "127.0.0.1:7733");
  EXPECT_EQ(settings->data, "");
}

TEST(Decide, PutsFlagsOverVariablesOverTheFile) {
  const Home home("server = 'file:1'\n");
  const Variables only_file = {{"HOME", home.path()}};
  const Variables both = {{"HOME", home.path()}, {"TERCET_SERVER", "env:1"}};
  EXPECT_EQ(Decide({}, EnvironmentWith(only_file))->server, "file:1");
  EXPECT_EQ(Decide({}, EnvironmentWith(both))->server, "env:1");
  EXPECT_EQ(Decide({.server = "flag:1"}, EnvironmentWith(both))->server,
            "flag:1");
  EXPECT_EQ(Decide({.data = "/tm"}, EnvironmentWith(both))->data, "/tm");
}

TEST(Decide, LetsAVariableWinOverTheDataOfTheFile) {
  const Home home("data = '/tm'\n");
  const auto settings = Decide(
      {}, EnvironmentWith({{"HOME", home.path()}, {"TERCET_SERVER", "e:1"}}));
  ASSERT_THAT(settings, IsOk());
  EXPECT_EQ(settings->server, "e:1");
  EXPECT_EQ(settings->data, "");
}

TEST(Decide, RefusesServerAndDataTogether) {
  EXPECT_THAT(
      Decide({.server = "s", .data = "d"}, EnvironmentWith({})),
      StatusIs(StatusCode::kInvalidArgument, HasSubstr("exclude each other")));
  EXPECT_THAT(Decide({.server = ""}, EnvironmentWith({})),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("empty")));
}

TEST(Decide, RespectsNoColor) {
  Environment environment = EnvironmentWith({{"NO_COLOR", "1"}});
  environment.out_is_terminal = true;
  EXPECT_FALSE(Decide({}, environment)->color_out);
  environment = EnvironmentWith({{"NO_COLOR", ""}});
  environment.out_is_terminal = true;
  EXPECT_TRUE(Decide({}, environment)->color_out);
}

}  // namespace
}  // namespace tercet::cli
