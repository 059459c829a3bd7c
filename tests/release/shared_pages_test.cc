// The real pages of ../shared/data, where they are.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gtest/gtest.h"
#include "service/release/read_page.h"
#include "tests/support/matchers.h"
#include "tests/support/shared_data.h"

namespace tercet {
namespace {

namespace fs = std::filesystem;

std::string Slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(SharedPages, AllTrilingualPagesAreRead) {
  const auto root = SharedData("releases/debian_trilingual");
  if (!root.has_value()) GTEST_SKIP() << "no ../shared/data/releases";
  size_t pages = 0;
  for (const auto& entry : fs::recursive_directory_iterator(*root)) {
    if (entry.path().extension() != ".wml") continue;
    const std::string bytes = Slurp(entry.path());
    const StatusOr<ReleasePage> page =
        ReadPage({.name = entry.path().string(), .bytes = bytes});
    ASSERT_THAT(page, IsOk()) << entry.path();
    for (const Block& block : page->blocks) {
      for (const char* rest : {"define-tag", "[CN:", "<:=", "{#"}) {
        EXPECT_EQ(block.text.find(rest), std::string::npos)
            << entry.path() << ": " << block.text;
      }
    }
    ++pages;
  }
  EXPECT_EQ(pages, 135 * 3);
}

TEST(SharedPages, TheAgencyPageIsRead) {
  const auto path = SharedData("seed/xinhua-2008-11-22.en.txt");
  if (!path.has_value()) GTEST_SKIP() << "no ../shared/data/seed";
  const std::string bytes = Slurp(*path);
  const StatusOr<ReleasePage> page = ReadPage(
      {.name = "xinhua-2008-11-22.en.txt", .bytes = bytes, .language = "en"});
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->title,
            "China, Latin America join hands in creating model for "
            "South-South Cooperation");
  EXPECT_EQ(FormatDate(page->date), "2008-11-22");
  EXPECT_EQ(page->dateline.agency, "Xinhua");
  EXPECT_EQ(page->category, "Economy & Trade");
  EXPECT_EQ(page->blocks.size(), 22);
  EXPECT_TRUE(page->blocks[0].text.starts_with("Following his trip"));
  EXPECT_EQ(page->dropped.size(), 2);
}

}  // namespace
}  // namespace tercet
