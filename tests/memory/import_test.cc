// Imports: sessions, going on with them, and taking them back; what becomes of
// several that are taken back is in import_undo_test.cc.
#include "service/memory/import.h"

#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/model/limits.h"
#include "tests/memory/import_fixture.h"
#include "tests/support/consistency.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(ImportTest, CountsWhatBecameOfEachUnit) {
  database_.Write("press", MakeUnit({{"en", "Hello"}, {"es", "Hola"}}));
  database_.Write("press", MakeUnit({{"en", "Bye"}, {"es", "Adiós"}}));
  const auto session =
      Must(database_->BeginImport("press", RequestFor("a.tmx")));
  CheckedStep step = Step(
      {EnEs("New", "Nuevo"), EnEs("Hello", "Hola"), EnEs("Hello", "Buenas"),
       EnEs("Bye", "Chau", WriteMode::kOverwrite), EnEs("Bad", "")});
  step.rest.cases = {{.kind = ImportCase::Kind::kSkipped, .reason = "DROPPED"},
                     {.kind = ImportCase::Kind::kWarning, .reason = "ODD"},
                     {.kind = ImportCase::Kind::kFailed, .reason = "BROKEN"}};
  const std::vector<ImportCase> cases = Must(session->Write(std::move(step)));
  Must(session->Finish());
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].unit_id, "tu-4");
  EXPECT_EQ(cases[0].line, 6);
  EXPECT_EQ(cases[0].reason, "FIELDS_INVALID");
  const ImportEntry entry = Get(session->entry().number);
  EXPECT_EQ(entry.import.state, ImportState::kDone);
  EXPECT_EQ(entry.import.counts, (ImportCounts{.created = 1,
                                               .updated = 1,
                                               .variants_added = 1,
                                               .duplicates = 1,
                                               .skipped = 1,
                                               .failed = 2,
                                               .warnings = 1,
                                               .texts_added = 4,
                                               .texts_removed = 1}));
  EXPECT_EQ(entry.import.counts.read(), 7);
  EXPECT_THAT(entry.cases, SizeIs(4));
}

TEST_F(ImportTest, KeepsASentenceOfManyDocumentsWithoutAllTheirProperties) {
  std::vector<NewUnit> units;
  for (size_t i = 0; i <= kMaxProperties; ++i) {
    NewUnit& unit = units.emplace_back(EnEs("Photo", "Foto"));
    unit.unit.properties = {{"id", std::to_string(i)}};
    unit.may_lose_metadata = true;
  }
  units.back().unit.variants.push_back(MakeUnit({{"zh", "图"}}).variants[0]);
  NewUnit strict = units.back();
  strict.may_lose_metadata = false;
  const auto session =
      Must(database_->BeginImport("press", RequestFor("a.tmx")));
  const std::vector<NewUnit> first(units.begin(), units.begin() + 1000);
  const std::vector<NewUnit> rest(units.begin() + 1000, units.end());
  Must(session->Write(Step(first)));
  const std::vector<ImportCase> lost = Must(session->Write(Step(rest)));
  ASSERT_THAT(lost, SizeIs(1));
  EXPECT_EQ(lost[0].kind, ImportCase::Kind::kWarning);
  EXPECT_EQ(lost[0].reason, "METADATA_LEFT_OUT");
  const std::vector<ImportCase> refused = Must(session->Write(Step({strict})));
  ASSERT_THAT(refused, SizeIs(1));
  EXPECT_EQ(refused[0].reason, "FIELDS_INVALID");
  Must(session->Finish());
  EXPECT_EQ(session->entry().import.counts,
            (ImportCounts{.created = 1,
                          .updated = static_cast<int64_t>(kMaxProperties) - 1,
                          .variants_added = 1,
                          .failed = 1,
                          .warnings = 1,
                          .texts_added = 3}));
  const std::vector<UnitEntry> all = database_.WalkAll("press");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].unit.properties, SizeIs(kMaxProperties));
  EXPECT_THAT(all[0].unit.variants, SizeIs(3));
}

TEST_F(ImportTest, KeepsTheFirstHundredCasesOfAKindAndCountsAll) {
  const auto session =
      Must(database_->BeginImport("press", RequestFor("a.tmx")));
  for (int part = 0; part < 2; ++part) {
    ImportStep step;
    for (int i = 0; i < 80; ++i) {
      step.cases.push_back({.kind = ImportCase::Kind::kFailed,
                            .byte_offset = part * 1000 + i,
                            .reason = i % 2 == 0 ? "EVEN" : "ODD"});
    }
    step.cases.push_back({.kind = ImportCase::Kind::kWarning,
                          .byte_offset = part * 1000,
                          .reason = "ODD"});
    Must(session->Write(CheckStep(std::move(step))));
  }
  Must(session->Finish());
  const ImportEntry entry = Get(session->entry().number);
  EXPECT_THAT(entry.cases, SizeIs(102));
  EXPECT_EQ(entry.import.counts.failed, 160);
  EXPECT_EQ((entry.import.reasons.at({ImportCase::Kind::kFailed, "EVEN"})), 80);
  EXPECT_EQ((entry.import.reasons.at({ImportCase::Kind::kWarning, "ODD"})), 2);
}

TEST_F(ImportTest, UnitsKnowTheirImports) {
  const ImportEntry first = Import({EnEs("Hello", "Hola")});
  const ImportEntry second = Import({EnEs("Hello", "Buenas")}, "b.tmx");
  EXPECT_THAT(database_.WalkAll("press").at(0).imports,
              ElementsAre(first.number, second.number));
}

TEST_F(ImportTest, AUnitRemembersItsFirstAndLastImports) {
  const ImportEntry first = Import({EnEs("Hello", "Hola")});
  ImportNumber last{};
  for (int i = 0; i < 20; ++i) {
    last = Import({EnEs("Hello", fmt::format("Hola {}", i))}).number;
  }
  const auto imports = database_.WalkAll("press").at(0).imports;
  EXPECT_THAT(imports, SizeIs(16));
  EXPECT_EQ(imports.front(), first.number);
  EXPECT_EQ(imports.back(), last);
}

TEST_F(ImportTest, GoesOnBehindTheLastCheckpoint) {
  {
    const auto session =
        Must(database_->BeginImport("press", RequestFor("a.tmx")));
    Must(session->Write(Step({EnEs("One", "Uno")}, 1)));
  }
  const auto again = Must(database_->BeginImport("press", RequestFor("a.tmx")));
  EXPECT_EQ(again->entry().import.checkpoint.items, 1);
  EXPECT_EQ(again->entry().import.counts.created, 1);
  Must(again->Write(Step({EnEs("Two", "Dos")}, 2)));
  Must(again->Finish());
  EXPECT_EQ(Get(again->entry().number).import.counts.created, 2);
  const auto other = Must(database_->BeginImport("press", RequestFor("a.tmx")));
  EXPECT_NE(other->entry().number, again->entry().number);
}

TEST_F(ImportTest, OneThatRanWhenTheServerEndedIsBrokenOff) {
  const auto session =
      Must(database_->BeginImport("press", RequestFor("a.tmx")));
  Must(session->Write(Step({EnEs("One", "Uno")}, 1)));
  const ImportNumber number = session->entry().number;
  TestDatabase copy;
  copy.Close();
  std::filesystem::copy(database_.path(), copy.path(),
                        std::filesystem::copy_options::recursive |
                            std::filesystem::copy_options::overwrite_existing);
  copy.Reopen();
  const ImportEntry entry = Must(copy->GetImport("press", number));
  EXPECT_EQ(entry.import.state, ImportState::kBrokenOff);
  EXPECT_EQ(entry.import.error_reason, "SERVER_STOPPED");
  const auto again = Must(copy->BeginImport("press", RequestFor("a.tmx")));
  EXPECT_EQ(again->entry().number, number);
  EXPECT_EQ(again->entry().import.checkpoint.items, 1);
}

TEST_F(ImportTest, OtherContentIsAnotherImport) {
  const auto one = Must(database_->BeginImport("press", RequestFor("a")));
  const auto two = Must(database_->BeginImport("press", RequestFor("b")));
  const auto web = Must(database_->BeginImport("web", RequestFor("a")));
  EXPECT_NE(one->entry().number, two->entry().number);
  EXPECT_NE(one->entry().number, web->entry().number);
}

TEST_F(ImportTest, CanBeginAnew) {
  ImportRequest request = RequestFor("a");
  ImportNumber first{};
  {
    const auto session = Must(database_->BeginImport("press", request));
    first = session->entry().number;
  }
  request.restart = true;
  const auto session = Must(database_->BeginImport("press", request));
  EXPECT_NE(session->entry().number, first);
  Must(session->Finish());
  // The first one is not gone on with by mistake.
  request.restart = false;
  const auto third = Must(database_->BeginImport("press", request));
  EXPECT_NE(third->entry().number, first);
}

TEST_F(ImportTest, AMalformedFileIsNotGoneOnWith) {
  const auto session = Must(database_->BeginImport("press", RequestFor("a")));
  Must(session->BreakOff(MakeError(StatusCode::kInvalidArgument, "line 3",
                                   {.reason = "FILE_MALFORMED"}),
                         /*resumable=*/false));
  const ImportEntry entry = Get(session->entry().number);
  EXPECT_EQ(entry.import.state, ImportState::kBrokenOff);
  EXPECT_EQ(entry.import.error_reason, "FILE_MALFORMED");
  const auto again = Must(database_->BeginImport("press", RequestFor("a")));
  EXPECT_NE(again->entry().number, session->entry().number);
}

TEST_F(ImportTest, ASecondSessionTakesOver) {
  const auto first = Must(database_->BeginImport("press", RequestFor("a")));
  const auto second = Must(database_->BeginImport("press", RequestFor("a")));
  EXPECT_EQ(first->entry().number, second->entry().number);
  EXPECT_THAT(first->Write(Step({EnEs("One", "Uno")})),
              ReasonIs("IMPORT_TAKEN_OVER"));
  EXPECT_THAT(database_.WalkAll("press"), IsEmpty());
  Must(second->Write(Step({EnEs("One", "Uno")})));
  EXPECT_THAT(first->Finish(), ReasonIs("IMPORT_TAKEN_OVER"));
  Must(second->Finish());
  EXPECT_EQ(Get(second->entry().number).import.state, ImportState::kDone);
}

TEST_F(ImportTest, DeletingTheMemoryEndsTheSession) {
  const auto session = Must(database_->BeginImport("press", RequestFor("a")));
  Must(session->Write(Step({EnEs("One", "Uno")})));
  Must(database_->DeleteMemory("press", /*force=*/true, {}));
  EXPECT_THAT(session->Write(Step({EnEs("Two", "Dos")})),
              ReasonIs("IMPORT_TAKEN_OVER"));
  database_.CreateMemory("press");
  EXPECT_THAT(session->Write(Step({EnEs("Two", "Dos")})),
              ReasonIs("IMPORT_TAKEN_OVER"));
  EXPECT_THAT(database_->GetImport(std::nullopt, session->entry().number),
              ReasonIs("IMPORT_NOT_FOUND"));
}

TEST_F(ImportTest, UndoRestoresEverything) {
  database_.Write("press", MakeUnit({{"en", "Hello"}, {"es", "Hola"}}));
  database_.Write("press", MakeUnit({{"en", "Bye"}, {"es", "Adiós"}}));
  Import({EnEs("Old", "Viejo")}, "old.tmx");
  const std::string before = Dump();
  database_.clock().Advance(1'000'000);
  const ImportEntry entry = Import(
      {EnEs("New", "Nuevo"), EnEs("Hello", "Buenas"), EnEs("Hello", "Hey"),
       EnEs("Bye", "Chau", WriteMode::kOverwrite), EnEs("Old", "Antiguo")});
  EXPECT_NE(Dump(), before);
  database_.clock().Advance(1'000'000);
  const ImportEntry undone = Undo(entry.number);
  EXPECT_EQ(undone.import.state, ImportState::kUndone);
  EXPECT_EQ(undone.import.undo, (UndoCounts{.deleted = 1, .restored = 3}));
  EXPECT_EQ(Dump(), before);
  // Lookups see what is there again.
  EXPECT_THAT(database_.Lookup(MakeQuery("en", "New")), IsEmpty());
  EXPECT_THAT(database_.Lookup(MakeQuery("es", "Adiós")), SizeIs(1));
  EXPECT_THAT(database_.Lookup(MakeQuery("es", "Chau")), IsEmpty());
}

TEST_F(ImportTest, UndoingAgainChangesNothing) {
  const ImportEntry entry = Import({EnEs("New", "Nuevo")});
  const ImportEntry once = Undo(entry.number);
  Import({EnEs("New", "Nuevo")}, "b.tmx");
  const ImportEntry twice = Undo(entry.number);
  EXPECT_EQ(twice.import, once.import);
  EXPECT_THAT(database_.WalkAll("press"), SizeIs(1));
}

TEST_F(ImportTest, UndoKeepsAndReportsWhatOthersChanged) {
  const std::string changed =
      database_.Write("press", MakeUnit({{"en", "Hello"}, {"es", "Hola"}}))
          .entry.id;
  const std::string deleted =
      database_.Write("press", MakeUnit({{"en", "Bye"}, {"es", "Adiós"}}))
          .entry.id;
  const ImportEntry entry =
      Import({EnEs("Hello", "Buenas"), EnEs("Bye", "Chau"),
              EnEs("New", "Nuevo"), EnEs("Newer", "Más nuevo")});
  Must(database_->UpdateUnit(
      "press", changed,
      {.fields = {UnitField::kUsageCount}, .unit = {.usage_count = 7}}, {}));
  Must(database_->DeleteUnit("press", deleted, {}));
  const std::string new_unit =
      database_.Lookup(MakeQuery("en", "New"))[0].entry.id;
  Must(database_->UpdateUnit(
      "press", new_unit,
      {.fields = {UnitField::kUsageCount}, .unit = {.usage_count = 7}}, {}));
  const ImportEntry preview = Must(
      database_->UndoImport("press", entry.number, {.validate_only = true}));
  EXPECT_EQ(preview.import.undo, (UndoCounts{.deleted = 1, .kept = 3}));
  EXPECT_EQ(Get(entry.number).import.state, ImportState::kDone);
  const ImportEntry undone = Undo(entry.number);
  EXPECT_EQ(undone.import.undo, preview.import.undo);
  EXPECT_EQ(undone.cases, preview.cases);
  std::map<std::string, std::string> kept;
  for (const ImportCase& each : undone.cases) {
    EXPECT_EQ(each.kind, ImportCase::Kind::kKept);
    kept[each.unit_id] = each.reason;
  }
  EXPECT_EQ(kept, (std::map<std::string, std::string>{
                      {changed, "UNIT_CHANGED_SINCE"},
                      {deleted, "UNIT_DELETED_SINCE"},
                      {new_unit, "UNIT_CHANGED_SINCE"}}));
  EXPECT_EQ(Must(database_->GetUnit("press", changed)).unit.variants.size(),
            3U);
}

TEST_F(ImportTest, WhatOthersDidBetweenTwoTouchesIsNotUndone) {
  const auto session = Must(database_->BeginImport("press", RequestFor("a")));
  Must(session->Write(Step({EnEs("Hello", "Hola")})));
  const std::string id = database_.WalkAll("press").at(0).id;
  Must(database_->UpdateUnit(
      "press", id,
      {.fields = {UnitField::kUsageCount}, .unit = {.usage_count = 7}}, {}));
  Must(session->Write(Step({EnEs("Hello", "Buenas")})));
  Must(session->Finish());
  EXPECT_EQ(Undo(session->entry().number).import.undo, (UndoCounts{.kept = 1}));
  EXPECT_EQ(Must(database_->GetUnit("press", id)).unit.usage_count, 7);
}

TEST_F(ImportTest, ImportsCanBeUndoneOneAfterTheOther) {
  const ImportEntry first = Import({EnEs("Hello", "Hola")}, "1");
  const std::string after_first = Dump();
  const ImportEntry second = Import({EnEs("Hello", "Buenas")}, "2");
  const std::string after_second = Dump();
  const ImportEntry third = Import({EnEs("Hello", "Hey")}, "3");
  Undo(third.number);
  EXPECT_EQ(Dump(), after_second);
  Undo(second.number);
  EXPECT_EQ(Dump(), after_first);
  EXPECT_EQ(Undo(first.number).import.undo, (UndoCounts{.deleted = 1}));
  EXPECT_THAT(database_.WalkAll("press"), IsEmpty());
}

TEST_F(ImportTest, UndoEndsARunningImport) {
  const auto session = Must(database_->BeginImport("press", RequestFor("a")));
  Must(session->Write(Step({EnEs("Hello", "Hola")})));
  Undo(session->entry().number);
  EXPECT_THAT(session->Write(Step({EnEs("Bye", "Adiós")})),
              ReasonIs("IMPORT_TAKEN_OVER"));
  EXPECT_THAT(database_.WalkAll("press"), IsEmpty());
  const auto again = Must(database_->BeginImport("press", RequestFor("a")));
  EXPECT_NE(again->entry().number, session->entry().number);
}

TEST_F(ImportTest, UndoGoesOnWhereItWasStopped) {
  std::vector<NewUnit> units;
  for (int i = 0; i < 1000; ++i) {
    units.push_back(EnEs(fmt::format("Unit {}", i), "Unidad"));
  }
  const ImportEntry entry = Import(std::move(units));
  int slices = 0;
  const UndoOptions stopping{
      .stop =
          [&] {
            return slices > 0 ? MakeError(StatusCode::kCancelled, "enough",
                                          {.reason = "CANCELLED"})
                              : OkStatus();
          },
      .on_progress = [&](const ImportEntry&) { ++slices; }};
  EXPECT_THAT(database_->UndoImport("press", entry.number, stopping),
              ReasonIs("CANCELLED"));
  EXPECT_EQ(Get(entry.number).import.state, ImportState::kUndoing);
  EXPECT_THAT(database_.WalkAll("press"), SizeIs(500));
  database_.Reopen();
  EXPECT_EQ(Undo(entry.number).import.undo, (UndoCounts{.deleted = 1000}));
  EXPECT_THAT(database_.WalkAll("press"), IsEmpty());
  database_.Close();
  EXPECT_THAT(FindInconsistenciesIn(database_.path()), IsEmpty());
}

TEST_F(ImportTest, ListsTheNewestFirst) {
  for (int i = 0; i < 5; ++i) Import({}, fmt::format("{}.tmx", i));
  database_.CreateMemory("web");
  Must(Must(database_->BeginImport("web", RequestFor("w")))->Finish());
  std::vector<std::string> sources;
  std::string token;
  do {
    const Page<ImportEntry> page =
        Must(database_->ListImports(std::nullopt, {.size = 2, .token = token}));
    for (const ImportEntry& entry : page.items) {
      sources.push_back(entry.import.source);
    }
    token = page.next_token;
  } while (!token.empty());
  EXPECT_THAT(sources,
              ElementsAre("4.tmx", "3.tmx", "2.tmx", "1.tmx", "0.tmx", "w"));
  EXPECT_THAT(Must(database_->ListImports("web", {.size = 10})).items,
              SizeIs(1));
  EXPECT_THAT(database_->ListImports("none", {.size = 10}),
              ReasonIs("MEMORY_NOT_FOUND"));
}

TEST_F(ImportTest, GoesWithItsMemory) {
  const ImportEntry entry = Import({EnEs("Hello", "Hola"), EnEs("Bad", "")});
  Must(database_->BeginImport("press", RequestFor("b")));
  Must(database_->DeleteMemory("press", /*force=*/true, {}));
  EXPECT_THAT(database_->GetImport(std::nullopt, entry.number),
              ReasonIs("IMPORT_NOT_FOUND"));
  EXPECT_THAT(database_->UndoImport(std::nullopt, entry.number, {}),
              ReasonIs("IMPORT_NOT_FOUND"));
  database_.Reopen();
  // The purge runs when the writer has nothing else to do, so that a write
  // comes behind at least a part of it.
  database_.CreateMemory("web");
  database_.Close();
  EXPECT_THAT(FindInconsistenciesIn(database_.path()), IsEmpty());
}

// Random imports, others' changes between them, and undoing in any order:
// what is not touched by others is as if the import had never been.
TEST_F(ImportTest, UndoingTheNewestIsTheInverseOfImporting) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  std::mt19937 random(seed);
  database_.CreateMemory("press");
  std::vector<std::pair<ImportNumber, std::string>> stack;
  for (int round = 0; round < 60; ++round) {
    database_.clock().Advance(1000);
    if (stack.empty() || random() % 3 != 0) {
      const std::string before = Dump();
      std::vector<NewUnit> units;
      for (size_t i = random() % 12; i > 0; --i) {
        units.push_back(EnEs(fmt::format("Source {}", random() % 8),
                             fmt::format("Texto {}", random() % 4),
                             random() % 2 == 0 ? WriteMode::kAddVariants
                                               : WriteMode::kOverwrite));
      }
      const auto session = Must(database_->BeginImport(
          "press", RequestFor(fmt::format("{}", round))));
      while (!units.empty()) {
        const size_t count = 1 + random() % units.size();
        std::vector<NewUnit> part(units.begin(), units.begin() + count);
        units.erase(units.begin(), units.begin() + count);
        Must(session->Write(Step(std::move(part))));
      }
      Must(session->Finish());
      stack.emplace_back(session->entry().number, before);
    } else {
      const ImportEntry undone = Undo(stack.back().first);
      EXPECT_EQ(undone.import.undo.kept, 0);
      ASSERT_EQ(Dump(), stack.back().second);
      stack.pop_back();
    }
  }
  database_.Close();
  EXPECT_THAT(FindInconsistenciesIn(database_.path()), IsEmpty());
}

}  // namespace
}  // namespace tercet
