#include "service/align/align.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The ranges of each bead, as in "0,1-0": sentences 0 and 1, and sentence 0.
std::vector<std::string> Align(const std::vector<DocumentVersion>& versions,
                               const Lexicon* lexicon = nullptr) {
  const StatusOr<std::vector<Bead>> beads =
      AlignDocuments(versions, {.lexicon = lexicon});
  EXPECT_TRUE(beads.ok()) << beads.status();
  std::vector<std::string> out;
  if (!beads.ok()) return out;
  for (const Bead& bead : *beads) {
    std::string text;
    for (const SentenceRange& range : bead.ranges) {
      if (&range != &bead.ranges.front()) text += "-";
      for (uint32_t i = range.begin; i < range.end; ++i) {
        text += (i > range.begin ? "," : "") + std::to_string(i);
      }
    }
    out.push_back(text);
  }
  return out;
}

const DocumentVersion kEnglish = {
    "en",
    {{"Exports rose 12.5 percent in 2019.", "Imports fell 3 percent."},
     {"Minister Zhang Wei praised the result.",
      "He spoke to reporters in Shanghai on Monday, November 25."}}};
const DocumentVersion kSpanish = {
    "es",
    {{"Las exportaciones subieron un 12,5 por ciento en 2019.",
      "Las importaciones bajaron un 3 por ciento."},
     {"El ministro Zhang Wei elogió el resultado.",
      "Habló con periodistas en Shanghái el lunes 25 de noviembre."}}};
const DocumentVersion kChinese = {
    "zh",
    {{"2019年出口增长12.5%，进口下降3%。"},
     {"部长张伟赞扬了这一成果。", "他11月25日星期一在上海对记者说了这番话。"}}};

TEST(AlignDocuments, FindsTranslations) {
  EXPECT_THAT(Align({kEnglish, kSpanish}),
              ElementsAre("0-0", "1-1", "2-2", "3-3"));
}

TEST(AlignDocuments, MergesWhatOtherVersionSaysInOneSentence) {
  EXPECT_THAT(Align({kEnglish, kChinese}), ElementsAre("0,1-0", "2-1", "3-2"));
}

TEST(AlignDocuments, AlignsThreeVersionsJointly) {
  EXPECT_THAT(Align({kEnglish, kSpanish, kChinese}),
              ElementsAre("0,1-0,1-0", "2-2-1", "3-3-2"));
}

TEST(AlignDocuments, LeavesOutWhatOneOfThreeLacks) {
  DocumentVersion shorter = kSpanish;
  shorter.paragraphs[1].erase(shorter.paragraphs[1].begin());
  EXPECT_THAT(Align({kEnglish, shorter, kChinese}),
              ElementsAre("0,1-0,1-0", "2--1", "3-2-2"));
}

TEST(AlignDocuments, LeavesOutWhatOtherVersionLacks) {
  DocumentVersion shorter = kSpanish;
  shorter.paragraphs[0].erase(shorter.paragraphs[0].begin());
  EXPECT_THAT(Align({kEnglish, shorter}),
              ElementsAre("0-", "1-0", "2-1", "3-2"));
}

TEST(AlignDocuments, AlignsNothingWithEmptyVersion) {
  EXPECT_THAT(Align({kEnglish, {"es", {}}}),
              ElementsAre("0-", "1-", "2-", "3-"));
  EXPECT_THAT(Align({{"en", {}}, {"es", {{}, {}}}}), IsEmpty());
}

TEST(AlignDocuments, TellsReasons) {
  const std::vector<DocumentVersion> versions = {kEnglish, kSpanish};
  const StatusOr<std::vector<Bead>> beads = AlignDocuments(versions, {});
  ASSERT_TRUE(beads.ok());
  EXPECT_GT(beads->at(0).reasons.numbers, 1);
  EXPECT_GT(beads->at(2).reasons.cognates, 1);
  EXPECT_GT(beads->at(0).confidence, 0.8);
  EXPECT_LE(beads->at(0).confidence, 1);
}

TEST(AlignDocuments, RefusesWhatItCannotAlign) {
  const auto error = [](const std::vector<DocumentVersion>& versions) {
    return AlignDocuments(versions, {}).status();
  };
  EXPECT_THAT(error({kEnglish}), ReasonIs("ALIGN_VERSIONS_INVALID"));
  EXPECT_THAT(error({kEnglish, kEnglish}), ReasonIs("ALIGN_VERSIONS_INVALID"));
  EXPECT_THAT(error({kEnglish, {"es", {{"\xFF"}}}}),
              ReasonIs("ALIGN_VERSIONS_INVALID"));
  const std::vector<std::string> many(kMaxAlignedSentences + 1, "a");
  EXPECT_THAT(error({kEnglish, {"es", {many}}}), ReasonIs("ALIGN_TOO_LARGE"));
}

}  // namespace
}  // namespace tercet
