// Files that real tools wrote, and broken ones, against what their index says
// of them. They are not ours to ship: the tests run where they are, in
// $TERCET_SHARED_DATA or beside the sources. docs/formats/tolerance.md tells
// the outcomes.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"
#include "tests/support/shared_data.h"

namespace tercet {
namespace {

// The files of a folder; by name, so that failures come in a fixed order.
std::map<std::string, std::string> ReadFolder(const std::string& path) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    std::ifstream file(entry.path(), std::ios::binary);
    files[entry.path().filename()] =
        std::string(std::istreambuf_iterator<char>(file), {});
  }
  return files;
}

// The rows of an index by their first column; without the header.
std::map<std::string, std::vector<std::string>> ReadIndex(
    const std::string& path) {
  std::map<std::string, std::vector<std::string>> rows;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, '\t');) {
      cells.push_back(cell);
    }
    rows[cells.front()] = cells;
  }
  return rows;
}

class SharedSamples : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::optional<std::string> path = SharedData("formats/TMX_INDEX.tsv");
    if (!path) {
      GTEST_SKIP() << "no samples: set TERCET_SHARED_DATA to the folder that "
                      "has formats/";
    }
    folder_ = std::filesystem::path(*path).parent_path();
  }

  std::string folder_;
};

// The reasons of all problems, each once, in alphabetical order; the error's
// behind a colon.
std::string ReasonsOf(const FileContent& content) {
  std::set<std::string> reasons;
  for (const ReadProblem& problem : content.problems) {
    reasons.insert(problem.reason);
  }
  std::string all;
  for (const std::string& reason : reasons) {
    if (!all.empty()) all += ' ';
    all += reason;
  }
  if (!content.end.ok()) all += ":" + GetDetails(content.end).reason;
  return all;
}

int64_t CountSkipped(const FileContent& content) {
  return std::ranges::count_if(
      content.problems,
      [](const ReadProblem& problem) { return problem.skipped; });
}

TEST_F(SharedSamples, FilesOfToolsHaveTheUnitsAndLanguagesOfTheirIndex) {
  const auto index = ReadIndex(folder_ + "/TMX_INDEX.tsv");
  for (const auto& [name, bytes] : ReadFolder(folder_ + "/tmx")) {
    ASSERT_TRUE(index.contains(name)) << name;
    const std::vector<std::string>& row = index.at(name);
    const FileContent content = ReadAll(FileFormat::kTmx, bytes);
    EXPECT_THAT(content.end, IsOk()) << name;
    const int64_t units =
        static_cast<int64_t>(content.units.size()) + CountSkipped(content);
    EXPECT_EQ(std::to_string(units), row[5]) << name;
    std::set<LanguageTag> expected;
    std::istringstream languages(row[9]);
    for (std::string code; languages >> code;) expected.insert(Tag(code));
    for (const ReadUnit& read : content.units) {
      for (const Variant& variant : read.unit.variants) {
        EXPECT_TRUE(expected.contains(variant.language))
            << name << " " << variant.language.code();
      }
    }
  }
}

// What becomes of the broken files.
struct Outcome {
  std::string_view file;
  size_t units = 0;
  std::string_view reasons;
};

constexpr Outcome kOutcomes[] = {
#include "tests/formats/tmx_derived_outcomes.inc"
};

TEST_F(SharedSamples, BrokenFilesEndAsTheirIndexSays) {
  const std::map<std::string, std::string> files =
      ReadFolder(folder_ + "/tmx_derived");
  EXPECT_EQ(files.size(), std::size(kOutcomes));
  for (const auto& [name, bytes] : files) {
    const auto* const outcome =
        std::ranges::find(kOutcomes, name, &Outcome::file);
    const FileContent content = ReadAll(FileFormat::kTmx, bytes);
    ASSERT_NE(outcome, std::end(kOutcomes)) << name;
    EXPECT_EQ(content.units.size(), outcome->units) << name;
    EXPECT_EQ(ReasonsOf(content), outcome->reasons) << name;
    if (!content.end.ok()) {
      EXPECT_TRUE(GetDetails(content.end).metadata.contains("line")) << name;
    }
  }
}

TEST_F(SharedSamples, ChunksDoNotMatter) {
  for (const std::string folder : {"/tmx", "/tmx_derived"}) {
    for (const auto& [name, bytes] : ReadFolder(folder_ + folder)) {
      if (bytes.size() > 50'000) continue;
      const FileContent whole = ReadAll(FileFormat::kTmx, bytes);
      for (const size_t chunk_bytes : {1, 7}) {
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
  for (const std::string folder : {"/tmx", "/tmx_derived"}) {
    for (const auto& [name, bytes] : ReadFolder(folder_ + folder)) {
      const std::vector<Unit> units = ReadAll(FileFormat::kTmx, bytes).values();
      for (FileFormat format : {FileFormat::kTmx, FileFormat::kJsonLines}) {
        const FileContent again = ReadAll(format, WriteAll(format, units));
        EXPECT_THAT(again.end, IsOk()) << name;
        EXPECT_EQ(again.values(), units) << name;
      }
    }
  }
}

// XLIFF has no index; that of all segments as another parser counts them
// (Python's ElementTree, where it can read the file) has been compared by hand.
struct XliffOutcome {
  std::string_view file;
  size_t units = 0;
  int64_t skipped = 0;
  std::string_view reasons;
};

constexpr XliffOutcome kXliffOutcomes[] = {
#include "tests/formats/xliff_outcomes.inc"
};

TEST_F(SharedSamples, XliffFilesHaveTheSegmentsThatWereCounted) {
  const std::map<std::string, std::string> files =
      ReadFolder(folder_ + "/xliff");
  EXPECT_EQ(files.size(), std::size(kXliffOutcomes));
  for (const auto& [name, bytes] : files) {
    const auto* const outcome =
        std::ranges::find(kXliffOutcomes, name, &XliffOutcome::file);
    ASSERT_NE(outcome, std::end(kXliffOutcomes)) << name;
    const FileContent content = ReadAll(FileFormat::kXliff, bytes);
    EXPECT_EQ(content.units.size(), outcome->units) << name;
    EXPECT_EQ(CountSkipped(content), outcome->skipped) << name;
    EXPECT_EQ(ReasonsOf(content), outcome->reasons) << name;
  }
}

}  // namespace
}  // namespace tercet
