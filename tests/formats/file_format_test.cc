#include "service/formats/file_format.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet {
namespace {

using ::testing::Optional;

TEST(FormatFromName, KnowsEveryFormatsName) {
  for (FileFormat format :
       {FileFormat::kTmx, FileFormat::kTsv, FileFormat::kJsonLines,
        FileFormat::kCsv, FileFormat::kXliff, FileFormat::kPo}) {
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
  EXPECT_THAT(FormatFromPath("x.csv"), Optional(FileFormat::kCsv));
  EXPECT_THAT(FormatFromPath("x.sdlxliff"), Optional(FileFormat::kXliff));
  EXPECT_THAT(FormatFromPath("es.po"), Optional(FileFormat::kPo));
}

TEST(FormatFromPath, GivesNothingForOtherEndings) {
  for (std::string_view path :
       {"", "tmx", "a.tmx/b", "a.tmx.gz", "a.", "a.t"}) {
    EXPECT_EQ(FormatFromPath(path), std::nullopt) << path;
  }
}

}  // namespace
}  // namespace tercet
