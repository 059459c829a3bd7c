// What holds for all files to translate: the samples, where they are.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/formats/bilingual_helpers.h"
#include "tests/support/matchers.h"
#include "tests/support/shared_data.h"

namespace tercet {
namespace {

class BilingualSamples : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::optional<std::string> folder = SharedData("formats/xliff");
    if (!folder) {
      GTEST_SKIP() << "no samples: set TERCET_SHARED_DATA to the folder that "
                      "has formats/xliff";
    }
    for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
      if (entry.path().extension() == ".sdltm") continue;  // SQLite.
      std::ifstream file(entry.path(), std::ios::binary);
      files_[entry.path().filename()] =
          std::string(std::istreambuf_iterator<char>(file), {});
    }
  }

  std::map<std::string, std::string> files_;
};

bool IsUtf8(std::string_view bytes) {
  return !bytes.starts_with("\xFF\xFE") && !bytes.starts_with("\xFE\xFF");
}

TEST_F(BilingualSamples, AreGivenBackAsTheyAre) {
  for (const auto& [name, bytes] : files_) {
    for (const size_t chunk_bytes : {size_t{13}, size_t{1} << 16}) {
      const BilingualContent content =
          ReadBilingual(FileFormat::kXliff, bytes, {}, chunk_bytes);
      if (content.end.ok() && IsUtf8(bytes)) {
        EXPECT_EQ(content.written, bytes) << name;
      }
    }
  }
}

TEST_F(BilingualSamples, AreReadAgainWithTheTargetsThatWerePutIn) {
  for (const auto& [name, bytes] : files_) {
    const BilingualContent filled =
        ReadBilingual(FileFormat::kXliff, bytes, FillWithCapitals);
    if (!filled.end.ok()) continue;
    const BilingualContent again =
        ReadBilingual(FileFormat::kXliff, filled.written);
    ASSERT_THAT(again.end, IsOk()) << name;
    ASSERT_EQ(again.segments.size(), filled.segments.size()) << name;
    EXPECT_EQ(again.problems.size(), filled.problems.size()) << name;
    for (size_t i = 0; i < again.segments.size(); ++i) {
      TargetFill fill;
      if (!FillWithCapitals(filled.segments[i], fill)) continue;
      EXPECT_EQ(again.segments[i].source, filled.segments[i].source) << name;
      ASSERT_EQ(again.segments[i].targets.size(), 1) << name;
      EXPECT_EQ(again.segments[i].targets[0], *fill.target) << name << " " << i;
    }
  }
}

}  // namespace
}  // namespace tercet
