// Whatever file operation fails, and whenever: what was acknowledged is there
// after a restart, and no batch is half there.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/store/leveldb_store.h"
#include "tests/support/faulty_env.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet {
namespace {

using Entries = std::map<std::string, std::string>;

constexpr int kBatches = 40;

// Every batch puts its mark, which stays for ever, and a pair, which the batch
// ten later deletes. The values fill several buffers, so that the script meets
// full logs, new tables and compactions.
std::string Mark(int i) { return fmt::format("mark {:03}", i); }

WriteBatch ScriptedBatch(int i) {
  const std::string value(6000, static_cast<char>('!' + i));
  WriteBatch batch;
  batch.Put(Mark(i), "");
  batch.Put(fmt::format("left {:03}", i), value);
  batch.Put(fmt::format("right {:03}", i), value);
  if (i >= 10) {
    batch.Delete(fmt::format("left {:03}", i - 10));
    batch.Delete(fmt::format("right {:03}", i - 10));
  }
  return batch;
}

StatusOr<std::unique_ptr<KeyValueStore>> Open(const TempDir& dir,
                                              leveldb::Env* env) {
  return OpenLeveldb(
      dir.path(),
      {.cache_bytes = 1 << 16, .write_buffer_bytes = 1 << 16, .env = env});
}

// Writes all batches, going on after errors; which ones were acknowledged.
std::set<int> RunScript(const TempDir& dir, FaultyEnv& env) {
  std::set<int> acknowledged;
  auto store = Open(dir, &env);
  if (!store.ok()) {
    EXPECT_THAT(store, ReasonIs("STORE_IO"));
    return acknowledged;
  }
  for (int i = 0; i < kBatches; ++i) {
    const Status status = (*store)->Write(ScriptedBatch(i), i % 4 == 0);
    if (status.ok()) {
      acknowledged.insert(i);
    } else {
      EXPECT_THAT(status, ReasonIs("STORE_IO"));
    }
  }
  return acknowledged;
}

Entries ReadAll(const KeyValueStore& store) {
  Entries entries;
  std::unique_ptr<Iterator> it = store.NewIterator(nullptr);
  for (it->Seek(""); it->Valid(); it->Next()) {
    entries.emplace(it->key(), it->value());
  }
  EXPECT_THAT(it->status(), IsOk());
  return entries;
}

// What the store must hold once these batches are in it.
Entries Replay(const std::set<int>& batches) {
  Entries entries;
  for (int i : batches) {
    const WriteBatch batch = ScriptedBatch(i);
    for (const WriteBatch::Change& change : batch.changes()) {
      if (change.value) {
        entries[change.key] = *change.value;
      } else {
        entries.erase(change.key);
      }
    }
  }
  return entries;
}

// Reopens without faults. A batch that was not acknowledged may be
// there or not: its mark says which.
void ExpectWholeBatches(const TempDir& dir, const std::set<int>& acknowledged) {
  FaultyEnv faultless;
  auto store = Open(dir, &faultless);
  ASSERT_THAT(store, IsOk());
  const Entries entries = ReadAll(**store);
  std::set<int> present;
  for (int i = 0; i < kBatches; ++i) {
    if (entries.contains(Mark(i))) present.insert(i);
    EXPECT_TRUE(present.contains(i) || !acknowledged.contains(i))
        << "lost batch " << i;
  }
  EXPECT_TRUE(entries == Replay(present)) << "half a batch";
  EXPECT_THAT((*store)->Write(ScriptedBatch(0), true), IsOk());
}

// Runs the script until there is no n-th operation; how many there were.
int64_t FailEachOperation(void (FaultyEnv::*fail)(int64_t)) {
  for (int64_t n = 1;; ++n) {
    SCOPED_TRACE(fmt::format("operation {} fails", n));
    TempDir dir;
    FaultyEnv env;
    (env.*fail)(n);
    const std::set<int> acknowledged = RunScript(dir, env);
    ExpectWholeBatches(dir, acknowledged);
    if (!env.has_failed()) {
      EXPECT_EQ(acknowledged.size(), static_cast<size_t>(kBatches));
      return n - 1;
    }
    if (::testing::Test::HasFailure()) return n;
  }
}

TEST(LeveldbStoreFaults, OneFailureLosesNothingAcknowledged) {
  EXPECT_GT(FailEachOperation(&FaultyEnv::FailOnly), 200);
}

TEST(LeveldbStoreFaults, LastingFailureLosesNothingAcknowledged) {
  EXPECT_GT(FailEachOperation(&FaultyEnv::FailFrom), 200);
}

// LevelDB alone would write on behind half a record.
TEST(LeveldbStoreFaults, NoWriteIsAcknowledgedBehindAFailedOne) {
  TempDir dir;
  FaultyEnv env;
  auto store = Open(dir, &env);
  ASSERT_THAT(store, IsOk());
  ASSERT_THAT((*store)->Write(ScriptedBatch(0), false), IsOk());
  env.FailOnly(1);
  EXPECT_THAT((*store)->Write(ScriptedBatch(1), false), ReasonIs("STORE_IO"));
  EXPECT_THAT((*store)->Write(ScriptedBatch(2), false), ReasonIs("STORE_IO"));
  EXPECT_THAT((*store)->Get(Mark(0), nullptr), IsOk());
}

}  // namespace
}  // namespace tercet
