// Facts about lookups; that they miss nothing is in lookup_twin_test.cc.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/memory/test_database.h"
#include "tests/support/random_text.h"

namespace tercet {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

auto Scores(int score, MatchKind kind) {
  return AllOf(Field("score", &Match::score, score),
               Field("kind", &Match::kind, kind));
}

LookupQuery WithTargets(LookupQuery query,
                        std::initializer_list<std::string_view> targets) {
  for (const std::string_view target : targets) {
    query.targets.push_back(Tag(target));
  }
  return query;
}

TEST(Lookup, FindsTheSameTextFirst) {
  TestDatabase database;
  database.Write("press",
                 MakeUnit({{"en", "Trade rose."}, {"zh", "贸易增长。"}}));
  database.Write("press",
                 MakeUnit({{"en", "Trade fell."}, {"zh", "贸易下降。"}}));
  LookupQuery query = MakeQuery("en", "Trade rose.");
  query.min_score = 50;
  const std::vector<Match> matches = database.Lookup(query);
  EXPECT_THAT(matches, ElementsAre(Scores(100, MatchKind::kExact),
                                   Scores(50, MatchKind::kFuzzy)));
  EXPECT_THAT(matches[0].targets, ElementsAre(1));
  EXPECT_THAT(matches[0].edits, IsEmpty());
  EXPECT_THAT(
      matches[1].edits,
      ElementsAre(Edit{EditOp::kReplace, EditWhat::kWord, 6, 10, 6, 10, 100}));
}

TEST(Lookup, AnyLanguageOfAUnitIsASource) {
  TestDatabase database;
  database.Write("press",
                 MakeUnit({{"en", "Yes."}, {"zh", "是的。"}, {"es", "Sí."}}));
  const auto targets_of = [&](std::string_view language,
                              std::string_view text) {
    return database.Lookup(MakeQuery(language, text)).at(0).targets;
  };
  EXPECT_THAT(targets_of("en", "Yes."), ElementsAre(1, 2));
  EXPECT_THAT(targets_of("zh", "是的。"), ElementsAre(0, 2));
  EXPECT_THAT(targets_of("es", "Sí."), ElementsAre(0, 1));
}

TEST(Lookup, FindsOnlyUnitsWithAWantedLanguage) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"en", "Yes."}, {"zh", "是的。"}}));
  database.Write("press", MakeUnit({{"en", "yes."}}));
  EXPECT_THAT(database.Lookup(MakeQuery("en", "Yes.")), SizeIs(1));
  EXPECT_THAT(database.Lookup(WithTargets(MakeQuery("en", "Yes."), {"es"})),
              IsEmpty());
  EXPECT_THAT(
      database.Lookup(WithTargets(MakeQuery("en", "Yes."), {"es", "zh"})),
      SizeIs(1));
}

TEST(Lookup, FindsAllOfAThousandEqualTexts) {
  TestDatabase database;
  std::vector<NewUnit> units;
  for (int i = 0; i < 1000; ++i) {
    units.push_back({.id = fmt::format("unit-{}", i),
                     .unit = MakeUnit({{"en", "Same."},
                                       {"es", fmt::format("Igual {}.", i)}})});
  }
  Must(database->CreateUnits("press", std::move(units),
                             {.create_memory = true}));
  LookupQuery query = MakeQuery("en", "Same.");
  query.max_matches = 100;
  const std::vector<Match> matches = database.Lookup(query);
  ASSERT_THAT(matches, SizeIs(100));
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(matches[static_cast<size_t>(i)].entry.id,
              fmt::format("unit-{}", 999 - i));
  }

  std::set<std::string> paged;
  PageRequest page{.size = 300};
  int pages = 0;
  do {
    const auto result = Must(
        database->LookupExact(std::nullopt, MakeQuery("en", "Same."), page));
    for (const Match& match : result.items) {
      EXPECT_TRUE(paged.insert(match.entry.id).second) << match.entry.id;
    }
    page.token = result.next_token;
    ++pages;
  } while (!page.token.empty());
  EXPECT_THAT(paged, SizeIs(1000));
  EXPECT_EQ(pages, 4);
}

TEST(Lookup, ExactMatchesComeInOrderOfMemoryAndUnit) {
  TestDatabase database;
  for (const char* memory : {"b", "a-1", "a"}) {
    for (const char* id : {"z", "y"}) {
      database.Write(memory, {.id = id, .unit = MakeUnit({{"en", "Same."}})});
    }
  }
  std::vector<std::string> names;
  PageRequest page{.size = 1};
  do {
    const auto result = Must(
        database->LookupExact(std::nullopt, MakeQuery("en", "Same."), page));
    ASSERT_THAT(result.items, SizeIs(1));
    const UnitEntry& entry = result.items[0].entry;
    names.push_back(entry.memory_id + "/" + entry.id);
    page.token = result.next_token;
  } while (!page.token.empty());
  EXPECT_THAT(names, ElementsAre("a/y", "a/z", "a-1/y", "a-1/z", "b/y", "b/z"));
}

TEST(LookupExact, PagesStayInsideAMessage) {
  TestDatabase database;
  for (int i = 0; i < 16; ++i) {
    Unit unit = MakeUnit({{"en", "Same."}});
    unit.notes.assign(20, std::string(kMaxNoteBytes, 'n'));
    database.Write("press",
                   {.id = fmt::format("u{}", i), .unit = std::move(unit)});
  }
  size_t found = 0;
  PageRequest page;
  do {
    const auto result = Must(
        database->LookupExact(std::nullopt, MakeQuery("en", "Same."), page));
    size_t bytes = 0;
    for (const Match& match : result.items) {
      bytes += UnitBytes(match.entry.unit);
    }
    EXPECT_LT(bytes, kMaxMessageBytes);
    EXPECT_FALSE(result.items.empty());
    found += result.items.size();
    page.token = result.next_token;
  } while (!page.token.empty());
  EXPECT_EQ(found, 16U);
}

TEST(LookupExact, FindsEveryRegionAndSpellingWithItsPenalty) {
  TestDatabase database;
  database.Write("a", MakeUnit({{"es-MX", "Adiós"}, {"en", "Bye"}}));
  database.Write("b", MakeUnit({{"en", "So long"}, {"es", "Adio\xCC\x81s"}}));
  database.Write("b", MakeUnit({{"pt", "Adiós"}}));
  const auto found =
      Must(database->LookupExact(std::nullopt, MakeQuery("es", "Adiós"), {}));
  ASSERT_THAT(found.items, SizeIs(2));
  EXPECT_EQ(found.items[0].entry.memory_id, "a");
  EXPECT_EQ(found.items[0].score, 99);
  EXPECT_THAT(found.items[0].penalties, ElementsAre(kSourceRegionPenalty));
  EXPECT_EQ(found.items[1].entry.memory_id, "b");
  EXPECT_EQ(found.items[1].score, 100);
  EXPECT_THAT(found.items[1].penalties, IsEmpty());
  EXPECT_EQ(found.next_token, "");
  EXPECT_THAT(
      Must(database->LookupExact("a", MakeQuery("es-AR", "Adiós"), {})).items,
      SizeIs(1));
  EXPECT_THAT(
      Must(database->LookupExact("a", MakeQuery("es", "adiós"), {})).items,
      IsEmpty());
}

TEST(LookupExact, WantsTheTargetsThatAreAskedFor) {
  TestDatabase database;
  database.Write("a", MakeUnit({{"es", "Adiós"}, {"zh-TW", "再見"}}));
  database.Write("a", MakeUnit({{"en", "Bye"}}));
  LookupQuery query = MakeQuery("es", "Adiós");
  query.targets = {Tag("zh")};
  const auto found = Must(database->LookupExact("a", query, {})).items;
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].penalties, ElementsAre(kTargetRegionPenalty));
  query.targets = {Tag("fr")};
  EXPECT_THAT(Must(database->LookupExact("a", query, {})).items, IsEmpty());
  // Without targets, also what has no other language.
  EXPECT_THAT(
      Must(database->LookupExact("a", MakeQuery("en", "Bye"), {})).items,
      SizeIs(1));
}

TEST(LookupExact, DoesNotCompareCodes) {
  TestDatabase database;
  Unit unit = MakeUnit({{"en", "Press it."}, {"es", "Púlselo."}});
  unit.variants[0].segment.codes.push_back({.offset = 6, .content = "<b>"});
  database.Write("press", unit);
  EXPECT_THAT(
      Must(database->LookupExact("press", MakeQuery("en", "Press it."), {}))
          .items,
      SizeIs(1));
}

TEST(Lookup, LabelsContextWithoutChangingTheScore) {
  TestDatabase database;
  Unit unit = MakeUnit({{"en", "Yes."}, {"es", "Sí."}});
  unit.origin = {.document = "d", .previous = "A?", .next = "B.", .key = "k"};
  database.Write("press", unit);
  const auto kind_in = [&](Origin context) {
    LookupQuery query = MakeQuery("en", "Yes.");
    query.context = std::move(context);
    const Match match = database.Lookup(query).at(0);
    EXPECT_EQ(match.score, 100);
    return match.kind;
  };
  EXPECT_EQ(kind_in({}), MatchKind::kExact);
  EXPECT_EQ(kind_in({.previous = "A?", .next = "B."}),
            MatchKind::kExactInContext);
  EXPECT_EQ(kind_in({.previous = " A?\t", .next = "B."}),
            MatchKind::kExactInContext);
  EXPECT_EQ(kind_in({.previous = "a?", .next = "B."}), MatchKind::kExact);
  EXPECT_EQ(kind_in({.previous = "A?"}), MatchKind::kExact);
  EXPECT_EQ(kind_in({.previous = "A?", .next = "C."}), MatchKind::kExact);
  EXPECT_EQ(kind_in({.key = "k"}), MatchKind::kExactInContext);
  EXPECT_EQ(kind_in({.key = "other"}), MatchKind::kExact);
}

TEST(Lookup, TakesNoNeighbourForTheDocumentsEnd) {
  TestDatabase database;
  Unit unit = MakeUnit({{"en", "Yes."}, {"es", "Sí."}});
  unit.origin = {.document = "d", .previous = "Cafe\u0301?"};
  database.Write("press", unit);
  LookupQuery query = MakeQuery("en", "Yes.");
  query.context = {.previous = "Caf\u00e9?"};
  EXPECT_EQ(database.Lookup(query).at(0).kind, MatchKind::kExactInContext);
  query.context = {};
  EXPECT_EQ(database.Lookup(query).at(0).kind, MatchKind::kExact);
}

TEST(Lookup, ExplainsEachMatch) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"en", "Trade rose 5% in May 2008."},
                                    {"es", "Subió un 5 %."}}));
  const Match match =
      database.Lookup(MakeQuery("en", "Trade rose 7% in June 2009.")).at(0);
  EXPECT_EQ(match.score, 99);
  EXPECT_EQ(match.length, 5);
  ASSERT_THAT(match.placeables, SizeIs(2));
  EXPECT_EQ(match.placeables[1].stored_value, "2008-05");
  EXPECT_EQ(match.placeables[1].query_value, "2009-06");
  EXPECT_TRUE(match.placeables[1].carries_over);
  int cost = 0;
  for (const Edit& edit : match.edits) cost += edit.cost;
  EXPECT_EQ(cost, match.cost);
  EXPECT_THAT(match.adapted, IsEmpty());  // The date is not in the target.
}

TEST(Lookup, AdaptsTargetsToTheQuerysNumbers) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"en", "Trade rose 5%."},
                                    {"es", "Subió un 5 %."},
                                    {"zh", "贸易增长了。"}}));
  const auto adapted_to = [&](const char* text) {
    return database.Lookup(MakeQuery("en", text)).at(0).adapted;
  };
  const std::vector<AdaptedVariant> adapted = adapted_to("Trade rose 7.5%.");
  ASSERT_THAT(adapted, SizeIs(1));
  EXPECT_EQ(adapted[0].variant, 1u);
  EXPECT_EQ(adapted[0].segment.text, "Subió un 7,5 %.");
  EXPECT_THAT(adapted_to("Trade rose 5%."), IsEmpty());
  EXPECT_THAT(adapted_to("Trade rose by 7%."), IsEmpty());
}

TEST(Lookup, InContextComesBeforeOutOfContext) {
  TestDatabase database;
  Unit unit = MakeUnit({{"en", "Yes."}, {"es", "Sí."}});
  unit.origin.key = "k";
  database.Write("press", {.id = "z", .unit = unit});
  unit.origin.key = "other";
  database.clock().Advance(1);
  database.Write("press", {.id = "a", .unit = unit});
  LookupQuery query = MakeQuery("en", "Yes.");
  query.context.key = "k";
  query.max_matches = 1;
  EXPECT_EQ(database.Lookup(query).at(0).entry.id, "z");
}

TEST(Lookup, FuzzyMatchesAreNotInContext) {
  TestDatabase database;
  Unit unit = MakeUnit({{"en", "Yes, yes."}, {"es", "Sí, sí."}});
  unit.origin.key = "k";
  database.Write("press", unit);
  LookupQuery query = MakeQuery("en", "Yes, yes!");
  query.context.key = "k";
  EXPECT_THAT(database.Lookup(query),
              ElementsAre(Scores(99, MatchKind::kNearExact)));
}

TEST(Lookup, ShowsEveryPenalty) {
  const Penalty kMemory = {"memory", 7};
  TestDatabase database;
  database.CreateMemory("press", kMemory.points);
  Unit unit = MakeUnit({{"en-GB", "Yes."}, {"es-MX", "Sí."}});
  unit.state = UnitState::kAligned;
  const std::string id = database.Write("press", unit).entry.id;
  const Match aligned =
      database.Lookup(WithTargets(MakeQuery("en", "Yes."), {"es"})).at(0);
  EXPECT_EQ(aligned.text_score, 100);
  EXPECT_EQ(aligned.score, 100 - 1 - 1 - 3 - 7);
  EXPECT_THAT(aligned.penalties,
              ElementsAre(kSourceRegionPenalty, kTargetRegionPenalty,
                          kAlignedPenalty, kMemory));

  UnitUpdate draft{.fields = {UnitField::kState}};
  draft.unit.state = UnitState::kDraft;
  Must(database->UpdateUnit("press", id, draft, {}));
  const Match drafted =
      database.Lookup(WithTargets(MakeQuery("en-GB", "Yes."), {"es-MX"})).at(0);
  EXPECT_EQ(drafted.score, 100 - 2 - 7);
  EXPECT_THAT(drafted.penalties, ElementsAre(kDraftPenalty, kMemory));
}

TEST(Lookup, AMemoryWhosePenaltyIsTooHighShowsNothing) {
  TestDatabase database;
  database.CreateMemory("press", 31);
  database.Write("press", MakeUnit({{"en", "Yes."}, {"es", "Sí."}}));
  LookupQuery query = MakeQuery("en", "Yes.");
  EXPECT_THAT(database.Lookup(query), IsEmpty());
  query.min_score = 69;
  EXPECT_THAT(database.Lookup(query),
              ElementsAre(Scores(69, MatchKind::kExact)));
}

TEST(Lookup, SpellingsOfALanguageAreTheSame) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"zh_CN", "贸易"}, {"en", "trade"}}));
  for (const char* tag :
       {"zh", "zh-CN", "zh_CN", "ZH-cn", "zh-Hans", "zh-Hans-CN"}) {
    const Match match = database.Lookup(MakeQuery(tag, "贸易")).at(0);
    EXPECT_EQ(match.score, 100) << tag;
    EXPECT_THAT(match.penalties, IsEmpty()) << tag;
  }
}

TEST(Lookup, TraditionalFindsSimplifiedWithAPenalty) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"zh-CN", "国际贸易"}, {"en", "trade"}}));
  const Match match = database.Lookup(MakeQuery("zh-TW", "國際貿易")).at(0);
  EXPECT_EQ(match.kind, MatchKind::kNearExact);
  EXPECT_EQ(match.text_score, 99);
  EXPECT_EQ(match.score, 98);
  EXPECT_THAT(match.penalties, ElementsAre(kSourceRegionPenalty));
}

TEST(Lookup, PrefersTheVariantOfTheSameRegion) {
  TestDatabase database;
  database.Write(
      "press",
      MakeUnit({{"en-GB", "Labour"}, {"en-US", "Labour"}, {"es", "Trabajo"}}));
  EXPECT_EQ(database.Lookup(MakeQuery("en-US", "Labour")).at(0).source, 1U);
  EXPECT_EQ(database.Lookup(MakeQuery("en-GB", "Labour")).at(0).source, 0U);
}

TEST(Lookup, TranslatesBetweenRegionsOnlyWhenAskedTo) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"zh-CN", "软件"}, {"zh-TW", "軟體"}}));
  EXPECT_THAT(database.Lookup(MakeQuery("zh-CN", "软件")), IsEmpty());
  const auto matches =
      database.Lookup(WithTargets(MakeQuery("zh-CN", "软件"), {"zh-TW"}));
  ASSERT_THAT(matches, SizeIs(1));
  EXPECT_THAT(matches[0].targets, ElementsAre(1));
  EXPECT_THAT(matches[0].penalties, IsEmpty());
}

TEST(Lookup, DecomposedTextFindsComposed) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"es", "El niño comió."}, {"en", "Ate."}}));
  const std::string decomposed = "El nin\xCC\x83o comio\xCC\x81.";
  EXPECT_THAT(database.Lookup(MakeQuery("es", decomposed)),
              ElementsAre(Scores(100, MatchKind::kExact)));
  EXPECT_THAT(
      Must(database->LookupExact(std::nullopt, MakeQuery("es", decomposed), {}))
          .items,
      SizeIs(1));
}

TEST(Lookup, AUnitAppearsOnceWithItsBestVariant) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"en", "Trade fell a lot."},
                                    {"en", "Trade rose a lot."},
                                    {"es", "Subió."}}));
  const auto matches = database.Lookup(MakeQuery("en", "Trade rose a lot."));
  ASSERT_THAT(matches, ElementsAre(Scores(100, MatchKind::kExact)));
  EXPECT_EQ(matches[0].source, 1U);
  // The other English text is no translation of it.
  EXPECT_THAT(matches[0].targets, ElementsAre(2));
}

TEST(Lookup, NewestComesFirstAmongEquals) {
  TestDatabase database;
  const Unit unit = MakeUnit({{"en", "Yes."}, {"es", "Sí."}});
  for (const char* memory : {"b", "a"}) {
    for (const char* id : {"y", "x", "z"}) {
      database.Write(memory, {.id = id, .unit = unit});
    }
  }
  // A change makes nothing newer.
  const UnitUpdate update{.fields = {UnitField::kNotes},
                          .unit = {.notes = {"Checked."}}};
  Must(database->UpdateUnit("a", "y", update, {}));
  std::vector<std::string> names;
  for (const Match& match : database.Lookup(MakeQuery("en", "Yes."))) {
    names.push_back(match.entry.memory_id + "/" + match.entry.id);
  }
  EXPECT_THAT(names, ElementsAre("a/z", "a/x", "a/y", "b/z", "b/x"));
}

TEST(Lookup, FindsTheLongestTexts) {
  TestDatabase database;
  RandomText random(1);
  for (const char* language : {"en", "zh", "es"}) {
    std::string text;
    while (text.size() < kMaxTextBytes - 2000) {
      text += random.MakeSentence(language);
    }
    std::string changed = "5 " + text;
    text.resize(CharacterStarts(text).back());
    database.Write("press", MakeUnit({{language, text}, {"fr", "Long."}}));
    EXPECT_THAT(database.Lookup(MakeQuery(language, text)),
                ElementsAre(Scores(100, MatchKind::kExact)));
    const auto near = database.Lookup(MakeQuery(language, changed));
    EXPECT_THAT(near, ElementsAre(Scores(94, MatchKind::kFuzzy)));
    EXPECT_THAT(
        near.at(0).edits,
        Contains(Edit{EditOp::kInsert, EditWhat::kPlaceable, 0, 0, 0, 1, 100}));
    database.Reopen();
    EXPECT_THAT(database.Lookup(MakeQuery(language, text)), SizeIs(1));
    Must(database->DeleteMemory("press", true, {}));
  }
}

TEST(Lookup, StopsWhereverItIsToldTo) {
  TestDatabase database;
  for (int i = 0; i < 30; ++i) {
    database.Write(
        "press",
        {.id = fmt::format("u{}", i),
         .unit = MakeUnit({{"en", i < 10 ? "Trade rose." : "Trade fell."},
                           {"es", "Comercio."}})});
  }
  LookupQuery query = MakeQuery("en", "Trade rose.");
  query.min_score = 1;
  query.max_matches = 100;
  int checks = 0;
  Must(database->Lookup("press", query, [&] {
    ++checks;
    return OkStatus();
  }));
  ASSERT_GE(checks, 30);
  for (int n = 0; n < checks; ++n) {
    int left = n;
    EXPECT_THAT(
        database->Lookup("press", query,
                         [&]() -> Status {
                           return left-- > 0
                                      ? OkStatus()
                                      : absl::DeadlineExceededError("too late");
                         }),
        StatusIs(StatusCode::kDeadlineExceeded, "too late"))
        << n;
  }
}

TEST(Lookup, RefusesAnUnknownMemory) {
  TestDatabase database;
  EXPECT_THAT(
      database->Lookup("nope", MakeQuery("en", "Yes."), NeverStop()),
      AllOf(StatusIs(StatusCode::kNotFound, "there is no memory 'nope'"),
            ReasonIs("MEMORY_NOT_FOUND")));
  EXPECT_THAT(database->LookupExact("nope", MakeQuery("en", "Yes."), {}),
              ReasonIs("MEMORY_NOT_FOUND"));
  EXPECT_THAT(database.Lookup(MakeQuery("en", "Yes.")), IsEmpty());
}

}  // namespace
}  // namespace tercet
