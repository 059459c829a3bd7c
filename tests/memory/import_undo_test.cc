// Several imports of the same units, taken back in any order.
#include "service/memory/import_undo.h"

#include <map>
#include <memory>
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

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ImportUndoTest : public ImportTest {
 protected:
  // As a person would.
  void SetNote(const std::string& id, const std::string& note) {
    Must(database_->UpdateUnit(
        "press", id, {.fields = {UnitField::kNotes}, .unit = {.notes = {note}}},
        {}));
  }

  std::unique_ptr<ImportSession> Begin(std::string_view file) {
    return Must(database_->BeginImport("press", RequestFor(file)));
  }

  std::vector<std::string> TextsOf(const std::string& id) {
    std::vector<std::string> texts;
    for (const Variant& each :
         Must(database_->GetUnit("press", id)).unit.variants) {
      texts.push_back(each.segment.text);
    }
    return texts;
  }
};

TEST_F(ImportUndoTest, TheOlderFirstLeavesNothingOfBoth) {
  database_.Write("press", MakeUnit({{"en", "Bye"}, {"es", "Adiós"}}));
  const std::string before = Dump();
  const ImportEntry older =
      Import({EnEs("Hello", "Hola"), EnEs("Bye", "Chau")}, "1");
  const ImportEntry newer =
      Import({EnEs("Hello", "Buenas"),
              EnEs("Bye", "Hasta luego", WriteMode::kOverwrite)},
             "2");
  const std::string after_newer = Dump();
  const ImportEntry undone = Undo(older.number);
  EXPECT_EQ(undone.import.undo, (UndoCounts{.kept = 2}));
  EXPECT_EQ(undone.cases.at(0).reason, "UNIT_CHANGED_SINCE");
  EXPECT_THAT(undone.cases.at(0).message,
              HasSubstr(fmt::format("by import {} after",
                                    static_cast<uint64_t>(newer.number))));
  EXPECT_EQ(Dump(), after_newer);
  EXPECT_EQ(Undo(newer.number).import.undo,
            (UndoCounts{.deleted = 1, .restored = 1}));
  EXPECT_EQ(Dump(), before);
}

TEST_F(ImportUndoTest, TheMiddleOneFirst) {
  const ImportEntry first = Import({EnEs("Hello", "Hola")}, "1");
  const std::string after_first = Dump();
  const ImportEntry second = Import({EnEs("Hello", "Buenas")}, "2");
  const ImportEntry third = Import({EnEs("Hello", "Hey")}, "3");
  Undo(second.number);
  Undo(third.number);
  EXPECT_EQ(Dump(), after_first);
  EXPECT_EQ(Undo(first.number).import.undo, (UndoCounts{.deleted = 1}));
}

TEST_F(ImportUndoTest, ImportsAtTheSameTimeTouchUnitsInTurn) {
  const auto one = Begin("1");
  const auto two = Begin("2");
  Must(one->Write(Step({EnEs("Hello", "Hola")})));
  Must(two->Write(Step({EnEs("Hello", "Buenas"), EnEs("Bye", "Adiós")})));
  Must(one->Write(Step({EnEs("Hello", "Hey"), EnEs("Bye", "Chau")})));
  Must(two->Write(Step({EnEs("Bye", "Hasta luego")})));
  Must(one->Finish());
  Must(two->Finish());
  Undo(two->entry().number);
  const ImportEntry last = Undo(one->entry().number);
  EXPECT_EQ(last.import.undo.kept, 0);
  EXPECT_THAT(database_.WalkAll("press"), IsEmpty());
}

TEST_F(ImportUndoTest, WhatStaysBelowAnotherIsTold) {
  const auto one = Begin("1");
  Must(one->Write(Step({EnEs("Hello", "Hola")})));
  const ImportEntry two = Import({EnEs("Hello", "Buenas")}, "2");
  Must(one->Write(Step({EnEs("Hello", "Hey")})));
  Must(one->Finish());
  const ImportEntry undone = Undo(one->entry().number);
  EXPECT_EQ(undone.import.undo, (UndoCounts{.kept = 1}));
  EXPECT_THAT(undone.cases.at(0).message, HasSubstr("between two changes"));
  const std::string id = database_.WalkAll("press").at(0).id;
  EXPECT_THAT(TextsOf(id), ::testing::ElementsAre("Hello", "Hola", "Buenas"));
  EXPECT_EQ(Undo(two.number).import.undo, (UndoCounts{.deleted = 1}));
}

TEST_F(ImportUndoTest, APersonsEditBetweenTwoImportsStays) {
  const ImportEntry first = Import({EnEs("Hello", "Hola")}, "1");
  const std::string id = database_.WalkAll("press").at(0).id;
  SetNote(id, "mine");
  const std::string edited = Dump();
  const ImportEntry second = Import({EnEs("Hello", "Buenas")}, "2");
  EXPECT_EQ(Undo(first.number).import.undo, (UndoCounts{.kept = 1}));
  EXPECT_EQ(Undo(second.number).import.undo, (UndoCounts{.restored = 1}));
  EXPECT_EQ(Dump(), edited);
}

// Random imports, some at the same time, edits and deletions by persons, and
// undoing in any order.
class RandomHistory {
 public:
  RandomHistory(TestDatabase& database, uint32_t seed)
      : database_(database), random_(seed) {}

  void Run(int rounds) {
    for (int round = 0; round < rounds; ++round) {
      database_.clock().Advance(1000);
      switch (random_() % 8) {
        case 0:
          Undo();
          break;
        case 1:
          Edit(fmt::format("edit {}", round));
          break;
        case 2:
          Delete();
          break;
        case 3:
          Begin(round);
          break;
        default:
          Write();
      }
      CheckEdits();
    }
  }

  // Undoes all that is left, in any order.
  void UndoAll() {
    std::shuffle(sessions_.begin(), sessions_.end(), random_);
    while (!sessions_.empty()) Undo();
  }

  // What persons wrote last must be there, whatever imports did.
  void CheckEdits() {
    for (const auto& [id, note] : notes_) {
      const UnitEntry entry = Must(database_->GetUnit("press", id));
      ASSERT_THAT(entry.unit.notes, ::testing::ElementsAre(note));
    }
  }

  bool IsEdited(const std::string& id) const { return notes_.contains(id); }
  bool WasThere(const std::string& id) const { return deleted_.contains(id); }

 private:
  size_t Below(size_t end) { return random_() % end; }

  void Begin(int round) {
    if (sessions_.size() == 5) return;
    sessions_.push_back(Must(
        database_->BeginImport("press", RequestFor(fmt::format("{}", round)))));
  }

  void Write() {
    if (sessions_.empty()) return;
    std::vector<NewUnit> units;
    for (size_t i = 1 + Below(4); i > 0; --i) {
      units.push_back(EnEs(
          fmt::format("Source {}", Below(6)), fmt::format("Texto {}", Below(4)),
          Below(2) == 0 ? WriteMode::kAddVariants : WriteMode::kOverwrite));
    }
    Must(sessions_[Below(sessions_.size())]->Write(Step(std::move(units))));
  }

  void Undo() {
    if (sessions_.empty()) return;
    const size_t which = Below(sessions_.size());
    Must(database_->UndoImport("press", sessions_[which]->entry().number, {}));
    // Its destructor would tell that the import is no longer its own.
    sessions_.erase(sessions_.begin() + static_cast<ptrdiff_t>(which));
  }

  std::optional<std::string> AnyUnit() {
    const std::vector<UnitEntry> all = database_.WalkAll("press");
    if (all.empty()) return std::nullopt;
    return all[Below(all.size())].id;
  }

  void Edit(const std::string& note) {
    const auto id = AnyUnit();
    if (!id.has_value() || Below(2) == 0) return;
    Must(database_->UpdateUnit(
        "press", *id,
        {.fields = {UnitField::kNotes}, .unit = {.notes = {note}}}, {}));
    notes_[*id] = note;
  }

  void Delete() {
    const auto id = AnyUnit();
    if (!id.has_value() || Below(4) != 0) return;
    Must(database_->DeleteUnit("press", *id, {}));
    notes_.erase(*id);
    deleted_[*id] = true;
  }

  TestDatabase& database_;
  std::mt19937 random_;
  std::vector<std::unique_ptr<ImportSession>> sessions_;
  std::map<std::string, std::string> notes_;  // By unit.
  std::map<std::string, bool> deleted_;
};

TEST_F(ImportUndoTest, UndoingAllInAnyOrderLeavesOnlyWhatPersonsDid) {
  const auto first_seed = std::random_device{}();
  for (uint32_t i = 0; i < 30; ++i) {
    const uint32_t seed = first_seed + i;
    SCOPED_TRACE(fmt::format("seed {}", seed));
    TestDatabase database;
    std::map<std::string, UnitEntry> before;
    for (int source = 0; source < 3; ++source) {
      const UnitEntry entry =
          database
              .Write("press",
                     MakeUnit({{"en", fmt::format("Source {}", source)},
                               {"es", "Texto"}}))
              .entry;
      before.emplace(entry.id, entry);
    }
    RandomHistory history(database, seed);
    history.Run(120);
    history.UndoAll();
    history.CheckEdits();
    for (const UnitEntry& entry : database.WalkAll("press")) {
      if (history.IsEdited(entry.id)) continue;
      ASSERT_TRUE(before.contains(entry.id)) << entry.id;
      EXPECT_EQ(entry.unit, before[entry.id].unit);
      EXPECT_EQ(entry.update_micros, before[entry.id].update_micros);
      EXPECT_THAT(entry.imports, IsEmpty());
    }
    for (const auto& [id, entry] : before) {
      if (history.WasThere(id)) continue;
      EXPECT_TRUE(database->GetUnit("press", id).ok()) << id;
    }
    database.Close();
    EXPECT_THAT(FindInconsistenciesIn(database.path()), IsEmpty());
  }
}

}  // namespace
}  // namespace tercet
