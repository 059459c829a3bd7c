// TMX files that real tools wrote, and broken ones. They are not ours to ship:
// the test runs where they are, in $TERCET_SHARED_DATA or beside the sources.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::AnyOf;

std::filesystem::path FormatsFolder() {
  const char* shared = std::getenv("TERCET_SHARED_DATA");
  const std::filesystem::path data =
      shared
          ? std::filesystem::path(shared)
          : std::filesystem::path(TERCET_SOURCE_DIR) / ".." / "shared" / "data";
  return data / "formats";
}

// The files of a folder; by name, so that failures come in a fixed order.
std::map<std::string, std::string> ReadFolder(std::string_view name) {
  std::map<std::string, std::string> files;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(FormatsFolder() / name, error)) {
    std::ifstream file(entry.path(), std::ios::binary);
    files[entry.path().filename()] =
        std::string(std::istreambuf_iterator<char>(file), {});
  }
  return files;
}

class SharedSamples : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::is_directory(FormatsFolder() / "tmx")) {
      GTEST_SKIP() << "no samples in " << FormatsFolder()
                   << ": set TERCET_SHARED_DATA to the folder that has them";
    }
  }
};

TEST_F(SharedSamples, RealFilesAreReadToTheEnd) {
  for (const auto& [name, bytes] : ReadFolder("tmx")) {
    const FileContent content = ReadAll(FileFormat::kTmx, bytes);
    EXPECT_THAT(content.end, IsOk()) << name;
    for (const ReadProblem& problem : content.problems) {
      EXPECT_FALSE(problem.skipped) << name << ": " << problem.message;
    }
  }
}

TEST_F(SharedSamples, BrokenFilesEndInAClearErrorOrAreRead) {
  for (const auto& [name, bytes] : ReadFolder("tmx_derived")) {
    const FileContent content = ReadAll(FileFormat::kTmx, bytes);
    if (content.end.ok()) continue;
    EXPECT_THAT(content.end, AnyOf(ReasonIs("FILE_MALFORMED"),
                                   ReasonIs("FILE_ENCODING_UNSUPPORTED")))
        << name;
    EXPECT_TRUE(GetDetails(content.end).metadata.contains("line")) << name;
  }
}

TEST_F(SharedSamples, FilesThatStandardsAllowAreRead) {
  // The rest of the broken files needs more tolerance than XML has.
  const std::set<std::string> refused = {
      "01_raw_control_char.tmx",
      "02_charref_control.tmx",
      "03_unescaped_amp.tmx",
      "04_unescaped_lt.tmx",
      "05_truncated_mid_tag.tmx",
      "06_truncated_no_close.tmx",
      "07_mismatched_tag.tmx",
      "11_gb18030_declared.tmx",
      "14_latin1_bytes_declared_utf8.tmx",
      "17_utf16_bytes_declared_utf8.tmx",
      "18_utf8_declared_utf16.tmx",
      "19_double_bom.tmx",
      "21_lone_surrogate_ref.tmx",
      "42_deep_nesting.tmx",
      "47_trailing_garbage.tmx",
      "48_empty.tmx",
      "49_only_bom.tmx",
      "50_html_error_page.tmx",
      "53_nul_bytes.tmx",
  };
  for (const auto& [name, bytes] : ReadFolder("tmx_derived")) {
    if (refused.contains(name)) continue;
    EXPECT_THAT(ReadAll(FileFormat::kTmx, bytes).end, IsOk()) << name;
  }
}

TEST_F(SharedSamples, ChunksDoNotMatter) {
  for (std::string_view folder : {"tmx", "tmx_derived"}) {
    for (const auto& [name, bytes] : ReadFolder(folder)) {
      if (bytes.size() > 100'000) continue;
      const FileContent whole = ReadAll(FileFormat::kTmx, bytes);
      for (size_t chunk_bytes : {1, 7}) {
        const FileContent pieces =
            ReadAll(FileFormat::kTmx, bytes, chunk_bytes);
        EXPECT_EQ(pieces.items, whole.items) << name;
        EXPECT_EQ(DescribeStatus(pieces.end), DescribeStatus(whole.end))
            << name;
      }
    }
  }
}

TEST_F(SharedSamples, WhatWasReadIsWrittenAndReadAgain) {
  for (std::string_view folder : {"tmx", "tmx_derived"}) {
    for (const auto& [name, bytes] : ReadFolder(folder)) {
      const std::vector<Unit> units = ReadAll(FileFormat::kTmx, bytes).values();
      for (FileFormat format : {FileFormat::kTmx, FileFormat::kJsonLines}) {
        const FileContent again = ReadAll(format, WriteAll(format, units));
        EXPECT_THAT(again.end, IsOk()) << name;
        EXPECT_EQ(again.values(), units) << name;
      }
    }
  }
}

}  // namespace
}  // namespace tercet
