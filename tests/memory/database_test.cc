// Opening, memories, pages and walks. Writing units: unit_writer_test.cc,
// update_test.cc. Lookups: lookup_test.cc.
#include "service/memory/database.h"

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/memory/unit_writer.h"
#include "service/store/keys.h"
#include "service/store/leveldb_store.h"
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

// --- Opening
// ------------------------------------------------------------------

// Writes straight into the store of a closed database.
void PutRaw(const std::string& directory, std::string key, std::string value) {
  const auto store = Must(OpenLeveldb(directory, {}));
  WriteBatch batch;
  batch.Put(std::move(key), std::move(value));
  Must(store->Write(batch, true));
}

TEST(OpenDatabase, MakesTheDirectory) {
  TempDir dir;
  const auto database = Database::Open({.directory = dir.Join("a/b")});
  EXPECT_THAT(database, IsOk());
  EXPECT_TRUE(std::filesystem::is_directory(dir.Join("a/b")));
}

TEST(OpenDatabase, RefusesASecondOpening) {
  TestDatabase database;
  EXPECT_THAT(Database::Open(database.options()),
              AllOf(StatusIs(StatusCode::kFailedPrecondition,
                             HasSubstr(database.path())),
                    ReasonIs("DATA_DIRECTORY_IN_USE")));
}

TEST(OpenDatabase, RefusesAnUnknownSchema) {
  TestDatabase database;
  database.Close();
  PutRaw(database.path(), std::string(kSchemaKey), "tercet 9");
  EXPECT_THAT(
      Database::Open(database.options()),
      AllOf(StatusIs(StatusCode::kFailedPrecondition, HasSubstr("'tercet 9'")),
            ReasonIs("SCHEMA_UNKNOWN")));
}

TEST(OpenDatabase, RefusesTheDataOfOthers) {
  TempDir dir;
  PutRaw(dir.path(), "key", "value");
  EXPECT_THAT(Database::Open({.directory = dir.path()}),
              AllOf(StatusIs(StatusCode::kFailedPrecondition,
                             HasSubstr("not Tercet's")),
                    ReasonIs("SCHEMA_UNKNOWN")));
}

TEST(OpenDatabase, ReportsAnUnreadableRecord) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"en", "Yes."}}));
  database.Close();
  PutRaw(database.path(), UnitKey(MemoryNumber{1}, UnitNumber{1}), "\xFF");
  // Opening from a snapshot of the index reads no record.
  database.Reopen();
  EXPECT_THAT(database->ListUnits("press", {}), ReasonIs("STORE_CORRUPT"));
  EXPECT_THAT(database->Lookup("press", MakeQuery("en", "Yes!"), NeverStop()),
              ReasonIs("STORE_CORRUPT"));
  database.Close();
  std::filesystem::remove_all(database.path() + "/index");
  EXPECT_THAT(Database::Open(database.options()),
              AllOf(StatusIs(StatusCode::kDataLoss, testing::_),
                    ReasonIs("STORE_CORRUPT")));
}

TEST(OpenDatabase, ReportsAnUnreadableRevision) {
  TestDatabase database;
  database.Close();
  PutRaw(database.path(), std::string(kRevisionKey), "?");
  EXPECT_THAT(Database::Open(database.options()), ReasonIs("STORE_CORRUPT"));
}

TEST(Database, AnswersTheSameAfterReopening) {
  TestDatabase database;
  database.CreateMemory("press", 3);
  database.Write("press", MakeUnit({{"en", "Yes."}, {"es", "Sí."}}));
  database.clock().Advance(5);
  database.Write("press", MakeUnit({{"en", "Yes."}, {"zh", "是。"}}));
  const auto answers = [&] {
    const Memory memory = Must(database->GetMemory("press"));
    const Match match = database.Lookup(MakeQuery("zh", "是。")).at(0);
    return fmt::format("{} {} {} {} {} {} {} {}", memory.etag, memory.penalty,
                       memory.unit_count, memory.create_micros,
                       match.entry.etag, match.entry.update_micros,
                       match.entry.id, match.score);
  };
  const std::string before = answers();
  database.Reopen();
  EXPECT_EQ(answers(), before);
}

TEST(Database, NeverGivesAnEtagTwice) {
  TestDatabase database;
  std::set<std::string> etags;
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(etags.insert(database.CreateMemory("press").etag).second);
    const UnitEntry entry =
        database.Write("press", MakeUnit({{"en", "Yes."}})).entry;
    EXPECT_TRUE(etags.insert(entry.etag).second);
    Must(database->DeleteUnit("press", entry.id, {}));
    if (i % 2 == 0) database.Reopen();
    Must(database->DeleteMemory("press", false, {}));
    if (i % 2 == 1) database.Reopen();
  }
}

// --- Memories
// -----------------------------------------------------------------

TEST(CreateMemory, SetsItsFields) {
  TestDatabase database;
  const Memory memory = Must(database->CreateMemory(
      "press", {.display_name = "Presse ñ", .penalty = 99}, {}));
  EXPECT_EQ(memory.id, "press");
  EXPECT_EQ(memory.display_name, "Presse ñ");
  EXPECT_EQ(memory.penalty, 99);
  EXPECT_EQ(memory.unit_count, 0U);
  EXPECT_EQ(memory.create_micros, database.clock().NowMicros());
  EXPECT_EQ(memory.update_micros, database.clock().NowMicros());
  EXPECT_EQ(Must(database->GetMemory("press")).etag, memory.etag);
}

TEST(CreateMemory, RefusesATakenName) {
  TestDatabase database;
  database.CreateMemory("press");
  EXPECT_THAT(database->CreateMemory("press", {}, {}),
              AllOf(StatusIs(StatusCode::kAlreadyExists, HasSubstr("'press'")),
                    ReasonIs("MEMORY_EXISTS")));
}

TEST(CreateMemory, NamesEveryWrongField) {
  TestDatabase database;
  const auto created = database->CreateMemory(
      "Bad_Id",
      {.display_name = std::string(kMaxNameBytes, 'n') + "\xFF",
       .penalty = 100},
      {});
  EXPECT_EQ(created.status().code(), StatusCode::kInvalidArgument);
  std::vector<std::string> fields;
  for (const FieldViolation& violation :
       GetDetails(created.status()).violations) {
    fields.push_back(violation.field);
  }
  EXPECT_THAT(fields, ElementsAre("memory_id", "memory.display_name",
                                  "memory.display_name", "memory.penalty"));
}

TEST(CreateMemory, OnlyValidates) {
  TestDatabase database;
  const Memory memory =
      Must(database->CreateMemory("press", {}, {.validate_only = true}));
  EXPECT_EQ(memory.id, "press");
  EXPECT_THAT(database->GetMemory("press"), ReasonIs("MEMORY_NOT_FOUND"));
  database.CreateMemory("press");
  EXPECT_THAT(database->CreateMemory("press", {}, {.validate_only = true}),
              ReasonIs("MEMORY_EXISTS"));
}

TEST(ListMemories, PagesInIdOrder) {
  TestDatabase database;
  for (const char* id : {"c", "a-1", "e", "a", "b"}) database.CreateMemory(id);
  std::vector<std::string> ids;
  PageRequest page{.size = 2};
  int pages = 0;
  do {
    const Page<Memory> result = Must(database->ListMemories(page));
    for (const Memory& memory : result.items) ids.push_back(memory.id);
    page.token = result.next_token;
    ++pages;
  } while (!page.token.empty());
  EXPECT_THAT(ids, ElementsAre("a", "a-1", "b", "c", "e"));
  EXPECT_EQ(pages, 3);
}

TEST(UpdateMemory, ChangesOnlyWhatIsGiven) {
  TestDatabase database;
  const Memory before = Must(database->CreateMemory(
      "press", {.display_name = "Press", .penalty = 3}, {}));
  database.clock().Advance(10);
  const Memory after =
      Must(database->UpdateMemory("press", {.penalty = 0}, {}));
  EXPECT_EQ(after.display_name, "Press");
  EXPECT_EQ(after.penalty, 0);
  EXPECT_EQ(after.create_micros, before.create_micros);
  EXPECT_EQ(after.update_micros, before.update_micros + 10);
  EXPECT_NE(after.etag, before.etag);
  EXPECT_EQ(Must(database->GetMemory("press")).etag, after.etag);
}

TEST(UpdateMemory, RefusesWhatIsWrong) {
  TestDatabase database;
  EXPECT_THAT(database->UpdateMemory("press", {.penalty = 1}, {}),
              ReasonIs("MEMORY_NOT_FOUND"));
  const Memory memory = database.CreateMemory("press");
  EXPECT_THAT(database->UpdateMemory("press", {.penalty = -1}, {}),
              StatusIs(StatusCode::kInvalidArgument,
                       HasSubstr("memory.penalty: is -1")));
  EXPECT_THAT(
      database->UpdateMemory("press", {.penalty = 1}, {.etag = "stale"}),
      AllOf(StatusIs(StatusCode::kAborted, HasSubstr(memory.etag)),
            ReasonIs("ETAG_MISMATCH")));
  EXPECT_THAT(
      database->UpdateMemory("press", {.penalty = 1}, {.etag = memory.etag}),
      IsOk());
}

TEST(UpdateMemory, OnlyValidates) {
  TestDatabase database;
  const Memory before = database.CreateMemory("press");
  EXPECT_EQ(Must(database->UpdateMemory("press", {.penalty = 9},
                                        {.validate_only = true}))
                .penalty,
            9);
  EXPECT_EQ(Must(database->GetMemory("press")).penalty, 0);
  EXPECT_EQ(Must(database->GetMemory("press")).etag, before.etag);
}

TEST(DeleteMemory, RefusesWhatIsWrong) {
  TestDatabase database;
  EXPECT_THAT(database->DeleteMemory("press", true, {}),
              ReasonIs("MEMORY_NOT_FOUND"));
  database.Write("press", MakeUnit({{"en", "Yes."}}));
  EXPECT_THAT(database->DeleteMemory("press", false, {}),
              AllOf(StatusIs(StatusCode::kFailedPrecondition,
                             HasSubstr("holds 1 units")),
                    ReasonIs("MEMORY_NOT_EMPTY")));
  EXPECT_THAT(database->DeleteMemory("press", true, {.etag = "stale"}),
              ReasonIs("ETAG_MISMATCH"));
  EXPECT_THAT(database->DeleteMemory("press", true, {.validate_only = true}),
              IsOk());
  EXPECT_EQ(Must(database->GetMemory("press")).unit_count, 1U);
  EXPECT_THAT(
      database->DeleteMemory("press", true,
                             {.etag = Must(database->GetMemory("press")).etag}),
      IsOk());
}

// Waits until the writer has purged what it has to.
void PurgeAll(TestDatabase& database) {
  const auto is_purged = [&] {
    database.Close();
    const auto store = Must(OpenLeveldb(database.path(), {}));
    const auto walk = store->NewIterator(nullptr);
    walk->Seek(PurgeKeyPrefix());
    return !walk->Valid() || !walk->key().starts_with(PurgeKeyPrefix());
  };
  while (!is_purged()) {
    database.Reopen();
    // A round through the writer's thread.
    for (int i = 0; i < 100; ++i) {
      Must(database->CreateUnits("purge", {}, {.create_memory = true}));
    }
  }
}

void WriteOldTexts(TestDatabase& database) {
  for (int i = 0; i < 30; ++i) {
    database.Write("press", MakeUnit({{"en", fmt::format("Old text {}.", i)},
                                      {"es", "Viejo."}}));
  }
}

TEST(DeleteMemory, ItsUnitsGoAtOnceForReaders) {
  TestDatabase database;
  WriteOldTexts(database);
  const auto walk = Must(database->WalkUnits("press"));
  Must(database->DeleteMemory("press", true, {}));
  EXPECT_THAT(database.Lookup(MakeQuery("es", "Viejo.")), IsEmpty());
  EXPECT_EQ(database->Stats().unit_count, 0U);
  // Who began before goes on.
  int walked = 0;
  while (Must(walk->Next()).has_value()) ++walked;
  EXPECT_EQ(walked, 30);
}

TEST(DeleteMemory, NothingOfItShowsInOneOfTheSameName) {
  TestDatabase database;
  WriteOldTexts(database);
  const UnitEntry old = database.WalkAll("press").front();
  Must(database->DeleteMemory("press", true, {}));
  database.CreateMemory("press");
  database.Write("press", MakeUnit({{"en", "New text 1."}, {"es", "Nuevo."}}));
  for (const bool reopened : {false, true}) {
    SCOPED_TRACE(reopened);
    EXPECT_THAT(database->GetUnit("press", old.id), ReasonIs("UNIT_NOT_FOUND"));
    EXPECT_THAT(database.WalkAll("press"), SizeIs(1));
    EXPECT_THAT(
        Must(database->LookupExact("press", MakeQuery("es", "Viejo."), {}))
            .items,
        IsEmpty());
    LookupQuery query = MakeQuery("en", "Old text 1.");
    query.min_score = 1;
    query.max_matches = 100;
    EXPECT_THAT(database.Lookup(query), SizeIs(1));
    EXPECT_EQ(Must(database->GetMemory("press")).unit_count, 1U);
    database.Reopen();
  }
  PurgeAll(database);
  EXPECT_THAT(FindInconsistenciesIn(database.path()), IsEmpty());
}

TEST(Database, CountsWhatItHolds) {
  TestDatabase database;
  EXPECT_EQ(database->Stats().memory_count, 0U);
  database.Write("a", MakeUnit({{"en", "Yes."}}));
  database.Write("b", MakeUnit({{"en", "Yes."}}));
  database.Write("b", MakeUnit({{"en", "No."}}));
  EXPECT_EQ(database->Stats().memory_count, 2U);
  EXPECT_EQ(database->Stats().unit_count, 3U);
  EXPECT_GT(database->Stats().disk_bytes, 0U);
}

// --- Pages and walks
// ----------------------------------------------------------

TEST(ListUnits, PagesInIdOrder) {
  TestDatabase database;
  for (const char* id : {"c", "a-1", "e", "a", "b"}) {
    database.Write("press", {.id = id, .unit = MakeUnit({{"en", id}})});
  }
  database.Write("press2", {.id = "z", .unit = MakeUnit({{"en", "z"}})});
  std::vector<std::string> ids;
  PageRequest page{.size = 2};
  int pages = 0;
  do {
    const auto result = Must(database->ListUnits("press", page));
    for (const UnitEntry& entry : result.items) {
      EXPECT_EQ(entry.memory_id, "press");
      ids.push_back(entry.id);
    }
    page.token = result.next_token;
    ++pages;
  } while (!page.token.empty());
  EXPECT_THAT(ids, ElementsAre("a", "a-1", "b", "c", "e"));
  EXPECT_EQ(pages, 3);
}

// The unit that a token names may be gone by then.
TEST(ListUnits, GoesOnBehindADeletedUnit) {
  TestDatabase database;
  for (const char* id : {"a", "b", "c"}) {
    database.Write("press", {.id = id, .unit = MakeUnit({{"en", id}})});
  }
  const auto first = Must(database->ListUnits("press", {.size = 2}));
  Must(database->DeleteUnit("press", "b", {}));
  const auto second = Must(
      database->ListUnits("press", {.size = 2, .token = first.next_token}));
  ASSERT_THAT(second.items, SizeIs(1));
  EXPECT_EQ(second.items[0].id, "c");
}

TEST(ListUnits, PagesStayInsideAMessage) {
  TestDatabase database;
  for (int i = 0; i < 16; ++i) {
    Unit unit = MakeUnit({{"en", fmt::format("Text {}.", i)}});
    unit.notes.assign(20, std::string(kMaxNoteBytes, 'n'));
    database.Write("press", unit);
  }
  size_t found = 0;
  PageRequest page;
  do {
    const auto result = Must(database->ListUnits("press", page));
    size_t bytes = 0;
    for (const UnitEntry& entry : result.items) bytes += UnitBytes(entry.unit);
    EXPECT_LT(bytes, kMaxMessageBytes);
    found += result.items.size();
    page.token = result.next_token;
  } while (!page.token.empty());
  EXPECT_EQ(found, 16U);
}

TEST(Units, UnknownNamesAreRefused) {
  TestDatabase database;
  database.CreateMemory("press");
  EXPECT_THAT(database->GetUnit("press", "nope"),
              AllOf(StatusIs(StatusCode::kNotFound, HasSubstr("'nope'")),
                    ReasonIs("UNIT_NOT_FOUND")));
  EXPECT_THAT(database->GetUnit("nope", "nope"), ReasonIs("MEMORY_NOT_FOUND"));
  EXPECT_THAT(database->ListUnits("nope", {}), ReasonIs("MEMORY_NOT_FOUND"));
  EXPECT_THAT(database->WalkUnits("nope"), ReasonIs("MEMORY_NOT_FOUND"));
}

TEST(WalkUnits, SeesOneMoment) {
  TestDatabase database;
  for (const char* id : {"b", "d", "f"}) {
    database.Write("press", {.id = id, .unit = MakeUnit({{"en", id}})});
  }
  const auto walk = Must(database->WalkUnits("press"));
  EXPECT_EQ(Must(walk->Next())->id, "b");
  Must(database->DeleteUnit("press", "d", {}));
  UnitUpdate update{.fields = {UnitField::kNotes}};
  update.unit.notes = {"later"};
  Must(database->UpdateUnit("press", "f", update, {}));
  database.Write("press", {.id = "e", .unit = MakeUnit({{"en", "e"}})});
  EXPECT_EQ(Must(walk->Next())->id, "d");
  EXPECT_THAT(Must(walk->Next())->unit.notes, IsEmpty());
  EXPECT_EQ(Must(walk->Next()), std::nullopt);
  EXPECT_EQ(Must(walk->Next()), std::nullopt);
  EXPECT_EQ(walk->memory().unit_count, 3U);
  EXPECT_EQ(Must(database->GetMemory("press")).unit_count, 3U);
}

}  // namespace
}  // namespace tercet
