#include "service/store/leveldb_store.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::Pair;

using Entries = std::map<std::string, std::string>;

// Small buffers, so that a few hundred kilobytes make several files.
constexpr LeveldbOptions kSmall = {.cache_bytes = 1 << 16,
                                   .write_buffer_bytes = 1 << 16};

StatusOr<std::unique_ptr<KeyValueStore>> Open(const std::string& directory) {
  return OpenLeveldb(directory, kSmall);
}

WriteBatch Puts(const Entries& entries) {
  WriteBatch batch;
  for (const auto& [key, value] : entries) batch.Put(key, value);
  return batch;
}

auto Holds(const std::string& value) { return IsOkAndHolds(Optional(value)); }
auto HoldsNothing() { return IsOkAndHolds(Eq(std::nullopt)); }

// All there is, by walking.
Entries ReadAll(const KeyValueStore& store, const Snapshot* snapshot) {
  Entries entries;
  std::unique_ptr<Iterator> it = store.NewIterator(snapshot);
  for (it->Seek(""); it->Valid(); it->Next()) {
    entries.emplace(it->key(), it->value());
  }
  EXPECT_THAT(it->status(), IsOk());
  return entries;
}

auto IsInUse() {
  return AllOf(StatusIs(StatusCode::kFailedPrecondition,
                        AllOf(HasSubstr("in use"), HasSubstr("stop"))),
               ReasonIs("DATA_DIRECTORY_IN_USE"));
}
auto IsCorrupt() {
  return AllOf(StatusIs(StatusCode::kDataLoss,
                        AllOf(HasSubstr("damaged"), HasSubstr("backup"))),
               ReasonIs("STORE_CORRUPT"));
}
auto IsIoError() {
  return AllOf(StatusIs(StatusCode::kUnavailable,
                        HasSubstr("cannot be read or written")),
               ReasonIs("STORE_IO"));
}

class LeveldbStoreTest : public ::testing::Test {
 protected:
  LeveldbStoreTest() { Reopen(); }

  // Closes the store, if it is open, and opens it again.
  void Reopen() {
    store_.reset();
    StatusOr<std::unique_ptr<KeyValueStore>> store = Open(dir_.path());
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  void Put(const Entries& entries) {
    ASSERT_THAT(store_->Write(Puts(entries), false), IsOk());
  }

  TempDir dir_;
  std::unique_ptr<KeyValueStore> store_;
};

TEST_F(LeveldbStoreTest, GetsWhatWasPut) {
  const std::string binary("\0\xFF\n", 3);
  Put({{"a", "1"}, {"empty", ""}, {binary, binary}});
  EXPECT_THAT(store_->Get("a", nullptr), Holds("1"));
  EXPECT_THAT(store_->Get("empty", nullptr), Holds(""));
  EXPECT_THAT(store_->Get(binary, nullptr), Holds(binary));
  EXPECT_THAT(store_->Get("b", nullptr), HoldsNothing());
}

TEST_F(LeveldbStoreTest, LaterChangesOfABatchWin) {
  WriteBatch batch;
  batch.Put("a", "1");
  batch.Put("a", "2");
  batch.Put("b", "1");
  batch.Delete("b");
  batch.Delete("c");
  batch.Put("c", "3");
  ASSERT_THAT(store_->Write(batch, false), IsOk());
  EXPECT_THAT(ReadAll(*store_, nullptr),
              ElementsAre(Pair("a", "2"), Pair("c", "3")));
}

TEST_F(LeveldbStoreTest, EmptyBatchChangesNothing) {
  ASSERT_THAT(store_->Write(WriteBatch(), true), IsOk());
  EXPECT_THAT(ReadAll(*store_, nullptr), IsEmpty());
}

TEST_F(LeveldbStoreTest, KeepsWritesOverARestart) {
  Put({{"a", "1"}});
  ASSERT_THAT(store_->Write(Puts({{"b", "2"}}), true), IsOk());
  Reopen();
  EXPECT_THAT(ReadAll(*store_, nullptr),
              ElementsAre(Pair("a", "1"), Pair("b", "2")));
}

TEST_F(LeveldbStoreTest, SeekFindsTheFirstKeyNotLess) {
  Put({{"b", "1"}, {"d", "2"}});
  std::unique_ptr<Iterator> it = store_->NewIterator(nullptr);
  for (auto [sought, found] : Entries{{"", "b"}, {"b", "b"}, {"c", "d"}}) {
    it->Seek(sought);
    ASSERT_TRUE(it->Valid()) << sought;
    EXPECT_EQ(it->key(), found) << sought;
  }
  it->Seek("e");
  EXPECT_FALSE(it->Valid());
  EXPECT_THAT(it->status(), IsOk());
}

TEST_F(LeveldbStoreTest, SeekBeforeFindsTheLastKeyThatIsLess) {
  Put({{"b", "1"}, {"d", "2"}});
  std::unique_ptr<Iterator> it = store_->NewIterator(nullptr);
  for (auto [sought, found] : Entries{{"c", "b"}, {"d", "b"}, {"e", "d"}}) {
    it->SeekBefore(sought);
    ASSERT_TRUE(it->Valid()) << sought;
    EXPECT_EQ(it->key(), found) << sought;
  }
  for (std::string sought : {"", "a", "b"}) {
    it->SeekBefore(sought);
    EXPECT_FALSE(it->Valid()) << sought;
    EXPECT_THAT(it->status(), IsOk());
  }
  it->SeekBefore("e");
  it->Next();
  EXPECT_FALSE(it->Valid());
}

TEST_F(LeveldbStoreTest, SeekBeforeInAnEmptyStoreFindsNothing) {
  std::unique_ptr<Iterator> it = store_->NewIterator(nullptr);
  it->SeekBefore("a");
  EXPECT_FALSE(it->Valid());
  EXPECT_THAT(it->status(), IsOk());
}

TEST_F(LeveldbStoreTest, SnapshotSeesNoLaterWrite) {
  Put({{"a", "1"}, {"b", "1"}});
  std::shared_ptr<const Snapshot> snapshot = store_->TakeSnapshot();
  WriteBatch batch;
  batch.Put("a", "2");
  batch.Delete("b");
  batch.Put("c", "2");
  ASSERT_THAT(store_->Write(batch, false), IsOk());

  EXPECT_THAT(store_->Get("a", snapshot.get()), Holds("1"));
  EXPECT_THAT(store_->Get("c", snapshot.get()), HoldsNothing());
  EXPECT_THAT(ReadAll(*store_, snapshot.get()),
              ElementsAre(Pair("a", "1"), Pair("b", "1")));
  EXPECT_THAT(ReadAll(*store_, nullptr),
              ElementsAre(Pair("a", "2"), Pair("c", "2")));
}

TEST_F(LeveldbStoreTest, IteratorKeepsItsMomentWithoutTheSnapshot) {
  Put({{"a", "1"}});
  std::shared_ptr<const Snapshot> snapshot = store_->TakeSnapshot();
  std::unique_ptr<Iterator> it = store_->NewIterator(snapshot.get());
  snapshot.reset();
  Put({{"a", "2"}, {"b", "2"}});
  it->Seek("");
  ASSERT_TRUE(it->Valid());
  EXPECT_EQ(it->value(), "1");
  it->Next();
  EXPECT_FALSE(it->Valid());
}

// The slow twin is a map.
TEST_F(LeveldbStoreTest, DoesWhatAMapDoes) {
  constexpr uint64_t kSeed = 42;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  auto random_key = [&] { return fmt::format("{:02}", random() % 60); };
  Entries map;
  for (int step = 0; step < 2000; ++step) {
    WriteBatch batch;
    for (auto changes = random() % 4; changes > 0; --changes) {
      const std::string key = random_key();
      if (random() % 3 == 0) {
        batch.Delete(key);
        map.erase(key);
      } else {
        map[key] = std::string(random() % 500, static_cast<char>(random()));
        batch.Put(key, map[key]);
      }
    }
    ASSERT_THAT(store_->Write(batch, false), IsOk());
    if (step % 500 == 499) Reopen();

    const std::string sought = random_key();
    std::unique_ptr<Iterator> it = store_->NewIterator(nullptr);
    auto expected = map.lower_bound(sought);
    it->Seek(sought);
    ASSERT_EQ(it->Valid(), expected != map.end()) << step;
    if (it->Valid()) {
      ASSERT_EQ(it->key(), expected->first) << step;
    }
    it->SeekBefore(sought);
    ASSERT_EQ(it->Valid(), expected != map.begin()) << step;
    if (it->Valid()) {
      --expected;
      ASSERT_EQ(it->key(), expected->first) << step;
      ASSERT_EQ(it->value(), expected->second) << step;
    }
  }
  EXPECT_EQ(ReadAll(*store_, nullptr), map);
}

TEST_F(LeveldbStoreTest, TakesWritesAndReadsOfManyThreads) {
  constexpr int kThreads = 4;
  constexpr int kBatches = 200;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < kBatches; ++i) {
          const std::string key = fmt::format("{}-{:04}", thread, i);
          EXPECT_THAT(
              store_->Write(Puts({{key, "x"}, {key + "b", "x"}}), false),
              IsOk());
          EXPECT_THAT(store_->Get(key, nullptr), Holds("x"));
          // A batch is seen whole or not at all.
          EXPECT_EQ(ReadAll(*store_, nullptr).size() % 2, 0u);
        }
      });
    }
  }
  EXPECT_EQ(ReadAll(*store_, nullptr).size(), 2u * kThreads * kBatches);
}

TEST_F(LeveldbStoreTest, DiskBytesGrowWithTheData) {
  const uint64_t before = store_->DiskBytes();
  std::mt19937_64 random(1);
  std::string noise(300'000, '\0');
  std::ranges::generate(noise, [&] { return static_cast<char>(random()); });
  Put({{"noise", noise}});
  Reopen();
  EXPECT_GE(store_->DiskBytes(), before + noise.size());
  EXPECT_LE(store_->DiskBytes(), before + 3 * noise.size());
}

TEST_F(LeveldbStoreTest, SecondOpeningIsRefusedByAnyPath) {
  Put({{"a", "1"}});
  fs::create_directory_symlink(dir_.path(), dir_.path() + "-link");
  for (std::string path : {dir_.path(), dir_.path() + "/", dir_.path() + "/.",
                           dir_.path() + "-link"}) {
    EXPECT_THAT(Open(path), IsInUse()) << path;
  }
  fs::remove(dir_.path() + "-link");
  Put({{"b", "2"}});
  Reopen();
  EXPECT_THAT(ReadAll(*store_, nullptr),
              ElementsAre(Pair("a", "1"), Pair("b", "2")));
}

// Opens the store in a process of its own; true if that fails as in use.
bool IsInUseForAnotherProcess(const std::string& directory) {
  const pid_t child = fork();
  if (child == 0) {
    _exit(GetDetails(Open(directory).status()).reason == "DATA_DIRECTORY_IN_USE"
              ? 0
              : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_F(LeveldbStoreTest, OtherProcessIsRefusedWhileThisOneHasIt) {
  EXPECT_TRUE(IsInUseForAnotherProcess(dir_.path()));
  store_.reset();
  EXPECT_FALSE(IsInUseForAnotherProcess(dir_.path()));
}

TEST(OpenLeveldb, ErrorNamesTheDirectory) {
  TempDir dir;
  const auto first = Open(dir.path());
  const Status second = Open(dir.path()).status();
  EXPECT_THAT(second,
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr(dir.path())));
  EXPECT_EQ(GetDetails(second).metadata.at("directory"), dir.path());
}

TEST(OpenLeveldb, CreatesTheDirectoryAndItsParents) {
  TempDir dir;
  EXPECT_THAT(Open(dir.Join("a/b c/数据")), IsOk());
  EXPECT_THAT(Open(dir.Join("a/b c/数据")), IsOk());
}

TEST(OpenLeveldb, FailsWhereThereIsAFile) {
  TempDir dir;
  WriteFile(dir.Join("file"), "");
  EXPECT_THAT(Open(dir.Join("file")), IsIoError());
  EXPECT_THAT(Open(dir.Join("file/below")), IsIoError());
  EXPECT_THAT(Open(""), IsIoError());
}

TEST(OpenLeveldb, FailsWhereTheLockCannotBeMade) {
  TempDir dir;
  fs::create_directory(dir.Join("LOCK"));
  EXPECT_THAT(Open(dir.path()), IsIoError());
}

// The paths of the store's files with the extension.
std::vector<std::string> Files(const TempDir& dir, std::string_view extension) {
  std::vector<std::string> paths;
  for (const fs::directory_entry& file : fs::directory_iterator(dir.path())) {
    if (file.path().extension() == extension) paths.push_back(file.path());
  }
  return paths;
}

// A value that compression cannot shrink, other for each `i`.
std::string Noise(int i) {
  std::mt19937_64 random(static_cast<uint64_t>(i));
  std::string noise(1000, '\0');
  std::ranges::generate(noise, [&] { return static_cast<char>(random()); });
  return noise;
}

std::string NumberedKey(int i) { return fmt::format("key {:04}", i); }

// Fills the store in `dir` with as many batches of one key.
void Fill(const TempDir& dir, int batches) {
  auto store = Open(dir.path());
  ASSERT_THAT(store, IsOk());
  for (int i = 0; i < batches; ++i) {
    ASSERT_THAT((*store)->Write(Puts({{NumberedKey(i), Noise(i)}}), false),
                IsOk());
  }
}

void FlipByte(const std::string& path, size_t position) {
  std::string bytes = ReadFile(path);
  bytes[position] = static_cast<char>(bytes[position] ^ 0x40);
  WriteFile(path, bytes);
}

TEST(LeveldbDamage, DamagedTableIsToldByGetAndByWalk) {
  TempDir dir;
  Fill(dir, 300);
  ASSERT_THAT(Open(dir.path()), IsOk());  // Turns the log into tables.
  for (const std::string& table : Files(dir, ".ldb")) FlipByte(table, 500);

  auto store = Open(dir.path());
  ASSERT_THAT(store, IsOk());
  EXPECT_THAT((*store)->Get(NumberedKey(0), nullptr), IsCorrupt());
  std::unique_ptr<Iterator> it = (*store)->NewIterator(nullptr);
  it->Seek("");
  while (it->Valid()) it->Next();
  EXPECT_THAT(it->status(), IsCorrupt());
}

TEST(LeveldbDamage, VanishedTableIsAnErrorNotAMissingKey) {
  TempDir dir;
  Fill(dir, 300);
  ASSERT_THAT(Open(dir.path()), IsOk());
  auto store = Open(dir.path());
  ASSERT_THAT(store, IsOk());
  for (const std::string& table : Files(dir, ".ldb")) fs::remove(table);
  EXPECT_THAT((*store)->Get(NumberedKey(0), nullptr), IsIoError());
}

TEST(LeveldbDamage, MissingTableIsToldOnOpening) {
  TempDir dir;
  Fill(dir, 300);
  ASSERT_THAT(Open(dir.path()), IsOk());
  for (const std::string& table : Files(dir, ".ldb")) fs::remove(table);
  EXPECT_THAT(Open(dir.path()), IsCorrupt());
}

TEST(LeveldbDamage, DamagedLogIsToldNotSkipped) {
  TempDir dir;
  Fill(dir, 10);
  for (const std::string& log : Files(dir, ".log")) FlipByte(log, 3000);
  EXPECT_THAT(Open(dir.path()), IsCorrupt());
}

TEST(LeveldbDamage, GarbageInCurrentIsTold) {
  TempDir dir;
  Fill(dir, 1);
  WriteFile(dir.Join("CURRENT"), "garbage");
  EXPECT_THAT(Open(dir.path()), IsCorrupt());
}

TEST(LeveldbDamage, DirectoryWithoutCurrentIsNotTakenForANewOne) {
  TempDir dir;
  Fill(dir, 300);
  const std::string current = ReadFile(dir.Join("CURRENT"));
  fs::remove(dir.Join("CURRENT"));
  EXPECT_THAT(Open(dir.path()), IsCorrupt());

  WriteFile(dir.Join("CURRENT"), current);
  auto store = Open(dir.path());
  ASSERT_THAT(store, IsOk());
  EXPECT_EQ(ReadAll(**store, nullptr).size(), 300u);
}

// What kill -9 leaves: the log ends anywhere.
TEST(LeveldbDamage, LogCutAnywhereKeepsTheBatchesBeforeTheCut) {
  TempDir dir;
  constexpr int kBatches = 40;  // Beyond one of the log's blocks of 32 KiB.
  Fill(dir, kBatches);
  const std::vector<std::string> logs = Files(dir, ".log");
  ASSERT_EQ(logs.size(), 1u);
  const std::string log = ReadFile(logs[0]);

  size_t batches_before = 0;
  for (size_t size = 0; size <= log.size(); size += 331) {
    TempDir copy;
    fs::copy(dir.path(), copy.path());
    fs::resize_file(Files(copy, ".log").at(0), size);
    auto store = Open(copy.path());
    ASSERT_THAT(store, IsOk()) << size;
    const Entries entries = ReadAll(**store, nullptr);
    ASSERT_GE(entries.size(), batches_before) << size;
    batches_before = entries.size();
    int i = 0;
    for (const auto& [key, value] : entries) {
      ASSERT_EQ(key, NumberedKey(i)) << size;
      ASSERT_EQ(value, Noise(i)) << size;
      ++i;
    }
  }
  EXPECT_GE(batches_before, kBatches - 1u);
}

}  // namespace
}  // namespace tercet
