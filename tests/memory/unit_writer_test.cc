// Creating units and merging them, through the database.
#include "service/memory/unit_writer.h"

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
using Outcome = WrittenUnit::Outcome;

NewUnit New(Unit unit, std::string id = "") {
  return {.id = std::move(id), .unit = std::move(unit)};
}

std::string DerivedId(Unit unit) {
  return PrepareUnit(New(std::move(unit))).derived_id;
}

std::vector<std::string> FieldsOf(const Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : GetDetails(status).violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

// --- Derived ids
// --------------------------------------------------------------

// They are stored, and known outside: they must never change.
TEST(DerivedId, IsWhatItAlwaysWas) {
  EXPECT_EQ(DerivedId(MakeUnit({{"en", "Hello."}})),
            "a36d6bfnltslur3tdaihn4pirg");
  Unit unit = MakeUnit({{"zh-TW", "貿易"}});
  unit.variants[0].segment.codes = {{.offset = 3, .content = "<b>"}};
  EXPECT_EQ(DerivedId(unit), "4upmyt5azn3hn4cgzvikcdfi4e");
}

TEST(DerivedId, IsAValidId) {
  EXPECT_TRUE(IsValidId(DerivedId(MakeUnit({{"zh", "贸易"}}))));
}

TEST(DerivedId, IsTheSameHoweverTheLanguageIsSpelled) {
  const std::string id = DerivedId(MakeUnit({{"zh", "贸易"}}));
  for (const char* tag :
       {"zh-CN", "zh_CN", "ZH-cn", "zh-Hans", "zh-Hans-CN", "chi"}) {
    EXPECT_EQ(DerivedId(MakeUnit({{tag, "贸易"}})), id) << tag;
  }
}

TEST(DerivedId, IsTheSameForComposedText) {
  EXPECT_EQ(DerivedId(MakeUnit({{"es", "Sí"}})),
            DerivedId(MakeUnit({{"es", "Si\xCC\x81"}})));
}

TEST(DerivedId, ComesFromTheSourceAlone) {
  Unit unit = MakeUnit({{"es", "Sí."}, {"en", "Yes."}});
  unit.source_language = Tag("en");
  unit.notes = {"note"};
  EXPECT_EQ(DerivedId(unit), DerivedId(MakeUnit({{"en", "Yes."}})));
}

TEST(DerivedId, TellsTextsRegionsAndCodesApart) {
  const std::string id = DerivedId(MakeUnit({{"en", "Yes."}}));
  EXPECT_NE(DerivedId(MakeUnit({{"en", "yes."}})), id);
  EXPECT_NE(DerivedId(MakeUnit({{"en-GB", "Yes."}})), id);
  Unit unit = MakeUnit({{"en", "Yes."}});
  unit.variants[0].segment.codes = {{.offset = 1, .content = "<b>"}};
  const std::string with_code = DerivedId(unit);
  EXPECT_NE(with_code, id);
  unit.variants[0].segment.codes[0].content = "<i>";
  EXPECT_NE(DerivedId(unit), with_code);
}

// --- One unit
// -----------------------------------------------------------------

TEST(CreateUnits, CreatesAndReturnsWhatIsStored) {
  TestDatabase database;
  Unit unit = MakeUnit({{"en", "Yes."}, {"es", "Sí."}});
  unit.notes = {"note"};
  const WrittenUnit written = database.Write("press", unit);
  EXPECT_EQ(written.outcome, Outcome::kCreated);
  EXPECT_EQ(written.entry.memory_id, "press");
  EXPECT_EQ(written.entry.id, DerivedId(unit));
  EXPECT_EQ(written.entry.create_micros, database.clock().NowMicros());
  unit.state = UnitState::kConfirmed;
  EXPECT_EQ(written.entry.unit, unit);
  const UnitEntry stored = Must(database->GetUnit("press", written.entry.id));
  EXPECT_EQ(stored.unit, unit);
  EXPECT_EQ(stored.etag, written.entry.etag);
}

TEST(CreateUnits, TheSameAgainChangesNothing) {
  for (const WriteMode mode :
       {WriteMode::kAddVariants, WriteMode::kOverwrite}) {
    TestDatabase database;
    const Unit unit = MakeUnit({{"en", "Yes."}, {"es", "Sí."}, {"es", "Si"}});
    const WrittenUnit first = database.Write("press", unit, mode);
    database.clock().Advance(1);
    const WrittenUnit second = database.Write("press", unit, mode);
    EXPECT_EQ(second.outcome, Outcome::kUnchanged);
    EXPECT_EQ(second.entry.etag, first.entry.etag);
    EXPECT_EQ(second.entry.update_micros, first.entry.update_micros);
  }
}

TEST(CreateUnits, MergesTheSameTextInOtherSpelling) {
  TestDatabase database;
  const WrittenUnit first =
      database.Write("press", MakeUnit({{"zh_CN", "是"}, {"en", "yes"}}));
  database.clock().Advance(1);
  const WrittenUnit second =
      database.Write("press", MakeUnit({{"zh", "是"}, {"es", "sí"}}));
  EXPECT_EQ(second.outcome, Outcome::kUpdated);
  EXPECT_EQ(second.entry.id, first.entry.id);
  EXPECT_NE(second.entry.etag, first.entry.etag);
  EXPECT_EQ(second.entry.create_micros, first.entry.create_micros);
  EXPECT_EQ(second.entry.update_micros, database.clock().NowMicros());
  EXPECT_EQ(Must(database->GetMemory("press")).unit_count, 1U);
  EXPECT_THAT(Must(database->GetMemory("press")).language_counts,
              ElementsAre(Pair("en", 1), Pair("es", 1), Pair("zh-CN", 1)));
}

TEST(CreateUnits, OverwritingTakesOldTargetsOutOfLookups) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"en", "Yes."}, {"es", "Viejo."}}));
  database.Write("press", MakeUnit({{"en", "Yes."}, {"es", "Nuevo."}}),
                 WriteMode::kOverwrite);
  EXPECT_THAT(database.Lookup(MakeQuery("es", "Viejo.")), IsEmpty());
  EXPECT_THAT(database.Lookup(MakeQuery("es", "Nuevo.")), SizeIs(1));
  EXPECT_THAT(
      Must(database->LookupExact("press", MakeQuery("es", "Viejo."), {})).items,
      IsEmpty());
}

TEST(CreateUnits, OverwritingInAnotherSpellingIsNoError) {
  TestDatabase database;
  Unit unit = MakeUnit({{"en", "Trade"}, {"zh-CN", "贸易"}});
  unit.source_language = Tag("zh-CN");
  database.Write("press", unit);
  const WrittenUnit written =
      database.Write("press", MakeUnit({{"zh", "贸易"}, {"en", "Commerce"}}),
                     WriteMode::kOverwrite);
  EXPECT_EQ(written.outcome, Outcome::kUpdated);
  EXPECT_EQ(written.entry.unit.source_language, Tag("zh"));
}

TEST(CreateUnits, TakesAGivenId) {
  TestDatabase database;
  const Unit unit = MakeUnit({{"en", "Yes."}});
  EXPECT_EQ(database.Write("press", New(unit, "mine")).entry.id, "mine");
  EXPECT_EQ(database.Write("press", New(unit, "mine")).outcome,
            Outcome::kUnchanged);
  EXPECT_THAT(database->CreateUnits(
                  "press", {New(MakeUnit({{"en", "No."}}), "mine")}, {}),
              AllOf(StatusIs(StatusCode::kAlreadyExists, HasSubstr("'mine'")),
                    ReasonIs("UNIT_EXISTS")));
  // Without an id it is another unit.
  EXPECT_EQ(database.Write("press", unit).outcome, Outcome::kCreated);
}

TEST(CreateUnits, NeedsTheMemory) {
  TestDatabase database;
  EXPECT_THAT(
      database->CreateUnits("press", {New(MakeUnit({{"en", "Yes."}}))}, {}),
      ReasonIs("MEMORY_NOT_FOUND"));
  EXPECT_THAT(database->CreateUnits("No!", {}, {.create_memory = true}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("memory_id")));
  EXPECT_THAT(database->CreateUnits("press", {}, {.create_memory = true}),
              IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(database->GetMemory("press"), IsOk());
}

TEST(CreateUnits, OnlyValidates) {
  TestDatabase database;
  const std::vector<NewUnit> units = {New(MakeUnit({{"en", "Yes."}})),
                                      New(MakeUnit({{"en", "Yes."}}))};
  const auto written = Must(database->CreateUnits(
      "press", units, {.validate_only = true, .create_memory = true}));
  ASSERT_THAT(written, SizeIs(2));
  EXPECT_EQ(written[0].outcome, Outcome::kCreated);
  EXPECT_EQ(written[1].outcome, Outcome::kUnchanged);
  EXPECT_THAT(database->GetMemory("press"), ReasonIs("MEMORY_NOT_FOUND"));
  EXPECT_EQ(database->Stats().unit_count, 0U);
}

// --- Batches
// ------------------------------------------------------------------

std::vector<NewUnit> GoodWrongTaken() {
  return {New(MakeUnit({{"en", "Good."}})), New(MakeUnit({{"en", ""}}), "Bad!"),
          New(MakeUnit({{"en", "Other."}}), "taken"),
          New(MakeUnit({{"en", "Good too."}}))};
}

TEST(CreateUnits, WritesAllOrNothing) {
  TestDatabase database;
  database.Write("press", New(MakeUnit({{"en", "First."}}), "taken"));
  const auto wrong = database->CreateUnits("press", GoodWrongTaken(), {});
  EXPECT_THAT(
      FieldsOf(wrong.status()),
      ElementsAre("requests[1].unit_id", "requests[1].unit.variants[0].text"));
  std::vector<NewUnit> units = GoodWrongTaken();
  units.erase(units.begin() + 1);
  EXPECT_THAT(database->CreateUnits("press", units, {}),
              ReasonIs("UNIT_EXISTS"));
  EXPECT_EQ(Must(database->GetMemory("press")).unit_count, 1U);
  EXPECT_THAT(database->CreateUnits("web", units, {.create_memory = true}),
              IsOk());
}

TEST(CreateUnits, KeepsGoingWhenAskedTo) {
  TestDatabase database;
  database.Write("press", New(MakeUnit({{"en", "First."}}), "taken"));
  const auto written = Must(
      database->CreateUnits("press", GoodWrongTaken(), {.keep_going = true}));
  ASSERT_THAT(written, SizeIs(4));
  EXPECT_EQ(written[0].outcome, Outcome::kCreated);
  EXPECT_EQ(written[1].outcome, Outcome::kRefused);
  EXPECT_THAT(FieldsOf(written[1].problem),
              ElementsAre("unit_id", "unit.variants[0].text"));
  EXPECT_EQ(written[2].outcome, Outcome::kRefused);
  EXPECT_THAT(written[2].problem, ReasonIs("UNIT_EXISTS"));
  EXPECT_EQ(written[3].outcome, Outcome::kCreated);
  EXPECT_EQ(Must(database->GetMemory("press")).unit_count, 3U);
}

TEST(CreateUnits, MergesInsideABatch) {
  TestDatabase database;
  const auto written = Must(
      database->CreateUnits("press",
                            {New(MakeUnit({{"en", "Yes."}, {"es", "Sí."}})),
                             New(MakeUnit({{"en", "Yes."}, {"es", "Claro."}})),
                             New(MakeUnit({{"en", "Yes."}, {"es", "Sí."}}))},
                            {.create_memory = true}));
  ASSERT_THAT(written, SizeIs(3));
  EXPECT_EQ(written[0].outcome, Outcome::kCreated);
  EXPECT_EQ(written[1].outcome, Outcome::kUpdated);
  EXPECT_EQ(written[2].outcome, Outcome::kUnchanged);
  EXPECT_EQ(Must(database->GetMemory("press")).unit_count, 1U);
  EXPECT_THAT(database.Lookup(MakeQuery("es", "Claro.")), SizeIs(1));
}

TEST(CreateUnits, RefusesABatchThatIsTooLarge) {
  TestDatabase database;
  std::vector<NewUnit> units(kMaxBatchSize + 1,
                             New(MakeUnit({{"en", "Yes."}})));
  EXPECT_THAT(
      database->CreateUnits("press", units, {.create_memory = true}),
      StatusIs(StatusCode::kInvalidArgument, HasSubstr("1001 entries")));
  units.pop_back();
  EXPECT_THAT(database->CreateUnits("press", units, {.create_memory = true}),
              IsOk());
}

// --- Limits
// -------------------------------------------------------------------

Unit WithTargets(int first, size_t count) {
  Unit unit = MakeUnit({{"en", "Yes."}});
  for (size_t i = 0; i < count; ++i) {
    unit.variants.push_back(MakeVariant(
        "es", fmt::format("Sí {}.", static_cast<size_t>(first) + i)));
  }
  return unit;
}

TEST(CreateUnits, MergingKeepsTheLimitOfVariants) {
  TestDatabase database;
  database.Write("press", WithTargets(0, kMaxVariants - 2));
  EXPECT_EQ(database.Write("press", WithTargets(1000, 1)).outcome,
            Outcome::kUpdated);
  const auto refused = database->CreateUnits(
      "press", {New(MakeUnit({{"en", "No."}})), New(WithTargets(2000, 1))}, {});
  EXPECT_THAT(refused, ReasonIs("FIELDS_INVALID"));
  EXPECT_THAT(FieldsOf(refused.status()),
              ElementsAre("requests[1].unit.variants"));
  const auto going = Must(database->CreateUnits(
      "press", {New(MakeUnit({{"en", "No."}})), New(WithTargets(2000, 1))},
      {.keep_going = true}));
  EXPECT_EQ(going.at(1).outcome, Outcome::kRefused);
  EXPECT_THAT(FieldsOf(going.at(1).problem), ElementsAre("unit.variants"));
  EXPECT_EQ(database.WalkAll("press").size(), 2U);
}

TEST(CreateUnits, MergingKeepsTheLimitOfBytes) {
  TestDatabase database;
  const std::string text(kMaxTextBytes - 1, 'x');
  for (char c = 'a';; ++c) {
    const auto written = database->CreateUnits(
        "press", {New(MakeUnit({{"en", "Yes."}, {"es", text + c}}))},
        {.create_memory = true});
    if (written.ok()) {
      ASSERT_LT(c, 'z');
      continue;
    }
    EXPECT_EQ(c, 'a' + 15);
    EXPECT_THAT(FieldsOf(written.status()),
                ElementsAre("requests[0].unit.variants"));
    break;
  }
}

TEST(CreateUnits, StaysConsistent) {
  TestDatabase database;
  for (int i = 0; i < 50; ++i) {
    // Equal texts in one unit, and in several.
    database.Write(
        "press",
        MakeUnit({{"en", fmt::format("{}", i % 20)},
                  {"en-GB", fmt::format("{}", i % 20)},
                  {"es", fmt::format("{}", i % 7)}}),
        i % 3 == 0 ? WriteMode::kOverwrite : WriteMode::kAddVariants);
  }
  database.Close();
  EXPECT_THAT(FindInconsistenciesIn(database.path()), IsEmpty());
}

}  // namespace
}  // namespace tercet
