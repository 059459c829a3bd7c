// Readers give the same whatever pieces a file comes in.
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/formats/format_helpers.h"
#include "tests/formats/random_unit.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

constexpr size_t kChunkBytes[] = {1, 2, 3, 7, 1000};

// Good files, and ones with problems of all kinds.
std::vector<std::string> SampleFiles(FileFormat format) {
  std::mt19937_64 random(7);
  std::vector<Unit> units;
  for (int i = 0; i < 40; ++i) units.push_back(RandomUnit(random));
  const std::string good = WriteAll(
      format, units, {.languages = {Tag("en"), Tag("zh-CN"), Tag("es-419")}});
  std::vector<std::string> files = {
      good,
      good.substr(0, good.size() / 2),
      good.substr(0, good.size() / 3) + "\xFF<&\n" +
          good.substr(good.size() / 3),
      "",
      "\xEF\xBB\xBF" + good,
      "en\tzh\r\na\tb\r\n\r\nc\n\td\r",
      "{\"en\":\"a\",\"zh\":\"b\"}\r\n[]\n{}\r\n",
      TmxWith("<tu><tuv xml:lang='en'><seg>a&eacute;&b;\r\n<x/>c</seg></tuv>"
              "</tu>\r\n<tu/>\r<tu>\n<tuv><seg>b</seg></tuv></tu>&c;"),
  };
  return files;
}

void ExpectSameInAllChunks(FileFormat format) {
  for (const std::string& file : SampleFiles(format)) {
    const FileContent whole = ReadAll(format, file);
    for (size_t chunk_bytes : kChunkBytes) {
      const FileContent pieces = ReadAll(format, file, chunk_bytes);
      EXPECT_EQ(pieces.items, whole.items) << chunk_bytes << "\n" << file;
      EXPECT_EQ(DescribeStatus(pieces.end), DescribeStatus(whole.end))
          << chunk_bytes << "\n"
          << file;
    }
  }
}

TEST(Chunks, DoNotMatterToTmx) { ExpectSameInAllChunks(FileFormat::kTmx); }
TEST(Chunks, DoNotMatterToTsv) { ExpectSameInAllChunks(FileFormat::kTsv); }
TEST(Chunks, DoNotMatterToJsonLines) {
  ExpectSameInAllChunks(FileFormat::kJsonLines);
}

}  // namespace
}  // namespace tercet
