// What a database begins with: the snapshot of its index where that can be
// trusted, and the same answers either way.
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/store/leveldb_store.h"
#include "tests/memory/test_database.h"
#include "tests/support/brute_force.h"
#include "tests/support/consistency.h"
#include "tests/support/random_text.h"

namespace tercet {
namespace {

namespace fs = std::filesystem;

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

using Kind = IndexEvent::Kind;

void Fill(TestDatabase& database, uint64_t seed, int count) {
  RandomText random(seed);
  std::vector<NewUnit> units;
  for (int i = 0; i < count; ++i) {
    Unit unit;
    for (const char* language : {"en", "zh", "es"}) {
      unit.variants.push_back(
          {.language = Tag(language), .segment = random.MakeSegment(language)});
    }
    units.push_back({.unit = std::move(unit)});
  }
  Must(database->CreateUnits("press", std::move(units),
                             {.create_memory = true}));
}

// Lookups equal brute force.
void ExpectComplete(TestDatabase& database) {
  const BruteForce twin = Must(BruteForce::Read(*database));
  RandomText random(3);
  for (int i = 0; i < 30; ++i) {
    const char* const language = i % 3 == 0 ? "en" : i % 3 == 1 ? "zh" : "es";
    LookupQuery query = MakeQuery(language, "");
    query.segment = random.MakeSegment(language);
    query.min_score = 1 + static_cast<int>(random.Below(70));
    query.max_matches = 1 + static_cast<int>(random.Below(20));
    ASSERT_EQ(Describe(database.Lookup(query)),
              Describe(twin.Lookup(std::nullopt, query)))
        << query.segment.text;
  }
}

std::string SnapshotPath(TestDatabase& database) {
  return database.path() + "/index/SNAPSHOT";
}

// Opens it again after `change` to its closed files.
std::vector<Kind> ReopenAfter(TestDatabase& database,
                              const std::function<void()>& change) {
  database.Close();
  change();
  database.TakeEvents();
  database.Reopen();
  return database.TakeEvents();
}

TEST(Restart, UsesTheSnapshotOfACleanEnd) {
  TestDatabase database;
  Fill(database, 1, 50);
  EXPECT_THAT(ReopenAfter(database, [] {}), ElementsAre(Kind::kSnapshotUsed));
  ExpectComplete(database);
  const IndexStats stats = database->Stats().index;
  EXPECT_EQ(stats.snapshot_revision, stats.revision);
  EXPECT_GT(stats.disk_bytes, 0U);
  EXPECT_GE(stats.segment_count, 100U);
  // Nothing was written: the same one stays.
  EXPECT_THAT(ReopenAfter(database, [] {}), ElementsAre(Kind::kSnapshotUsed));
}

TEST(Restart, BringsTheSnapshotUpToDateAfterACrash) {
  TestDatabase database;
  Fill(database, 1, 50);
  Must(database->SettleIndex());
  const uint64_t settled = database->Stats().index.revision;
  Fill(database, 2, 30);
  const std::vector<UnitEntry> units = database.WalkAll("press");
  for (size_t i = 0; i < units.size(); i += 3) {
    Must(database->DeleteUnit("press", units[i].id, {}));
  }
  database.Write("web", MakeUnit({{"en", "Yes."}, {"es", "Sí."}}));
  database.TakeEvents();
  database.Crash();
  EXPECT_THAT(database.TakeEvents(), Contains(Kind::kSnapshotUsed));
  EXPECT_EQ(database->Stats().index.snapshot_revision, settled);
  ExpectComplete(database);
  database.Close();
  EXPECT_THAT(FindInconsistenciesIn(database.path()), IsEmpty());
}

TEST(Restart, CatchesUpInTheBackgroundWhenFarBehind) {
  TestDatabase database;
  Fill(database, 1, 50);
  Must(database->SettleIndex());
  Fill(database, 2, 60);
  database.upkeep().most_changes_at_start = 10;
  database.Crash();
  database->AwaitIndex();
  EXPECT_THAT(database.TakeEvents(), Contains(Kind::kRebuilt));
  ExpectComplete(database);
}

TEST(Restart, ForgetsMemoriesThatWereDeletedSince) {
  TestDatabase database;
  Fill(database, 1, 20);
  Must(database->SettleIndex());
  Must(database->DeleteMemory("press", /*force=*/true, {}));
  database.Crash();
  EXPECT_EQ(database->Stats().index.segment_count, 0U);
  Fill(database, 2, 20);
  ExpectComplete(database);
}

// Each makes the snapshot one that must not be trusted.
TEST(Restart, RebuildsWhatItCannotTrust) {
  TestDatabase other;
  Fill(other, 5, 20);
  other.Close();
  const auto path = [](TestDatabase& d) { return SnapshotPath(d); };
  struct Case {
    const char* what;
    std::function<void(TestDatabase&)> change;
  };
  const Case cases[] = {
      {"missing", [](TestDatabase& d) { fs::remove_all(d.path() + "/index"); }},
      {"torn",
       [&](TestDatabase& d) {
         fs::resize_file(path(d), fs::file_size(path(d)) / 2);
       }},
      {"empty", [&](TestDatabase& d) { fs::resize_file(path(d), 0); }},
      {"flipped",
       [&](TestDatabase& d) {
         std::string bytes = ReadFile(path(d));
         bytes[bytes.size() / 2] ^= 4;
         WriteFile(path(d), bytes);
       }},
      {"of another version",
       [&](TestDatabase& d) {
         std::string bytes = ReadFile(path(d));
         bytes[13] = '9';  // "tercet index 1"
         WriteFile(path(d), bytes);
       }},
      {"of another database",
       [&](TestDatabase& d) {
         fs::remove_all(d.path() + "/index");
         fs::copy(other.path() + "/index", d.path() + "/index",
                  fs::copy_options::recursive);
       }},
      {"a directory",
       [&](TestDatabase& d) {
         fs::remove(path(d));
         fs::create_directory(path(d));
       }},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    TestDatabase database;
    Fill(database, 1, 50);
    const auto events = ReopenAfter(database, [&] { c.change(database); });
    EXPECT_THAT(events, Contains(Kind::kSnapshotUseless));
    EXPECT_THAT(events, Not(Contains(Kind::kSnapshotUsed)));
    ExpectComplete(database);
    if (std::string_view(c.what) == "a directory") continue;
    EXPECT_THAT(ReopenAfter(database, [] {}), ElementsAre(Kind::kSnapshotUsed));
    ExpectComplete(database);
  }
}

// A backup that was restored without its index, which ran ahead.
TEST(Restart, RebuildsFromDataThatIsOlderThanTheSnapshot) {
  TestDatabase database;
  Fill(database, 1, 20);
  database.Close();
  TempDir backup;
  const auto copy = [](const std::string& from, const std::string& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
  };
  copy(database.path(), backup.path());
  database.Reopen();
  Fill(database, 2, 20);
  database.Close();
  TempDir ahead;
  copy(database.path() + "/index", ahead.path());
  const auto restore = [&] {
    copy(backup.path(), database.path());
    copy(ahead.path(), database.path() + "/index");
  };
  EXPECT_THAT(ReopenAfter(database, restore), Contains(Kind::kSnapshotUseless));
  ExpectComplete(database);

  // It has gone on since, as far as the snapshot: another history.
  database.clock().Advance(1);
  Fill(database, 3, 20);
  EXPECT_THAT(
      ReopenAfter(database,
                  [&] { copy(ahead.path(), database.path() + "/index"); }),
      Contains(Kind::kSnapshotUseless));
  ExpectComplete(database);
}

TEST(Restart, WritesASnapshotAfterManyChanges) {
  TestDatabase database;
  database.upkeep().changes_per_snapshot = 40;
  database.Reopen();
  Fill(database, 1, 50);
  Must(database->SettleIndex());
  database.TakeEvents();
  Fill(database, 2, 50);
  // Settling waits for the one that was due, too.
  Must(database->SettleIndex());
  EXPECT_THAT(database.TakeEvents(), Contains(Kind::kSnapshotWritten));
  const IndexStats stats = database->Stats().index;
  EXPECT_EQ(stats.snapshot_revision, stats.revision);
}

// No answer depends on whether snapshots can be read or written.
TEST(Restart, AnswersWhateverFailsInTheIndexFolder) {
  for (const bool for_good : {false, true}) {
    for (int n = 1;; ++n) {
      SCOPED_TRACE(fmt::format("operation {}, for good {}", n, for_good));
      TestDatabase database;
      Fill(database, 1, 20);
      for_good ? database.files().FailFrom(n) : database.files().FailOnly(n);
      database->SettleIndex().IgnoreError();
      Fill(database, 2, 5);
      database.Crash();
      ExpectComplete(database);
      Fill(database, 3, 5);
      database.Reopen();
      ExpectComplete(database);
      if (::testing::Test::HasFailure() || !database.files().has_failed()) {
        EXPECT_GT(n, 10);
        break;
      }
    }
  }
}

}  // namespace
}  // namespace tercet
