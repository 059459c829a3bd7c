// What is written is read back, field by field.
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/formats/format_helpers.h"
#include "tests/formats/random_unit.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr uint64_t kSeed = 20261123;
constexpr int kRounds = 500;

void ExpectRoundTrip(FileFormat format, const WriterOptions& options) {
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<Unit> units = {RandomUnit(random), RandomUnit(random)};
    const std::string file = WriteAll(format, units, options);
    const FileContent content = ReadAll(format, file);
    ASSERT_THAT(content.end, IsOk()) << "seed " << kSeed << ", round " << round;
    ASSERT_THAT(content.problems, IsEmpty()) << file;
    ASSERT_EQ(content.values(), units)
        << "seed " << kSeed << ", round " << round << "\n"
        << file;
  }
}

TEST(RoundTrip, TmxKeepsEveryField) { ExpectRoundTrip(FileFormat::kTmx, {}); }

TEST(RoundTrip, TmxKeepsEveryFieldUnderAHeaderWithALanguage) {
  ExpectRoundTrip(FileFormat::kTmx,
                  {.languages = {Tag("en"), Tag("zh-CN"), Tag("es-419"),
                                 Tag("zh-Hant"), Tag("x-klingon")}});
}

TEST(RoundTrip, JsonLinesKeepEveryField) {
  ExpectRoundTrip(FileFormat::kJsonLines, {});
}

TEST(RoundTrip, JsonLinesKeepMicroseconds) {
  Unit unit = MakeUnit({{"en", "a"}});
  unit.attribution.creation_micros = 1'234'567'890'123'456;
  unit.variants[0].attribution.change_micros = -1;
  const std::string file = WriteAll(FileFormat::kJsonLines, {unit});
  EXPECT_THAT(ReadAll(FileFormat::kJsonLines, file).values(),
              ElementsAre(unit));
}

TEST(RoundTrip, TsvKeepsTexts) {
  std::mt19937_64 random(kSeed);
  const WriterOptions options = {
      .languages = {Tag("en"), Tag("zh"), Tag("en")}};
  for (int round = 0; round < kRounds; ++round) {
    const Unit other = RandomUnit(random);
    Unit unit = MakeUnit({{"en", other.variants[0].segment.text},
                          {"zh", "中"},
                          {"en", other.variants[0].segment.text + "2"}});
    unit.source_language = Tag("en");
    const std::string file = WriteAll(FileFormat::kTsv, {unit}, options);
    ASSERT_THAT(ReadAll(FileFormat::kTsv, file).values(), ElementsAre(unit))
        << "seed " << kSeed << ", round " << round << "\n"
        << file;
  }
}

}  // namespace
}  // namespace tercet
