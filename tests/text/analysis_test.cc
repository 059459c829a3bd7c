#include "service/text/analysis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tercet {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Analysis Of(std::string text, std::string_view language = "en") {
  return Analyze({.text = std::move(text)}, language);
}

TEST(Analyze, StemsInflectedForms) {
  EXPECT_EQ(Of("country").stems, Of("countries").stems);
  EXPECT_EQ(Of("acuerdo", "es").stems, Of("acuerdos", "es").stems);
  EXPECT_NE(Of("country").stems, Of("county").stems);
  EXPECT_NE(Of("country").tokens[0].form, Of("countries").tokens[0].form);
}

TEST(Analyze, LanguagesWithoutRulesKeepTheWord) {
  EXPECT_NE(Of("countries", "de").stems, Of("country", "de").stems);
}

TEST(Analyze, FoldsLetterFormButKeepsRaw) {
  const Token upper = Of("Trade").tokens[0];
  const Token lower = Of("trade").tokens[0];
  EXPECT_EQ(upper.form, lower.form);
  EXPECT_NE(upper.raw, lower.raw);
}

TEST(Analyze, NumbersAreOfOneClassWithTheirOwnForm) {
  const Token a = Of("12").tokens[0];
  const Token b = Of("13.5").tokens[0];
  EXPECT_EQ(a.kind, TokenKind::kPlaceable);
  EXPECT_EQ(a.stem, b.stem);
  EXPECT_NE(a.form, b.form);
  EXPECT_NE(a.stem, Of("https://example.org").tokens[0].stem);
}

TEST(Analyze, FullWidthDigitsHaveTheSameForm) {
  EXPECT_EQ(Of("２０", "zh").tokens[0].form, Of("20", "zh").tokens[0].form);
}

TEST(Analyze, CanonicallyEqualTextsHashAlike) {
  EXPECT_EQ(Of("cafe\u0301").text_hash, Of("caf\u00e9").text_hash);
  EXPECT_EQ(Of("cafe\u0301").tokens[0].raw, Of("caf\u00e9").tokens[0].raw);
  EXPECT_EQ(HashText("cafe\u0301"), Of("caf\u00e9").text_hash);
  EXPECT_NE(Of("cafe").text_hash, Of("caf\u00e9").text_hash);
}

TEST(Analyze, PunctuationDoesNotCountAsWord) {
  EXPECT_THAT(Of("Yes, sir!").stems, SizeIs(2));
  EXPECT_THAT(Of("Yes, sir!").tokens, SizeIs(4));
}

TEST(Analyze, WordlessSegmentIsComparedByItsMarks) {
  EXPECT_THAT(Of("?!…").stems, SizeIs(3));
  EXPECT_NE(Of("?!").stems, Of("!!").stems);
}

TEST(Analyze, TagOnlySegmentIsComparedByItsTags) {
  const Segment segment = {.text = " ",
                           .codes = {{.kind = InlineCode::Kind::kPlaceholder}}};
  EXPECT_THAT(Analyze(segment, "en").stems, SizeIs(1));
}

TEST(Analyze, NothingVisibleGivesNoTokens) {
  EXPECT_THAT(Of("\u200b\u200b").tokens, IsEmpty());
}

TEST(Analyze, TagsStandWhereTheyAre) {
  const Segment segment = {
      .text = "a bold word",
      .codes = {{.kind = InlineCode::Kind::kBeginPaired, .offset = 2},
                {.kind = InlineCode::Kind::kEndPaired, .offset = 6},
                {.kind = InlineCode::Kind::kPlaceholder, .offset = 11}}};
  const Analysis analysis = Analyze(segment, "en");
  std::vector<TokenKind> kinds;
  for (const Token& token : analysis.tokens) kinds.push_back(token.kind);
  using enum TokenKind;
  EXPECT_THAT(kinds,
              testing::ElementsAre(kWord, kTag, kWord, kTag, kWord, kTag));
  EXPECT_NE(analysis.exact_hash, analysis.text_hash);
}

TEST(Analyze, TagContentDoesNotMatter) {
  Segment a = {.text = "x", .codes = {{.content = "<b>"}}};
  Segment b = {.text = "x", .codes = {{.content = "<i>"}}};
  EXPECT_EQ(Analyze(a, "en").exact_hash, Analyze(b, "en").exact_hash);
  b.codes[0].offset = 1;
  EXPECT_NE(Analyze(a, "en").exact_hash, Analyze(b, "en").exact_hash);
}

TEST(Analyze, IsTheSameOnEveryCall) {
  const std::string text =
      "El 21 de noviembre, China y Perú firmaron 3 acuerdos.";
  EXPECT_EQ(Of(text, "es").tokens, Of(text, "es").tokens);
}

TEST(AnalysisVersion, NamesTheLibraries) {
  EXPECT_THAT(AnalysisVersion(), testing::HasSubstr("icu-"));
}

}  // namespace
}  // namespace tercet
