#include "client/cli/unit_edit.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

v1::Unit UnitOf(const std::vector<LanguageText>& texts) {
  v1::Unit unit;
  for (const LanguageText& text : texts) {
    v1::Variant& variant = *unit.add_variants();
    variant.set_language_code(text.language);
    variant.set_text(text.text);
  }
  return unit;
}

std::vector<std::string> TextsOf(const v1::Unit& unit) {
  std::vector<std::string> texts;
  for (const v1::Variant& variant : unit.variants()) {
    texts.push_back(variant.language_code() + "=" + variant.text());
  }
  return texts;
}

TEST(ParseTexts, SplitsAtTheFirstSign) {
  const auto texts = ParseTexts({"en=a=b"});
  ASSERT_THAT(texts, IsOk());
  EXPECT_EQ(texts->front().language, "en");
  EXPECT_EQ(texts->front().text, "a=b");
}

TEST(ParseTexts, RefusesWhatHasNoLanguage) {
  EXPECT_THAT(ParseTexts({"flood"}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("en=flood")));
  EXPECT_THAT(ParseTexts({"cn=水灾"}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("'zh'")));
  EXPECT_THAT(ParseTexts({"en=\xff"}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("UTF-8")));
}

TEST(ApplyChange, ReplacesAllTextsOfALanguageInPlace) {
  v1::Unit unit =
      UnitOf({{"zh", "水灾"}, {"en", "a"}, {"es", "b"}, {"en", "c"}});
  unit.mutable_variants(1)->add_codes();
  EXPECT_THAT(ApplyChange({.set = {{"EN", "flood"}}}, unit), IsOk());
  EXPECT_THAT(TextsOf(unit), ElementsAre("zh=水灾", "en=flood", "es=b"));
  EXPECT_THAT(unit.variants(1).codes(), IsEmpty());
}

TEST(ApplyChange, AddsAndRemoves) {
  v1::Unit unit = UnitOf({{"zh-CN", "水灾"}, {"en", "a"}});
  EXPECT_THAT(
      ApplyChange(
          {.set = {{"es", "c"}}, .add = {{"en", "b"}}, .remove = {"zh_cn"}},
          unit),
      IsOk());
  EXPECT_THAT(TextsOf(unit), ElementsAre("en=a", "es=c", "en=b"));
}

TEST(ApplyChange, TakesNoRegionForAnother) {
  v1::Unit unit = UnitOf({{"zh-CN", "水灾"}, {"en", "a"}});
  EXPECT_THAT(ApplyChange({.set = {{"zh", "洪水"}}}, unit),
              StatusIs(StatusCode::kInvalidArgument,
                       HasSubstr("write zh-CN=TEXT to replace that, or --add "
                                 "zh=TEXT")));
  EXPECT_THAT(ApplyChange({.remove = {"zh"}}, unit),
              StatusIs(StatusCode::kInvalidArgument,
                       HasSubstr("no text in 'zh'; it has zh-CN, en")));
  EXPECT_THAT(TextsOf(unit), ElementsAre("zh-CN=水灾", "en=a"));
  EXPECT_THAT(ApplyChange({.add = {{"zh-TW", "水災"}}}, unit), IsOk());
}

TEST(MaskOf, NamesWhatChanges) {
  EXPECT_THAT(MaskOf({}), IsEmpty());
  EXPECT_THAT(MaskOf({.remove = {"en"},
                      .document = "d",
                      .state = v1::Unit::DRAFT,
                      .notes = {"n"}}),
              ElementsAre("variants", "origin", "state", "notes"));
}

}  // namespace
}  // namespace tercet::cli
