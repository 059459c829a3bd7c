// What becomes of several units with one source: of other standing, of other
// places, and in imports that overwrite.
#include "service/memory/unit_merge.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/memory/import_fixture.h"
#include "tests/support/consistency.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

NewUnit WithState(NewUnit unit, UnitState state) {
  unit.unit.state = state;
  return unit;
}

class UnitMergeTest : public ImportTest {
 protected:
  // `STATE: TEXTS` of each unit.
  std::vector<std::string> Units() {
    std::vector<std::string> units;
    for (const UnitEntry& entry : database_.WalkAll("press")) {
      std::string line = entry.unit.state == UnitState::kDraft ? "draft:"
                         : entry.unit.state == UnitState::kAligned
                             ? "aligned:"
                             : "confirmed:";
      for (const Variant& variant : entry.unit.variants) {
        line += " " + variant.segment.text;
      }
      units.push_back(std::move(line));
    }
    return units;
  }

  // Changes nothing, and says so.
  void ExpectNothingNew(const std::vector<NewUnit>& units) {
    const std::string before = Dump();
    const ImportEntry again = Import(units, "again");
    EXPECT_EQ(Dump(), before);
    EXPECT_EQ(again.import.counts.duplicates,
              static_cast<int64_t>(units.size()));
    EXPECT_EQ(again.import.counts.updated, 0);
    EXPECT_EQ(again.import.counts.variants_added, 0);
    EXPECT_EQ(again.import.counts.texts_added, 0);
    EXPECT_EQ(again.import.counts.texts_removed, 0);
    EXPECT_EQ(Undo(again.number).import.undo, UndoCounts{});
    EXPECT_EQ(Dump(), before);
  }
};

TEST_F(UnitMergeTest, ADraftIsNotConfirmedByAConfirmedUnit) {
  const std::vector<NewUnit> units = {
      EnEs("Close", "Cierre"),
      WithState(EnEs("Close", "Ciérrese"), UnitState::kDraft)};
  Import(units);
  EXPECT_THAT(Units(), UnorderedElementsAre("confirmed: Close Cierre",
                                            "draft: Close Ciérrese"));
  ExpectNothingNew(units);
}

TEST_F(UnitMergeTest, AConfirmedTextDoesNotHideInADraft) {
  const std::vector<NewUnit> units = {
      WithState(EnEs("Open", "Ábrase"), UnitState::kDraft),
      EnEs("Open", "Abra")};
  Import(units);
  EXPECT_THAT(Units(), UnorderedElementsAre("confirmed: Open Abra",
                                            "draft: Open Ábrase"));
  const std::vector<Match> matches = database_.Lookup(MakeQuery("en", "Open"));
  ASSERT_THAT(matches, SizeIs(2));
  EXPECT_EQ(matches[0].entry.unit.state, UnitState::kConfirmed);
  EXPECT_EQ(matches[0].score, 100);
  EXPECT_LT(matches[1].score, 100);
  ExpectNothingNew(units);
}

// Exports write the ids of units that have no identifier.
TEST_F(UnitMergeTest, IdsOfAnExportAreNoIdentifiers) {
  Import({EnEs("Open", "Abra"),
          WithState(EnEs("Open", "Ábrase"), UnitState::kDraft)});
  std::vector<NewUnit> exported;
  for (const UnitEntry& entry : database_.WalkAll("press")) {
    exported.push_back({.unit = entry.unit});
    exported.back().unit.external_id = entry.id;
  }
  ASSERT_THAT(exported, SizeIs(2));
  ExpectNothingNew(exported);
}

// Its unit is confirmed by then, and there is another draft.
TEST_F(UnitMergeTest, ADraftThatWasConfirmedIsKnown) {
  const std::vector<NewUnit> units = {
      WithState(EnEs("Open", "Abra"), UnitState::kDraft), EnEs("Open", "Abra"),
      WithState(EnEs("Open", "Ábrase"), UnitState::kDraft)};
  Import(units);
  EXPECT_THAT(Units(), UnorderedElementsAre("confirmed: Open Abra",
                                            "draft: Open Ábrase"));
  ExpectNothingNew(units);
}

TEST_F(UnitMergeTest, ConfirmingTheTextOfADraftConfirmsTheUnit) {
  const std::vector<NewUnit> units = {
      WithState(EnEs("Open", "Abra"), UnitState::kDraft), EnEs("Open", "Abra")};
  Import(units);
  EXPECT_THAT(Units(), ElementsAre("confirmed: Open Abra"));
  ExpectNothingNew(units);
}

TEST_F(UnitMergeTest, OverwritingADraftConfirmsIt) {
  Import({WithState(EnEs("Open", "Ábrase"), UnitState::kDraft)});
  Import({EnEs("Open", "Abra", WriteMode::kOverwrite)}, "b");
  EXPECT_THAT(Units(), ElementsAre("confirmed: Open Abra"));
}

TEST_F(UnitMergeTest, TellsOfAContextThatTheUnitCannotHold) {
  NewUnit first = EnEs("Yes", "Sí");
  first.unit.origin = {.document = "a.docx", .previous = "Question one?"};
  NewUnit second = EnEs("Yes", "Claro");
  second.unit.origin = {.document = "b.docx", .previous = "Question two?"};
  const ImportEntry entry = Import({first, second, EnEs("Yes", "Sí")});
  EXPECT_EQ(entry.import.counts.variants_added, 1);
  EXPECT_EQ(entry.import.counts.warnings, 1);
  ASSERT_THAT(entry.cases, SizeIs(1));
  EXPECT_EQ(entry.cases[0].reason, "CONTEXT_LEFT_OUT");
  EXPECT_EQ(entry.cases[0].line, 3);
  second.may_lose_context = false;
  const ImportEntry strict = Import({second}, "strict");
  EXPECT_EQ(strict.import.counts.failed, 1);
  EXPECT_EQ(strict.cases.at(0).reason, "CONTEXT_LEFT_OUT");
}

TEST_F(UnitMergeTest, TranslationsOfOneImportDoNotOverwriteEachOther) {
  Import({EnEs("Yes", "Vale")}, "old");
  const std::vector<NewUnit> units = {
      EnEs("Yes", "Sí", WriteMode::kOverwrite),
      EnEs("No", "No", WriteMode::kOverwrite),
      EnEs("Yes", "Claro", WriteMode::kOverwrite)};
  const ImportEntry entry = Import(units, "new");
  EXPECT_THAT(Units(), UnorderedElementsAre("confirmed: Yes Sí Claro",
                                            "confirmed: No No"));
  EXPECT_EQ(entry.import.counts, (ImportCounts{.created = 1,
                                               .updated = 1,
                                               .variants_added = 1,
                                               .texts_added = 4,
                                               .texts_removed = 1}));
  ExpectNothingNew(units);
  const ImportEntry only_one =
      Import({EnEs("Yes", "Claro", WriteMode::kOverwrite)}, "one");
  EXPECT_EQ(only_one.import.counts,
            (ImportCounts{.updated = 1, .texts_removed = 1}));
}

// Notes that a file has of one sentence in several places survive, too.
TEST_F(UnitMergeTest, OverwritingWithTheSameFileKeepsNotes) {
  std::vector<NewUnit> units;
  for (const char* note : {"first", "second"}) {
    units.push_back(EnEs("Yes", "Sí", WriteMode::kOverwrite));
    units.back().unit.notes = {note};
    units.back().unit.variants[1].notes = {note};
  }
  Import(units);
  const UnitEntry entry = database_.WalkAll("press").at(0);
  EXPECT_THAT(entry.unit.notes, ElementsAre("first", "second"));
  EXPECT_THAT(entry.unit.variants[1].notes, ElementsAre("first", "second"));
  ExpectNothingNew(units);
}

TEST_F(UnitMergeTest, ImportingRandomFilesTwiceChangesNothing) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 60; ++round) {
    const WriteMode mode =
        random() % 2 == 0 ? WriteMode::kAddVariants : WriteMode::kOverwrite;
    std::vector<NewUnit> units;
    for (size_t i = random() % 12; i > 0; --i) {
      NewUnit& unit =
          units.emplace_back(EnEs(fmt::format("Source {}", random() % 5),
                                  fmt::format("Texto {}", random() % 3), mode));
      if (mode == WriteMode::kAddVariants && random() % 3 == 0) {
        unit.unit.state = UnitState::kDraft;
      }
      if (random() % 3 == 0) unit.unit.notes = {random() % 2 == 0 ? "a" : "b"};
    }
    const std::string file = fmt::format("{}", round);
    const ImportEntry entry = Import(units, file);
    const std::string once = Dump();
    Import(units, file + " again");
    EXPECT_EQ(Dump(), once);
    if (random() % 2 == 0) Undo(entry.number);
    if (HasFailure()) return;
    database_.clock().Advance(1000);
  }
  database_.Close();
  EXPECT_THAT(FindInconsistenciesIn(database_.path()), IsEmpty());
}

}  // namespace
}  // namespace tercet
