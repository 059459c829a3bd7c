// Keeps alignment from getting worse on the gold sets. The floors are a point
// or two under what docs/alignment.md reports without a memory.
#include "bench/align/gold.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "bench/align/baselines.h"
#include "bench/align/noise.h"
#include "bench/align/strict_score.h"
#include "service/align/align.h"
#include "tests/support/matchers.h"
#include "tests/support/shared_data.h"

namespace tercet {
namespace {

double StrictF1(const std::vector<bench::GoldDocument>& documents) {
  bench::StrictScore score;
  for (const bench::GoldDocument& document : documents) {
    const StatusOr<std::vector<Bead>> beads =
        AlignDocuments(document.versions, {});
    EXPECT_THAT(beads, IsOk());
    if (!beads.ok()) continue;
    std::vector<bench::BeadRanges> ranges;
    for (const Bead& bead : *beads) ranges.push_back(bead.ranges);
    score += bench::ScoreBeads(ranges, document.beads);
  }
  return score.all.F1();
}

double GaleChurchF1(const std::vector<bench::GoldDocument>& documents) {
  bench::StrictScore score;
  for (const bench::GoldDocument& document : documents) {
    score += bench::ScoreBeads(
        bench::GaleChurch(document.versions[0], document.versions[1]),
        document.beads);
  }
  return score.all.F1();
}

class AlignGold : public ::testing::Test {
 protected:
  std::vector<bench::GoldDocument> Gold(const std::string& set) {
    const std::optional<std::string> folder = SharedData("align_gold/" + set);
    return folder.has_value() ? bench::ReadGold(*folder)
                              : std::vector<bench::GoldDocument>();
  }
};

#define SKIP_WITHOUT(documents) \
  if ((documents).empty()) GTEST_SKIP() << "no shared data"

TEST_F(AlignGold, ChineseAndEnglish) {
  const auto documents = Gold("champollion_zh-en");
  SKIP_WITHOUT(documents);
  EXPECT_GE(StrictF1(documents), 0.88);
}

TEST_F(AlignGold, PolishAndEnglishOrGerman) {
  const auto documents = Gold("maligna_pl");
  SKIP_WITHOUT(documents);
  EXPECT_GE(StrictF1(documents), 0.955);
  EXPECT_GT(StrictF1(documents), GaleChurchF1(documents));
}

TEST_F(AlignGold, EnglishAndIcelandic) {
  const auto documents = Gold("parice_en-is");
  SKIP_WITHOUT(documents);
  EXPECT_GE(StrictF1(documents), 0.84);
  EXPECT_GT(StrictF1(documents), GaleChurchF1(documents));
}

TEST_F(AlignGold, NoisyEnglishAndSpanishReleases) {
  const std::optional<std::string> path =
      SharedData("releases/debian_paragraphs_en_zh_es.tsv");
  if (!path.has_value()) GTEST_SKIP() << "no shared data";
  const auto releases = bench::ReadParagraphs(*path, {{0, "en"}, {2, "es"}}, 8);
  std::vector<bench::GoldDocument> noisy;
  for (size_t i = 0; i < releases.size(); ++i) {
    const auto& strangers = releases[(i + 1) % releases.size()];
    noisy.push_back(bench::AddNoise(releases[i], strangers, {}, 30 + i));
  }
  EXPECT_GE(StrictF1(noisy), 0.95);
  EXPECT_GT(StrictF1(noisy), GaleChurchF1(noisy));
}

}  // namespace
}  // namespace tercet
