#include "client/job/job_analysis.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

SourceSegment In(std::string_view language, const std::string& text) {
  return {.source_language = *LanguageTag::Parse(language),
          .source = {.text = text}};
}
SourceSegment English(const std::string& text) { return In("en", text); }

constexpr MemoryMatch kNone = {};
constexpr MemoryMatch kExactMatch = {.score = 100};
constexpr MemoryMatch kContextMatch = {.score = 100, .in_context = true};

constexpr char kEnglish[] = "The council approved the new housing plan today.";
constexpr char kEnglishLater[] =
    "The council approved the new housing plan yesterday.";
constexpr char kSpanish[] = "El consejo aprobó hoy el nuevo plan de vivienda.";
constexpr char kSpanishLater[] =
    "El consejo aprobó ayer el nuevo plan de vivienda.";
constexpr char kChinese[] = "市议会今天批准了新的住房计划。";
constexpr char kChineseLater[] = "市议会昨天批准了新的住房计划。";

TEST(MatchBand, FollowsTheScore) {
  struct Case {
    int score;
    MatchBand memory;
    MatchBand internal;
  };
  const Case cases[] = {
      {99, MatchBand::k95, MatchBand::kInternal95},
      {95, MatchBand::k95, MatchBand::kInternal95},
      {94, MatchBand::k85, MatchBand::kInternal85},
      {85, MatchBand::k85, MatchBand::kInternal85},
      {84, MatchBand::k75, MatchBand::kInternal75},
      {75, MatchBand::k75, MatchBand::kInternal75},
      {74, MatchBand::k50, MatchBand::kInternal50},
      {50, MatchBand::k50, MatchBand::kInternal50},
      {49, MatchBand::kNoMatch, MatchBand::kNoMatch},
      {0, MatchBand::kNoMatch, MatchBand::kNoMatch},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(BandOfMatch(c.score, false), c.memory) << c.score;
    // In context, but penalties count.
    EXPECT_EQ(BandOfMatch(c.score, true), c.memory) << c.score;
    EXPECT_EQ(BandOfInternalMatch(c.score), c.internal) << c.score;
  }
  EXPECT_EQ(BandOfMatch(100, false), MatchBand::kExact);
  EXPECT_EQ(BandOfMatch(100, true), MatchBand::kInContext);
}

TEST(MatchBand, NamesAreDistinct) {
  std::vector<std::string_view> names;
  for (const MatchBand band : AllMatchBands()) {
    for (const std::string_view name : names) {
      EXPECT_NE(name, MatchBandName(band));
    }
    names.push_back(MatchBandName(band));
  }
  EXPECT_EQ(MatchBandName(MatchBand::kNoMatch), "no-match");
}

TEST(JobAnalysis, FindsRepetitionsWithinAndAcrossFiles) {
  JobAnalysis analysis({});
  analysis.BeginFile("a");
  EXPECT_EQ(analysis.Add(English(kEnglish), kNone), MatchBand::kNoMatch);
  EXPECT_EQ(analysis.Add(English(kEnglish), kNone), MatchBand::kRepetition);
  analysis.BeginFile("b");
  EXPECT_EQ(analysis.Add(English(kEnglish), kNone),
            MatchBand::kCrossFileRepetition);
  // Of the file itself, too: that is nearer.
  EXPECT_EQ(analysis.Add(English(kEnglish), kNone), MatchBand::kRepetition);
}

TEST(JobAnalysis, TakesOtherLanguagesAndTagsForOtherSegments) {
  JobAnalysis analysis({});
  analysis.BeginFile("a");
  SourceSegment tagged = English("Taxi");
  tagged.source.codes = {{.offset = 4}};
  EXPECT_EQ(analysis.Add(English("Taxi"), kNone), MatchBand::kNoMatch);
  EXPECT_EQ(analysis.Add(In("es", "Taxi"), kNone), MatchBand::kNoMatch);
  EXPECT_EQ(analysis.Add(tagged, kNone), MatchBand::kNoMatch);
  EXPECT_EQ(analysis.Add(In("en-GB", "Taxi"), kNone), MatchBand::kRepetition);
}

SourceSegment Into(std::string_view target, const std::string& text) {
  SourceSegment segment = English(text);
  segment.target_language = *LanguageTag::Parse(target);
  return segment;
}

// Each has to be translated.
TEST(JobAnalysis, KeepsTargetLanguagesApart) {
  JobAnalysis analysis({.internal_matches = true});
  analysis.BeginFile("a");
  EXPECT_EQ(analysis.Add(Into("es", kEnglish), kNone), MatchBand::kNoMatch);
  analysis.BeginFile("b");
  for (const char* target : {"zh", "zh-TW", "es-MX"}) {
    EXPECT_EQ(analysis.Add(Into(target, kEnglish), kNone), MatchBand::kNoMatch)
        << target;
  }
  EXPECT_EQ(analysis.Add(Into("zh-CN", kEnglish), kNone),
            MatchBand::kRepetition);
  EXPECT_EQ(analysis.Add(Into("es-ES", kEnglishLater), kNone),
            MatchBand::kInternal85);
  EXPECT_EQ(analysis.Add(Into("fr", kEnglishLater), kNone),
            MatchBand::kNoMatch);
}

TEST(JobAnalysis, CountsAFileOfSeveralLanguagesByThem) {
  JobAnalysis analysis({});
  analysis.BeginFile("a");
  for (const char* target : {"es", "zh", "es"}) {
    analysis.Add(Into(target, kEnglish), kNone);
  }
  analysis.BeginFile("b");
  ASSERT_EQ(analysis.files().size(), 3);
  EXPECT_EQ(analysis.file_count(), 2);
  const FileAnalysis& spanish = analysis.files()[0];
  EXPECT_EQ(spanish.target_language.code(), "es");
  EXPECT_EQ(spanish.counts.Total().segments, 2);
  const FileAnalysis& chinese = analysis.files()[1];
  EXPECT_EQ(chinese.name, "a");
  EXPECT_EQ(chinese.source_language.code(), "en");
  EXPECT_EQ(chinese.target_language.code(), "zh");
  EXPECT_EQ(chinese.counts[MatchBand::kNoMatch].segments, 1);
  EXPECT_EQ(analysis.files()[2].name, "b");
}

TEST(JobAnalysis, PutsRepetitionsBetweenContextAndExactMatches) {
  JobAnalysis analysis({});
  analysis.BeginFile("a");
  EXPECT_EQ(analysis.Add(English(kEnglish), kExactMatch), MatchBand::kExact);
  EXPECT_EQ(analysis.Add(English(kEnglish), kExactMatch),
            MatchBand::kRepetition);
  EXPECT_EQ(analysis.Add(English(kEnglish), kContextMatch),
            MatchBand::kInContext);
}

TEST(JobAnalysis, MayPutExactMatchesFirst) {
  JobAnalysis analysis({.exact_before_repetition = true});
  analysis.BeginFile("a");
  analysis.Add(English(kEnglish), kExactMatch);
  EXPECT_EQ(analysis.Add(English(kEnglish), kExactMatch), MatchBand::kExact);
  EXPECT_EQ(analysis.Add(English(kEnglish), {.score = 99}),
            MatchBand::kRepetition);
}

TEST(JobAnalysis, CountsInternalMatchesOnRequest) {
  const std::vector<std::pair<SourceSegment, SourceSegment>> pairs = {
      {In("en", kEnglish), In("en", kEnglishLater)},
      {In("es", kSpanish), In("es", kSpanishLater)},
      {In("zh", kChinese), In("zh-CN", kChineseLater)}};
  for (const auto& [first, later] : pairs) {
    JobAnalysis with({.internal_matches = true});
    JobAnalysis without({});
    for (JobAnalysis* analysis : {&with, &without}) {
      analysis->BeginFile("a");
      EXPECT_EQ(analysis->Add(first, kNone), MatchBand::kNoMatch);
      analysis->BeginFile("b");
    }
    EXPECT_EQ(with.Add(later, kNone), MatchBand::kInternal85)
        << later.source.text;
    EXPECT_EQ(without.Add(later, kNone), MatchBand::kNoMatch);
  }
}

TEST(JobAnalysis, InternalMatchesMustBeBetterThanTheMemorys) {
  JobAnalysis analysis({.internal_matches = true});
  analysis.BeginFile("a");
  analysis.Add(English(kEnglish), kNone);
  // One word of eight differs: 88.
  EXPECT_EQ(analysis.Add(English(kEnglishLater), {.score = 88}),
            MatchBand::k85);
  analysis.BeginFile("b");
  EXPECT_EQ(
      analysis.Add(English("The council approved the old housing plan today."),
                   {.score = 76}),
      MatchBand::kInternal85);
}

TEST(JobAnalysis, KeepsTranslatedAndLockedSegmentsApart) {
  SourceSegment translated = English(kEnglish);
  translated.is_translated = true;
  SourceSegment locked = English(kEnglishLater);
  locked.is_locked = true;
  JobAnalysis apart({});
  apart.BeginFile("a");
  EXPECT_EQ(apart.Add(translated, kNone), MatchBand::kTranslated);
  EXPECT_EQ(apart.Add(locked, kNone), MatchBand::kLocked);
  // Its translation is there.
  EXPECT_EQ(apart.Add(English(kEnglish), kNone), MatchBand::kRepetition);

  JobAnalysis all({.count_translated = true});
  all.BeginFile("a");
  EXPECT_EQ(all.Add(translated, {.score = 90}), MatchBand::k85);
  EXPECT_EQ(all.Add(locked, kNone), MatchBand::kLocked);
}

// It gets no translation that others could take.
TEST(JobAnalysis, RepeatsNothingThatIsLocked) {
  SourceSegment locked = English(kEnglish);
  locked.is_locked = true;
  JobAnalysis analysis({.internal_matches = true});
  analysis.BeginFile("a");
  EXPECT_EQ(analysis.Add(locked, kNone), MatchBand::kLocked);
  EXPECT_EQ(analysis.Add(English(kEnglishLater), kNone), MatchBand::kNoMatch);
  EXPECT_EQ(analysis.Add(English(kEnglish), kNone), MatchBand::kInternal85);

  SourceSegment translated = English("Locked, with its translation.");
  translated.is_locked = true;
  translated.is_translated = true;
  EXPECT_EQ(analysis.Add(translated, kNone), MatchBand::kLocked);
  EXPECT_EQ(analysis.Add(English(translated.source.text), kNone),
            MatchBand::kRepetition);
}

TEST(JobAnalysis, AddsUp) {
  JobAnalysis analysis({});
  analysis.BeginFile("a");
  analysis.Add(English(kEnglish), kNone);
  analysis.Add(English(kEnglish), kNone);
  analysis.BeginFile("b");
  analysis.Add(In("zh", kChinese), kExactMatch);
  ASSERT_EQ(analysis.files().size(), 2);
  EXPECT_EQ(analysis.files()[0].counts.Total().words, 16);
  EXPECT_EQ(analysis.files()[0].counts[MatchBand::kRepetition].words, 8);
  EXPECT_EQ(analysis.files()[1].counts[MatchBand::kExact].words, 14);
  EXPECT_EQ(analysis.files()[1].source_language.code(), "zh");
  const BandCounts total = analysis.Total();
  EXPECT_EQ(total.Total().segments, 3);
  EXPECT_EQ(total.Total().words, 30);
  EXPECT_EQ(total[MatchBand::kNoMatch].words, 8);
}

}  // namespace
}  // namespace tercet
