#include "service/memory/merge.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/memory/test_database.h"
#include "tests/support/random_text.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;

Unit Merged(Unit unit, const Unit& added, WriteMode mode) {
  MergeUnit(added, mode, unit);
  return unit;
}

std::vector<std::string> TextsOf(const Unit& unit) {
  std::vector<std::string> texts;
  for (const Variant& variant : unit.variants) {
    texts.push_back(variant.language.code() + ":" + variant.segment.text);
  }
  return texts;
}

TEST(MergeUnit, AddsVariantsThatAreNew) {
  const Unit unit = MakeUnit({{"en", "Yes."}, {"es", "Sí."}});
  const Unit added =
      MakeUnit({{"en", "Yes."}, {"es", "Claro."}, {"zh", "是。"}});
  EXPECT_THAT(TextsOf(Merged(unit, added, WriteMode::kAddVariants)),
              ElementsAre("en:Yes.", "es:Sí.", "es:Claro.", "zh:是。"));
}

TEST(MergeUnit, KnowsALanguageInAnotherSpelling) {
  const Unit unit = MakeUnit({{"en", "Yes."}, {"zh-CN", "是。"}});
  const Unit added = MakeUnit({{"en-US", "Yes."}, {"zh", "是。"}});
  EXPECT_EQ(Merged(unit, added, WriteMode::kAddVariants), unit);
}

TEST(MergeUnit, KeepsRegionsApart) {
  const Unit unit = MakeUnit({{"en", "Yes."}, {"zh-CN", "是。"}});
  const Unit added = MakeUnit({{"en", "Yes."}, {"zh-TW", "是。"}});
  EXPECT_THAT(TextsOf(Merged(unit, added, WriteMode::kAddVariants)),
              ElementsAre("en:Yes.", "zh-CN:是。", "zh-TW:是。"));
  EXPECT_THAT(TextsOf(Merged(unit, added, WriteMode::kOverwrite)),
              ElementsAre("en:Yes.", "zh-CN:是。", "zh-TW:是。"));
}

TEST(MergeUnit, OverwritesAllOfALanguageInItsPlace) {
  const Unit unit =
      MakeUnit({{"es", "Uno."}, {"en", "One."}, {"es", "Un."}, {"zh", "一。"}});
  const Unit added =
      MakeUnit({{"en", "One."}, {"es", "Dos."}, {"es", "Tres."}});
  EXPECT_THAT(TextsOf(Merged(unit, added, WriteMode::kOverwrite)),
              ElementsAre("es:Dos.", "es:Tres.", "en:One.", "zh:一。"));
}

TEST(MergeUnit, FillsFieldsThatAreMissing) {
  Unit unit = MakeUnit({{"en", "Yes."}});
  unit.origin.document = "old";
  unit.notes = {"first"};
  Unit added = MakeUnit({{"en", "Yes."}});
  added.origin = {.document = "new", .key = "k"};
  added.attribution = {.creator = "Ana", .creation_micros = 5};
  added.external_id = "7";
  added.notes = {"second", "first"};
  added.properties = {{"client", "press"}};
  added.usage_count = 3;
  added.state = UnitState::kDraft;

  const Unit filled = Merged(unit, added, WriteMode::kAddVariants);
  EXPECT_EQ(filled.origin, (Origin{.document = "old", .key = "k"}));
  EXPECT_EQ(filled.attribution, added.attribution);
  EXPECT_EQ(filled.external_id, "7");
  EXPECT_THAT(filled.notes, ElementsAre("first", "second"));
  EXPECT_EQ(filled.properties, added.properties);
  EXPECT_EQ(filled.usage_count, 3);
  EXPECT_EQ(filled.state, unit.state);

  const Unit replaced = Merged(unit, added, WriteMode::kOverwrite);
  EXPECT_EQ(replaced.origin, (Origin{.document = "new", .key = "k"}));
  EXPECT_EQ(replaced.notes, added.notes);
  EXPECT_EQ(replaced.state, UnitState::kDraft);
}

TEST(MergeUnit, OverwritingKeepsWhatIsNotGiven) {
  Unit unit = MakeUnit({{"en", "Yes."}});
  unit.origin = {.document = "d", .previous = "p", .next = "n", .key = "k"};
  unit.external_id = "7";
  unit.notes = {"note"};
  unit.usage_count = 9;
  const Unit added = MakeUnit({{"en", "Yes."}});
  EXPECT_EQ(Merged(unit, added, WriteMode::kOverwrite), unit);
}

// The source was `zh-CN`; no variant is, once `zh` has taken its place.
TEST(MergeUnit, OverwritingRespellsTheSourceLanguage) {
  Unit unit = MakeUnit({{"en", "Trade"}, {"zh-CN", "贸易"}});
  unit.source_language = Tag("zh-CN");
  Unit added = MakeUnit({{"zh", "贸易"}, {"es", "Comercio"}});
  const Unit merged = Merged(unit, added, WriteMode::kOverwrite);
  EXPECT_EQ(merged.source_language, Tag("zh"));
  std::vector<FieldViolation> violations;
  ValidateUnit(merged, "", violations);
  EXPECT_THAT(violations, ElementsAre());
}

TEST(MergeUnit, OverwritingKeepsTheSourceVariant) {
  const Unit unit = MakeUnit({{"zh-CN", "贸易"}, {"en", "Trade"}});
  Unit added = MakeUnit({{"zh-CN", "商务"}, {"zh", "贸易"}});
  added.source_language = Tag("zh");
  const Unit merged = Merged(unit, added, WriteMode::kOverwrite);
  EXPECT_EQ(SourceVariant(merged).segment.text, "贸易");
}

TEST(MergeUnit, AddsNotesAndPropertiesToATextThatIsThere) {
  Unit unit = MakeUnit({{"en", "Yes."}, {"es", "Sí."}});
  unit.variants[1].notes = {"first"};
  Unit added = unit;
  added.variants[1].notes = {"second", "first"};
  added.variants[1].properties = {{"x-client", "press"}};
  const Unit merged = Merged(unit, added, WriteMode::kAddVariants);
  EXPECT_THAT(merged.variants[1].notes, ElementsAre("first", "second"));
  EXPECT_EQ(merged.variants[1].properties, added.variants[1].properties);
}

TEST(CanTakeIn, NeitherConfirmsDraftsNorHidesConfirmedTexts) {
  using enum UnitState;
  const Unit a = MakeUnit({{"en", "Yes."}, {"es", "Sí."}});
  const Unit b = MakeUnit({{"en", "Yes."}, {"es", "Claro."}});
  const Unit more = MakeUnit({{"en", "Yes."}, {"es", "Sí."}, {"zh", "是。"}});
  struct Case {
    Unit unit;
    UnitState state;
    Unit added;
    UnitState added_state;
    bool adds;
    bool overwrites;
  };
  const std::vector<Case> cases = {
      {a, kConfirmed, b, kUnspecified, true, true},
      {a, kDraft, b, kDraft, true, true},
      {a, kConfirmed, b, kDraft, false, true},  // Overwriting is a wish.
      {a, kConfirmed, a, kDraft, true, true},   // It is there already.
      {a, kConfirmed, more, kAligned, false, true},
      {more, kConfirmed, a, kDraft, true, false},  // Chinese would be a draft.
      {a, kDraft, b, kConfirmed, false, true},
      {a, kDraft, a, kConfirmed, true, true},  // Somebody vouches for it.
      {a, kDraft, more, kConfirmed, true, true},
      {more, kDraft, a, kConfirmed, false, false},  // Would confirm Chinese.
      {a, kAligned, b, kDraft, false, true},
  };
  for (size_t i = 0; i < cases.size(); ++i) {
    SCOPED_TRACE(i);
    Case each = cases[i];
    each.unit.state = each.state;
    each.added.state = each.added_state;
    EXPECT_EQ(CanTakeIn(each.unit, each.added, WriteMode::kAddVariants),
              each.adds);
    EXPECT_EQ(CanTakeIn(each.unit, each.added, WriteMode::kOverwrite),
              each.overwrites);
  }
}

TEST(HoldsContext, OfOnePlace) {
  Unit unit = MakeUnit({{"en", "Yes."}});
  unit.origin = {.document = "d", .previous = "p", .next = "n", .key = "k"};
  EXPECT_TRUE(HoldsContext(unit, {}));
  EXPECT_TRUE(HoldsContext(unit, {.document = "d", .next = "n"}));
  EXPECT_FALSE(HoldsContext(unit, {.document = "e"}));
  EXPECT_FALSE(HoldsContext(unit, {.previous = "q"}));
  EXPECT_FALSE(HoldsContext(unit, {.next = "q"}));
  EXPECT_FALSE(HoldsContext(unit, {.key = "q"}));
}

// As units with the same derived id are.
Unit MakeRandomUnit(RandomText& random, const Variant& source) {
  static constexpr const char* kTags[] = {"en",    "en-US", "en-GB", "zh",
                                          "zh-CN", "zh-TW", "es"};
  Unit unit;
  for (size_t i = random.Below(4); i > 0; --i) {
    unit.variants.push_back(
        MakeVariant(random.Pick(kTags), random.OneIn(2) ? "One." : "Two."));
  }
  const auto place =
      static_cast<ptrdiff_t>(random.Below(unit.variants.size() + 1));
  unit.variants.insert(unit.variants.begin() + place, source);
  unit.source_language = source.language;
  // The first variant of that tag has to be the source.
  std::erase_if(unit.variants, [&source](const Variant& variant) {
    return variant.language == source.language && variant != source;
  });
  if (random.OneIn(2)) unit.notes = {random.OneIn(2) ? "a" : "b"};
  if (random.OneIn(2)) unit.origin.key = random.OneIn(2) ? "a" : "b";
  unit.state = random.OneIn(2) ? UnitState::kDraft : UnitState::kConfirmed;
  return unit;
}

TEST(MergeUnit, MergingAgainChangesNothing) {
  constexpr uint64_t kSeed = 3;
  RandomText random(kSeed);
  for (int i = 0; i < 3000; ++i) {
    const WriteMode mode =
        random.OneIn(2) ? WriteMode::kAddVariants : WriteMode::kOverwrite;
    const Unit unit = MakeRandomUnit(
        random, MakeVariant(random.OneIn(2) ? "zh" : "zh-CN", "源。"));
    const Unit added = MakeRandomUnit(
        random, MakeVariant(random.OneIn(2) ? "zh" : "zh-Hans", "源。"));
    const Unit once = Merged(unit, added, mode);
    ASSERT_EQ(Merged(once, added, mode), once)
        << "unit " << i << ", seed " << kSeed;
    ASSERT_EQ(SourceVariant(once).segment.text, "源。")
        << "unit " << i << ", seed " << kSeed;
  }
}

}  // namespace
}  // namespace tercet
