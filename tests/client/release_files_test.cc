#include "client/cli/release_files.h"

#include <filesystem>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ParseReleaseArgument, KnowsALanguageBeforeAFile) {
  const struct {
    std::string argument;
    std::string language;
    std::string path;
  } kCases[] = {
      {"en=a.html", "en", "a.html"},
      {"zh-Hant=x=y.html", "zh-Hant", "x=y.html"},
      {"a.html", "", "a.html"},
      {"./en=a.html", "", "./en=a.html"},
      {"a.b=c.html", "", "a.b=c.html"},
      {"x=c.html", "", "x=c.html"},
      {"en=", "en", ""},
  };
  for (const auto& c : kCases) {
    const ReleaseFile file = ParseReleaseArgument(c.argument);
    EXPECT_EQ(file.language, c.language) << c.argument;
    EXPECT_EQ(file.path, c.path) << c.argument;
    EXPECT_EQ(file.name, c.path) << c.argument;
  }
}

class FilesUnderTest : public ::testing::Test {
 protected:
  void Put(const std::string& name) {
    const std::filesystem::path path = directory_.Join(name);
    std::filesystem::create_directories(path.parent_path());
    WriteFile(path.string(), "text");
  }

  std::vector<std::string> Names(const std::string& glob) {
    const auto files = FilesUnder(directory_.path(), glob);
    EXPECT_THAT(files, IsOk());
    std::vector<std::string> names;
    for (const ReleaseFile& file : *files) names.push_back(file.name);
    return names;
  }

  TempDir directory_;
};

TEST_F(FilesUnderTest, FindsPagesInOrder) {
  for (const char* name : {"b/x.HTML", "a.md", "b/a.txt", "c.pdf", "d",
                           ".git/e.html", "b/.f.html", "z.wml"}) {
    Put(name);
  }
  EXPECT_THAT(Names(""), ElementsAre("a.md", "b/a.txt", "b/x.HTML", "z.wml"));
}

TEST_F(FilesUnderTest, GoesByThePattern) {
  for (const char* name : {"2025/a.en.html", "2026/a.en.html", "2026/a.zh.html",
                           "2026/notes.pdf"}) {
    Put(name);
  }
  EXPECT_THAT(Names("*.zh.html"), ElementsAre("2026/a.zh.html"));
  EXPECT_THAT(Names("2026/*.html"),
              ElementsAre("2026/a.en.html", "2026/a.zh.html"));
  EXPECT_THAT(Names("202?/a.en.*"),
              ElementsAre("2025/a.en.html", "2026/a.en.html"));
  EXPECT_THAT(Names("*.pdf"), ElementsAre("2026/notes.pdf"));
  EXPECT_THAT(Names("*.xml"), IsEmpty());
}

TEST_F(FilesUnderTest, FailsWithoutTheFolder) {
  EXPECT_THAT(FilesUnder(directory_.Join("none"), ""),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("none")));
}

TEST(ReadManifest, ReadsFilesLanguagesAndDocuments) {
  const TempDir directory;
  WriteFile(directory.Join("m.tsv"),
            "file\tlanguage\tdocument\n"
            "# a remark\n"
            "\n"
            "en/a.html\ten\tpress/1\r\n"
            "b.html\t\t\n"
            "/abs/c.html\tzh\tpress/1");
  const auto files = ReadManifest(directory.Join("m.tsv"));
  EXPECT_THAT(files,
              IsOkAndHolds(ElementsAre(
                  ReleaseFile{directory.Join("en/a.html"), "en/a.html",
                              "press/1", "en"},
                  ReleaseFile{directory.Join("b.html"), "b.html", "", ""},
                  ReleaseFile{"/abs/c.html", "/abs/c.html", "press/1", "zh"})));
}

TEST(ReadManifest, NamesTheLineThatIsWrong) {
  const TempDir directory;
  for (const char* bad : {"a.html\ten\n", "a.html\ten\td\te\n", "\ten\td\n",
                          "caf\xE9.html\ten\td\n"}) {
    WriteFile(directory.Join("m.tsv"), std::string("ok.html\ten\td\n") + bad);
    const auto files = ReadManifest(directory.Join("m.tsv"));
    EXPECT_THAT(files,
                StatusIs(StatusCode::kInvalidArgument, HasSubstr("m.tsv:2:")))
        << bad;
    EXPECT_EQ(GetDetails(files.status()).reason, "FILE_MALFORMED") << bad;
  }
}

TEST(LoadReleaseFile, ReadsTheBytes) {
  const TempDir directory;
  WriteFile(directory.Join("a.html"), "<p>\xE9</p>");
  const auto file = LoadReleaseFile({.path = directory.Join("a.html"),
                                     .name = "a.html",
                                     .document = "d",
                                     .language = "es"});
  ASSERT_THAT(file, IsOk());
  EXPECT_EQ(file->name(), "a.html");
  EXPECT_EQ(file->document(), "d");
  EXPECT_EQ(file->language_code(), "es");
  EXPECT_EQ(file->content(), "<p>\xE9</p>");
}

// One byte more than the server takes is enough for it to say so.
TEST(LoadReleaseFile, ReadsNoMoreThanItMustOfAHugeFile) {
  const TempDir directory;
  WriteFile(directory.Join("a.html"), std::string(9 * 1024 * 1024, 'x'));
  const auto file = LoadReleaseFile({.path = directory.Join("a.html")});
  ASSERT_THAT(file, IsOk());
  EXPECT_EQ(file->content().size(), size_t{8} * 1024 * 1024 + 1);
}

TEST(LoadReleaseFile, NamesTheFileThatIsNotThere) {
  const auto file = LoadReleaseFile({.path = "/no/such.html"});
  EXPECT_THAT(file,
              StatusIs(StatusCode::kNotFound, HasSubstr("/no/such.html")));
  EXPECT_EQ(GetDetails(file.status()).reason, "FILE_UNREADABLE");
}

}  // namespace
}  // namespace tercet::cli
