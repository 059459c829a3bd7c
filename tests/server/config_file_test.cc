#include "service/server/config_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(ConfigFile, GivesValuesWithTheirLines) {
  const StatusOr<SettingValues> values = ParseConfigFile(
      "# comment\nlisten = \"0.0.0.0:1\"\nmax_threads = 16\n"
      "sync_writes = false\n",
      "t.toml");
  ASSERT_THAT(values, IsOk());
  EXPECT_EQ(values->at("listen").text, "0.0.0.0:1");
  EXPECT_EQ(values->at("listen").origin, "line 2 of t.toml");
  EXPECT_EQ(values->at("max_threads").text, "16");
  EXPECT_EQ(values->at("sync_writes").text, "false");
}

TEST(ConfigFile, MayBeEmpty) {
  EXPECT_THAT(ParseConfigFile("", "t.toml"), IsOkAndHolds(IsEmpty()));
}

TEST(ConfigFile, SaysWhatIsWrongAndWhere) {
  const struct {
    std::string content;
    std::string message;
  } kCases[] = {
      {"data = \"x\"\nlisen = \"y\"\n",
       "line 2 of t.toml: there is no setting 'lisen'; did you mean 'listen'?"},
      {"\n\nmax_threads = \"8\"\n",
       "line 3 of t.toml: max_threads must be a whole number"},
      {"sync_writes = 1\n", "line 1 of t.toml: sync_writes must be true or"},
      {"listen = 7733\n", "line 1 of t.toml: listen must be a string"},
      {"[server]\ndata = \"x\"\n", "there is no setting 'server'"},
      {"data = \"x\"\ndata = \"y\"\n", "line 2 of t.toml"},
      {"data = x\n", "line 1 of t.toml"},
  };
  for (const auto& [content, message] : kCases) {
    const StatusOr<SettingValues> values = ParseConfigFile(content, "t.toml");
    EXPECT_THAT(values,
                StatusIs(StatusCode::kInvalidArgument, HasSubstr(message)));
    EXPECT_THAT(values, ReasonIs("CONFIG_INVALID"));
  }
}

TEST(ConfigFile, IsReadFromDisk) {
  TempDir directory;
  const std::string path = directory.Join("t.toml");
  WriteFile(path, "data = \"/d\"\n");
  EXPECT_EQ(ReadConfigFile(path)->at("data").text, "/d");
}

TEST(ConfigFile, MustBeReadable) {
  TempDir directory;
  EXPECT_THAT(ReadConfigFile(directory.Join("none.toml")),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("none.toml")));
  EXPECT_THAT(
      ReadConfigFile(directory.path()),
      StatusIs(StatusCode::kInvalidArgument, HasSubstr(directory.path())));
}

TEST(QuoteToml, IsReadBack) {
  for (const std::string text :
       {"", "/plain", "a \"b\" \\c", "tab\tline\nend\x01\x7F", "新闻"}) {
    const StatusOr<SettingValues> values =
        ParseConfigFile("data = " + QuoteToml(text), "t.toml");
    ASSERT_THAT(values, IsOk()) << text;
    EXPECT_EQ(values->at("data").text, text);
  }
}

}  // namespace
}  // namespace tercet
