#include "service/release/align_releases.h"

#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::IsEmpty;

SourcePage MakeVersion(const char* language, std::string title,
                       std::vector<std::string> paragraphs) {
  SourcePage source = {.file = std::string(language) + ".txt",
                       .language = *LanguageTag::Parse(language),
                       .format = PageFormat::kText};
  source.page.title = std::move(title);
  for (std::string& paragraph : paragraphs) {
    source.page.blocks.push_back({.text = std::move(paragraph)});
  }
  return source;
}

Release MakeRelease(std::string document = "press/1") {
  Release release = {.document = std::move(document)};
  release.versions.push_back(MakeVersion(
      "en", "Trade with Peru grew",
      {"Trade with Peru grew by 5.2 percent in 2008. Exports rose to 102.6 "
       "billion dollars.",
       "“We are glad,” the minister said in Lima."}));
  release.versions.push_back(
      MakeVersion("zh", "与秘鲁的贸易增长",
                  {"2008年与秘鲁的贸易增长了5.2%。出口增至1026亿美元。",
                   "部长在利马说：“我们很高兴。”"}));
  release.versions.push_back(
      MakeVersion("es", "Creció el comercio con Perú",
                  {"El comercio con Perú creció un 5,2 por ciento en 2008. Las "
                   "exportaciones subieron a 102.600 millones de dólares.",
                   "«Estamos contentos», dijo la ministra en Lima."}));
  release.versions[0].page.date = {2008, 11, 21};
  release.versions[0].page.dateline.agency = "Xinhua";
  return release;
}

std::string PropertyOf(const Unit& unit, std::string_view type) {
  for (const Property& property : unit.properties) {
    if (property.type == type) return property.value;
  }
  return "";
}

TEST(AlignRelease, MakesUnitsWithTheirPlaces) {
  AlignedRelease aligned = SplitRelease(MakeRelease());
  ASSERT_EQ(aligned.versions[0].sentences.size(), 4);
  EXPECT_EQ(aligned.versions[0].sentences[0].text, "Trade with Peru grew");
  EXPECT_EQ(aligned.versions[0].sentences[3].paragraph, 2);
  ASSERT_THAT(AlignRelease({}, aligned), IsOk());
  const std::vector<AlignedUnit> units = UnitsOf(aligned);
  ASSERT_EQ(units.size(), 4);
  const Unit& headline = units[0].unit;
  EXPECT_EQ(headline.variants.size(), 3);
  EXPECT_EQ(headline.variants[1].segment.text, "与秘鲁的贸易增长");
  EXPECT_EQ(headline.state, UnitState::kAligned);
  EXPECT_EQ(PropertyOf(headline, "x-headline"), "yes");
  EXPECT_EQ(PropertyOf(headline, "x-release-date"), "2008-11-21");
  EXPECT_EQ(PropertyOf(headline, "x-agency"), "Xinhua");
  const Unit& exports = units[2].unit;
  EXPECT_EQ(exports.variants[0].segment.text,
            "Exports rose to 102.6 billion dollars.");
  EXPECT_EQ(exports.variants[2].segment.text,
            "Las exportaciones subieron a 102.600 millones de dólares.");
  EXPECT_EQ(exports.origin.document, "press/1");
  EXPECT_EQ(exports.origin.previous,
            "Trade with Peru grew by 5.2 percent in 2008.");
  EXPECT_EQ(exports.origin.next, "“We are glad,” the minister said in Lima.");
  EXPECT_EQ(PropertyOf(exports, "x-position"), "2");
  EXPECT_EQ(PropertyOf(exports, "x-headline"), "");
}

TEST(AlignRelease, TrustsNothingThatCouldNotBeDecoded) {
  Release release = MakeRelease();
  release.versions[1].page.blocks[0].text = "2008年与秘鲁的\uFFFD增长了5.2%。";
  AlignedRelease aligned = SplitRelease(std::move(release));
  ASSERT_THAT(AlignRelease({}, aligned), IsOk());
  for (const AlignedUnit& unit : UnitsOf(aligned)) {
    bool bad = false;
    for (const Variant& variant : unit.unit.variants) {
      bad = bad || variant.segment.text.find("\uFFFD") != std::string::npos;
    }
    EXPECT_EQ(unit.confidence == 0, bad);
  }
}

TEST(AlignRelease, JoinsSentencesAsTheLanguageDoes) {
  AlignedRelease release = {.document = "d"};
  release.versions.resize(2);
  release.versions[0].sentences = {{.text = "One."}, {.text = "Two."}};
  release.versions[1].sentences = {{.text = "一。"}, {.text = "二。"}};
  const Bead bead = {.ranges = {{0, 2}, {0, 2}}};
  EXPECT_EQ(BeadText(release, bead, 0), "One. Two.");
  EXPECT_EQ(BeadText(release, bead, 1), "一。二。");
}

TEST(AlignRelease, LeavesOutWhatWasNotTranslated) {
  Release release = MakeRelease();
  release.versions[1].page.blocks[1].text =
      "“We are glad of the trade,” the minister said in Lima.";
  AlignedRelease aligned = SplitRelease(std::move(release));
  ASSERT_THAT(AlignRelease({}, aligned), IsOk());
  for (const AlignedUnit& unit : UnitsOf(aligned)) {
    for (const Variant& variant : unit.unit.variants) {
      EXPECT_TRUE(variant.language.language() != "zh" ||
                  variant.segment.text.find("minister") == std::string::npos);
    }
  }
}

std::vector<std::string> AlignAll(size_t threads) {
  std::vector<Release> releases;
  for (int i = 0; i < 20; ++i) {
    releases.push_back(MakeRelease(fmt::format("press/{}", i)));
  }
  std::vector<std::string> lines;
  std::vector<ReleaseProblem> problems;
  size_t progress = 0;
  EXPECT_THAT(
      AlignReleases(
          std::move(releases),
          {.threads = threads,
           .on_progress = [&](size_t done,
                              size_t total) { progress += done <= total; }},
          [&](AlignedRelease release) {
            for (const AlignedUnit& unit : UnitsOf(release)) {
              lines.push_back(fmt::format("{} {} {:.4f}", release.document,
                                          unit.bead, unit.confidence));
            }
            return OkStatus();
          },
          problems),
      IsOk());
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(progress, 40);
  return lines;
}

TEST(AlignReleases, DoesNotDependOnThreads) {
  const std::vector<std::string> lines = AlignAll(1);
  EXPECT_GE(lines.size(), 20);
  EXPECT_EQ(lines[0].substr(0, 7), "press/0");
  EXPECT_EQ(AlignAll(3), lines);
}

TEST(AlignReleases, LeavesOutWhatCannotBeAligned) {
  Release twice = MakeRelease("bad");
  twice.versions[1] = twice.versions[0];
  std::vector<Release> releases;
  releases.push_back(std::move(twice));
  releases.push_back(MakeRelease("good"));
  std::vector<std::string> documents;
  std::vector<ReleaseProblem> problems;
  EXPECT_THAT(AlignReleases(
                  std::move(releases), {},
                  [&](const AlignedRelease& release) {
                    documents.push_back(release.document);
                    return OkStatus();
                  },
                  problems),
              IsOk());
  EXPECT_THAT(documents, testing::ElementsAre("good"));
  ASSERT_EQ(problems.size(), 1);
  EXPECT_EQ(problems[0].reason, "ALIGN_VERSIONS_INVALID");
}

TEST(AlignReleases, StopsWhenNobodyWaits) {
  std::vector<Release> releases;
  releases.push_back(MakeRelease());
  std::vector<ReleaseProblem> problems;
  const Status status = AlignReleases(
      std::move(releases),
      {.stop = [] { return absl::CancelledError("gone"); }},
      [](const AlignedRelease&) { return OkStatus(); }, problems);
  EXPECT_EQ(status.code(), StatusCode::kCancelled);
}

}  // namespace
}  // namespace tercet
