#include "service/server/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "service/server/config_file.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet {
namespace {

using testing::HasSubstr;

class ConfigTest : public testing::Test {
 protected:
  StatusOr<SettingValues> Collect(std::vector<std::string> arguments) {
    StatusOr<CommandLine> command_line = ParseCommandLine(std::move(arguments));
    EXPECT_THAT(command_line, IsOk());
    return CollectSettings(
        *command_line,
        {.environment =
             [this](const std::string& name) -> std::optional<std::string> {
           auto found = environment_.find(name);
           if (found == environment_.end()) return std::nullopt;
           return found->second;
         },
         .default_files = std::vector{directory_.Join("user.toml"),
                                      directory_.Join("machine.toml")}});
  }
  StatusOr<Config> Parse(std::vector<std::string> arguments) {
    ASSIGN_OR_RETURN(const SettingValues values, Collect(std::move(arguments)));
    return ParseConfig(values);
  }

  TempDir directory_;
  std::map<std::string, std::string> environment_ = {{"HOME", "/home/ana"}};
};

TEST_F(ConfigTest, HasDefaults) {
  const StatusOr<Config> config = Parse({});
  ASSERT_THAT(config, IsOk());
  EXPECT_EQ(config->service.data, "/home/ana/.local/share/tercet");
  EXPECT_EQ(config->service.listen, "127.0.0.1:7733");
  EXPECT_EQ(config->service.max_threads, 256);
  EXPECT_EQ(config->service.drain_seconds, 10);
  EXPECT_TRUE(config->service.sync_writes);
  EXPECT_EQ(config->service.snapshot_changes, 20'000);
  EXPECT_EQ(config->log.level, LogLevel::kInfo);
  EXPECT_EQ(config->log.format, LogFormat::kText);
}

TEST_F(ConfigTest, FlagsWinOverEnvironmentOverFileOverDefaults) {
  WriteFile(directory_.Join("user.toml"),
            "data = \"/file\"\nlisten = \"file:1\"\nlog_level = \"debug\"\n");
  environment_["TERCET_DATA"] = "/environment";
  environment_["TERCET_LISTEN"] = "environment:2";
  const StatusOr<SettingValues> values = Collect({"--data", "/flag"});
  ASSERT_THAT(values, IsOk());
  EXPECT_EQ(values->at("data").text, "/flag");
  EXPECT_EQ(values->at("data").origin, "--data");
  EXPECT_EQ(values->at("listen").text, "environment:2");
  EXPECT_EQ(values->at("listen").origin, "environment, TERCET_LISTEN");
  EXPECT_EQ(values->at("log_level").text, "debug");
  EXPECT_THAT(values->at("log_level").origin, HasSubstr("line 3 of"));
  EXPECT_EQ(values->at("sync_writes").origin, "default");
}

TEST_F(ConfigTest, ChoosesOneFile) {
  WriteFile(directory_.Join("machine.toml"), "listen = \"machine:1\"\n");
  EXPECT_EQ(Collect({})->at("listen").text, "machine:1");
  WriteFile(directory_.Join("user.toml"), "listen = \"user:1\"\n");
  EXPECT_EQ(Collect({})->at("listen").text, "user:1");
  WriteFile(directory_.Join("c.toml"), "listen = \"named:1\"\n");
  environment_["TERCET_CONFIG"] = directory_.Join("c.toml");
  EXPECT_EQ(Collect({})->at("listen").text, "named:1");
  WriteFile(directory_.Join("d.toml"), "listen = \"flag:1\"\n");
  EXPECT_EQ(Collect({"--config", directory_.Join("d.toml")})->at("listen").text,
            "flag:1");
}

TEST_F(ConfigTest, ANamedFileMustExist) {
  EXPECT_THAT(Collect({"--config", directory_.Join("none.toml")}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("none.toml")));
}

TEST_F(ConfigTest, AnEmptyVariableIsNotSet) {
  environment_["TERCET_LISTEN"] = "";
  EXPECT_EQ(Collect({})->at("listen").origin, "default");
}

TEST_F(ConfigTest, FollowsXdg) {
  environment_["XDG_DATA_HOME"] = "/data";
  EXPECT_EQ(Parse({})->service.data, "/data/tercet");
}

TEST_F(ConfigTest, NeedsADataDirectory) {
  environment_.clear();
  EXPECT_THAT(Parse({}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("--data")));
  EXPECT_EQ(Parse({"--data", "d"})->service.data, "d");
}

TEST_F(ConfigTest, NamesTheOriginOfAWrongValue) {
  const struct {
    std::string flag;
    std::string message;
  } kCases[] = {
      {"--max-threads=7", "--max-threads: max_threads must be 8 to 10000"},
      {"--max-threads=many", "not 'many'"},
      {"--drain-seconds=-1", "must be 0 to 3600"},
      {"--sync-writes=maybe", "must be true or false, not 'maybe'"},
      {"--log-format=xml", "must be text or json"},
      {"--log-level=loud", "must be debug, info, warning, error or off"},
      {"--listen=7733", "must be HOST:PORT or unix:PATH"},
      {"--listen=host:", "must be HOST:PORT or unix:PATH"},
      {"--listen=:7733", "must be HOST:PORT or unix:PATH"},
      {"--listen=host:65536", "must be HOST:PORT or unix:PATH"},
      {"--listen=none", "must be HOST:PORT or unix:PATH"},
  };
  for (const auto& [flag, message] : kCases) {
    const StatusOr<Config> config = Parse({flag});
    EXPECT_THAT(config,
                StatusIs(StatusCode::kInvalidArgument, HasSubstr(message)));
    EXPECT_THAT(config, ReasonIs("CONFIG_INVALID"));
  }
}

TEST_F(ConfigTest, TakesAddressesOfAllKinds) {
  for (const std::string address :
       {"0.0.0.0:0", "[::1]:7733", "localhost:65535", "unix:/run/t.sock"}) {
    EXPECT_EQ(Parse({"--listen", address})->service.listen, address);
  }
}

TEST_F(ConfigTest, PrintsAFileThatSaysTheSame) {
  environment_["TERCET_LOG_LEVEL"] = "debug";
  const StatusOr<SettingValues> values =
      Collect({"--data", "/a \"b\"", "--sync-writes", "false"});
  ASSERT_THAT(values, IsOk());
  const std::string printed = PrintConfig(*values);
  EXPECT_THAT(printed, HasSubstr("# From: environment, TERCET_LOG_LEVEL\n"
                                 "log_level = \"debug\"\n"));
  EXPECT_THAT(printed, HasSubstr("# From: --data\n"));
  const StatusOr<SettingValues> again = ParseConfigFile(printed, "printed");
  ASSERT_THAT(again, IsOk());
  for (const auto& [key, value] : *values) {
    EXPECT_EQ(again->at(key).text, value.text) << key;
  }
}

}  // namespace
}  // namespace tercet
