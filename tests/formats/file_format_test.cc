#include "service/formats/file_format.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet {
namespace {

using ::testing::Optional;

TEST(FormatFromName, KnowsEveryFormatsName) {
  for (FileFormat format :
       {FileFormat::kTmx, FileFormat::kTsv, FileFormat::kJsonLines}) {
    EXPECT_THAT(FormatFromName(FormatName(format)), Optional(format));
  }
  EXPECT_EQ(FormatFromName("TMX"), std::nullopt);
  EXPECT_EQ(FormatFromName(""), std::nullopt);
}

TEST(FormatFromPath, GoesByTheEndingInAnyCase) {
  EXPECT_THAT(FormatFromPath("/a.b/News.TMX"), Optional(FileFormat::kTmx));
  EXPECT_THAT(FormatFromPath("news.tsv"), Optional(FileFormat::kTsv));
  EXPECT_THAT(FormatFromPath("news.tab"), Optional(FileFormat::kTsv));
  EXPECT_THAT(FormatFromPath("x.jsonl"), Optional(FileFormat::kJsonLines));
  EXPECT_THAT(FormatFromPath("x.ndjson"), Optional(FileFormat::kJsonLines));
}

TEST(FormatFromPath, GivesNothingForOtherEndings) {
  for (std::string_view path :
       {"", "tmx", "a.tmx/b", "a.tmx.gz", "a.", "a.t"}) {
    EXPECT_EQ(FormatFromPath(path), std::nullopt) << path;
  }
}

}  // namespace
}  // namespace tercet
