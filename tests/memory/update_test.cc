// Updating and deleting units, through the database.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/memory/test_database.h"
#include "tests/support/consistency.h"

namespace tercet {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

Unit YesUnit() { return MakeUnit({{"en", "Yes."}, {"es", "Sí."}}); }

// A unit that differs from YesUnit in every field.
Unit OtherUnit() {
  Unit unit = MakeUnit({{"zh", "不。"}, {"en", "No."}});
  unit.source_language = Tag("en");
  unit.origin = {.document = "d", .previous = "p", .next = "n", .key = "k"};
  unit.state = UnitState::kDraft;
  unit.external_id = "7";
  unit.usage_count = 3;
  unit.attribution = {.creator = "Ana", .change_micros = 5};
  unit.notes = {"note"};
  unit.properties = {{"client", "press"}};
  return unit;
}

UnitUpdate TextUpdate(std::string_view language, std::string_view text) {
  return {.fields = {UnitField::kVariants},
          .unit = MakeUnit({{language, text}, {"es", "Sí."}})};
}

TEST(UpdateUnit, TakesTheNamedFieldsOnly) {
  struct Case {
    UnitField field;
    void (*apply)(Unit&, const Unit&);
  };
  const Case kCases[] = {
      {UnitField::kVariants,
       [](Unit& u, const Unit& o) { u.variants = o.variants; }},
      {UnitField::kSourceLanguage,
       [](Unit& u, const Unit& o) { u.source_language = o.source_language; }},
      {UnitField::kOrigin, [](Unit& u, const Unit& o) { u.origin = o.origin; }},
      {UnitField::kState, [](Unit& u, const Unit& o) { u.state = o.state; }},
      {UnitField::kExternalId,
       [](Unit& u, const Unit& o) { u.external_id = o.external_id; }},
      {UnitField::kUsageCount,
       [](Unit& u, const Unit& o) { u.usage_count = o.usage_count; }},
      {UnitField::kAttribution,
       [](Unit& u, const Unit& o) { u.attribution = o.attribution; }},
      {UnitField::kNotes, [](Unit& u, const Unit& o) { u.notes = o.notes; }},
      {UnitField::kProperties,
       [](Unit& u, const Unit& o) { u.properties = o.properties; }},
  };
  for (const Case& c : kCases) {
    SCOPED_TRACE(static_cast<int>(c.field));
    TestDatabase database;
    const UnitEntry before = database.Write("press", YesUnit()).entry;
    const UnitUpdate update{.fields = {c.field}, .unit = OtherUnit()};
    Unit expected = before.unit;
    c.apply(expected, update.unit);
    const UnitEntry after =
        Must(database->UpdateUnit("press", before.id, update, {}));
    EXPECT_EQ(after.unit, expected);
    EXPECT_NE(after.unit, before.unit);
    EXPECT_NE(after.etag, before.etag);
    EXPECT_EQ(Must(database->GetUnit("press", before.id)).unit, expected);
  }
}

TEST(UpdateUnit, KeepsTheTimeOfCreation) {
  TestDatabase database;
  const UnitEntry before = database.Write("press", YesUnit()).entry;
  database.clock().Advance(9);
  const UnitEntry after = Must(
      database->UpdateUnit("press", before.id, TextUpdate("en", "Yes!"), {}));
  EXPECT_EQ(after.create_micros, before.create_micros);
  EXPECT_EQ(after.update_micros, before.update_micros + 9);
}

TEST(UpdateUnit, WithoutAChangeWritesNothing) {
  TestDatabase database;
  const UnitEntry before = database.Write("press", YesUnit()).entry;
  database.clock().Advance(9);
  const UnitEntry after = Must(
      database->UpdateUnit("press", before.id, TextUpdate("en", "Yes."), {}));
  EXPECT_EQ(after.etag, before.etag);
  EXPECT_EQ(after.update_micros, before.update_micros);
}

TEST(UpdateUnit, LookupsSeeTheNewTextAndNotTheOld) {
  TestDatabase database;
  const std::string id = database.Write("press", YesUnit()).entry.id;
  Must(database->UpdateUnit("press", id, TextUpdate("en", "Trade rose."), {}));
  for (const bool reopened : {false, true}) {
    SCOPED_TRACE(reopened);
    EXPECT_THAT(database.Lookup(MakeQuery("en", "Yes.")), IsEmpty());
    EXPECT_THAT(database.Lookup(MakeQuery("en", "Trade rose.")), SizeIs(1));
    EXPECT_THAT(
        Must(database->LookupExact("press", MakeQuery("en", "Yes."), {})).items,
        IsEmpty());
    database.Reopen();
  }
}

TEST(UpdateUnit, TheOldTextGetsTheNextIdWhenItComesAgain) {
  using Outcome = WrittenUnit::Outcome;
  TestDatabase database;
  const std::string id = database.Write("press", YesUnit()).entry.id;
  Must(database->UpdateUnit("press", id, TextUpdate("en", "Yes!"), {}));
  const WrittenUnit second = database.Write("press", YesUnit());
  EXPECT_EQ(second.outcome, Outcome::kCreated);
  EXPECT_EQ(second.entry.id, id + "-2");
  const WrittenUnit again = database.Write("press", YesUnit());
  EXPECT_EQ(again.outcome, Outcome::kUnchanged);
  EXPECT_EQ(again.entry.id, id + "-2");

  Must(database->UpdateUnit("press", id + "-2", TextUpdate("en", "Yes?"), {}));
  EXPECT_EQ(database.Write("press", YesUnit()).entry.id, id + "-3");
  EXPECT_EQ(Must(database->GetMemory("press")).unit_count, 3U);
}

TEST(UpdateUnit, RefusesWhatIsWrong) {
  TestDatabase database;
  const UnitEntry entry = database.Write("press", YesUnit()).entry;
  const UnitUpdate update = TextUpdate("en", "Yes!");
  EXPECT_THAT(database->UpdateUnit("nope", entry.id, update, {}),
              ReasonIs("MEMORY_NOT_FOUND"));
  EXPECT_THAT(database->UpdateUnit("press", "nope", update, {}),
              ReasonIs("UNIT_NOT_FOUND"));
  EXPECT_THAT(
      database->UpdateUnit("press", entry.id, update, {.etag = "stale"}),
      AllOf(StatusIs(StatusCode::kAborted, HasSubstr(entry.etag)),
            ReasonIs("ETAG_MISMATCH")));
  EXPECT_THAT(database->UpdateUnit("press", entry.id, TextUpdate("en", ""), {}),
              StatusIs(StatusCode::kInvalidArgument,
                       HasSubstr("unit.variants[0].text")));
  // No variant is in it.
  UnitUpdate source{.fields = {UnitField::kSourceLanguage}};
  source.unit.source_language = Tag("fr");
  EXPECT_THAT(database->UpdateUnit("press", entry.id, source, {}),
              StatusIs(StatusCode::kInvalidArgument,
                       HasSubstr("unit.source_language_code")));
  EXPECT_EQ(Must(database->GetUnit("press", entry.id)).etag, entry.etag);
  EXPECT_THAT(
      database->UpdateUnit("press", entry.id, update, {.etag = entry.etag}),
      IsOk());
}

TEST(UpdateUnit, OnlyValidates) {
  TestDatabase database;
  const UnitEntry entry = database.Write("press", YesUnit()).entry;
  const UnitEntry would = Must(database->UpdateUnit(
      "press", entry.id, TextUpdate("en", "Yes!"), {.validate_only = true}));
  EXPECT_EQ(would.unit.variants[0].segment.text, "Yes!");
  EXPECT_EQ(Must(database->GetUnit("press", entry.id)).etag, entry.etag);
  EXPECT_THAT(database.Lookup(MakeQuery("en", "Yes.")), SizeIs(1));
}

TEST(UpdateUnit, CreatesAMissingOneWhenAllowed) {
  TestDatabase database;
  database.CreateMemory("press");
  const UnitUpdate update{
      .fields = {}, .unit = OtherUnit(), .allow_missing = true};
  EXPECT_EQ(Must(database->UpdateUnit("press", "mine", update, {})).unit,
            OtherUnit());
  EXPECT_EQ(Must(database->GetMemory("press")).unit_count, 1U);
  EXPECT_THAT(database->UpdateUnit("press", "Not an id", update, {}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("unit.name")));
  // Not where the caller knew one that is gone.
  EXPECT_THAT(
      database->UpdateUnit("press", "gone", update, {.etag = "1"}).status(),
      ReasonIs("UNIT_NOT_FOUND"));
}

TEST(DeleteUnit, TakesItOutOfEverything) {
  TestDatabase database;
  const std::string id = database.Write("press", YesUnit()).entry.id;
  EXPECT_THAT(database->DeleteUnit("press", id, {}), IsOk());
  for (const bool reopened : {false, true}) {
    SCOPED_TRACE(reopened);
    EXPECT_THAT(database->GetUnit("press", id), ReasonIs("UNIT_NOT_FOUND"));
    EXPECT_THAT(database.Lookup(MakeQuery("en", "Yes.")), IsEmpty());
    EXPECT_THAT(
        Must(database->LookupExact("press", MakeQuery("en", "Yes."), {})).items,
        IsEmpty());
    EXPECT_THAT(database.WalkAll("press"), IsEmpty());
    EXPECT_THAT(Must(database->GetMemory("press")).language_counts, IsEmpty());
    database.Reopen();
  }
}

TEST(DeleteUnit, RefusesWhatIsWrong) {
  TestDatabase database;
  const UnitEntry entry = database.Write("press", YesUnit()).entry;
  EXPECT_THAT(database->DeleteUnit("nope", entry.id, {}),
              ReasonIs("MEMORY_NOT_FOUND"));
  EXPECT_THAT(database->DeleteUnit("press", "nope", {}),
              ReasonIs("UNIT_NOT_FOUND"));
  EXPECT_THAT(database->DeleteUnit("press", entry.id, {.etag = "stale"}),
              ReasonIs("ETAG_MISMATCH"));
  EXPECT_THAT(database->DeleteUnit("press", entry.id, {.validate_only = true}),
              IsOk());
  EXPECT_THAT(database->GetUnit("press", entry.id), IsOk());
  EXPECT_THAT(database->DeleteUnit("press", entry.id, {.etag = entry.etag}),
              IsOk());
}

TEST(DeleteUnit, ItsNumberIsNotGivenAgain) {
  TestDatabase database;
  for (int i = 0; i < 5; ++i) {
    const std::string id = database.Write("press", YesUnit()).entry.id;
    if (i % 2 == 0) database.Reopen();
    Must(database->DeleteUnit("press", id, {}));
  }
  database.Write("press", YesUnit());
  EXPECT_THAT(database.Lookup(MakeQuery("en", "Yes.")), SizeIs(1));
  database.Close();
  // The log would disagree about a number that came twice.
  EXPECT_THAT(FindInconsistenciesIn(database.path()), IsEmpty());
}

TEST(Database, CountsLanguagesThroughAllChanges) {
  TestDatabase database;
  const auto counts = [&] {
    return Must(database->GetMemory("press")).language_counts;
  };
  const std::string yes = database.Write("press", YesUnit()).entry.id;
  const std::string no =
      database.Write("press", MakeUnit({{"en", "No."}, {"en-GB", "No."}}))
          .entry.id;
  EXPECT_THAT(counts(),
              ElementsAre(Pair("en", 2), Pair("en-GB", 1), Pair("es", 1)));
  Must(database->UpdateUnit("press", yes, TextUpdate("zh", "是。"), {}));
  EXPECT_THAT(counts(), ElementsAre(Pair("en", 1), Pair("en-GB", 1),
                                    Pair("es", 1), Pair("zh", 1)));
  Must(database->DeleteUnit("press", no, {}));
  EXPECT_THAT(counts(), ElementsAre(Pair("es", 1), Pair("zh", 1)));
  database.Reopen();
  EXPECT_THAT(counts(), ElementsAre(Pair("es", 1), Pair("zh", 1)));
}

}  // namespace
}  // namespace tercet
