#include "service/memory/write_queue.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/memory/load.h"
#include "service/memory/update.h"
#include "service/store/keys.h"
#include "service/store/leveldb_store.h"
#include "tests/memory/test_database.h"

namespace tercet {
namespace {

using ::testing::AllOf;

// A store that counts batches, lets a test hold them up, and can fail.
class GatedStore : public KeyValueStore {
 public:
  explicit GatedStore(std::unique_ptr<KeyValueStore> store)
      : store_(std::move(store)) {}

  int batches() const { return batches_; }
  void Hold() { held_ = true; }
  void Release() {
    held_ = false;
    held_.notify_all();
  }
  void FailFromNowOn() { failing_ = true; }

  Status Write(const WriteBatch& batch, bool sync) override {
    held_.wait(true);
    ++batches_;
    if (failing_) {
      return MakeError(StatusCode::kUnavailable, "the disk is gone",
                       {.reason = "STORE_IO"});
    }
    return store_->Write(batch, sync);
  }
  StatusOr<std::optional<std::string>> Get(
      std::string_view key, const Snapshot* snapshot) const override {
    return store_->Get(key, snapshot);
  }
  std::shared_ptr<const Snapshot> TakeSnapshot() const override {
    return store_->TakeSnapshot();
  }
  std::unique_ptr<Iterator> NewIterator(
      const Snapshot* snapshot) const override {
    return store_->NewIterator(snapshot);
  }
  uint64_t DiskBytes() const override { return store_->DiskBytes(); }

 private:
  const std::unique_ptr<KeyValueStore> store_;
  std::atomic<int> batches_ = 0;
  std::atomic<bool> held_ = false;
  std::atomic<bool> failing_ = false;
};

class WriteQueueTest : public ::testing::Test {
 protected:
  WriteQueueTest() { Start(); }

  void Start() {
    queue_.emplace(store_, Must(LoadView(store_, 1000)), false, SystemClock());
  }

  std::optional<std::string> Get(const std::string& key) {
    return Must(store_.Get(key, queue_->CurrentView()->snapshot.get()));
  }

  TempDir dir_;
  GatedStore store_{Must(OpenLeveldb(dir_.path(), {}))};
  std::optional<WriteQueue> queue_;
};

WriteOperation PutOne(std::string key) {
  return [key](Transaction& transaction) {
    transaction.Put(key, "1");
    return OkStatus();
  };
}

// Adds one to the number of characters under `key`.
Status Increment(Transaction& transaction, const std::string& key) {
  ASSIGN_OR_RETURN(std::optional<std::string> value, transaction.Get(key));
  transaction.Put(key, value.value_or("") + "x");
  return OkStatus();
}

TEST_F(WriteQueueTest, ShowsWhatItHasWritten) {
  const auto before = queue_->CurrentView();
  EXPECT_THAT(queue_->Run(PutOne("key")), IsOk());
  EXPECT_EQ(Get("key"), "1");
  EXPECT_EQ(Must(store_.Get("key", before->snapshot.get())), std::nullopt);
  EXPECT_GT(queue_->CurrentView()->revision, before->revision);
}

TEST_F(WriteQueueTest, AnErrorDropsTheOperationAndNoOther) {
  EXPECT_THAT(queue_->Run([](Transaction& transaction) {
    transaction.Put("half", "1");
    return absl::AbortedError("no");
  }),
              StatusIs(StatusCode::kAborted, "no"));
  EXPECT_THAT(queue_->Run(PutOne("key")), IsOk());
  EXPECT_EQ(Get("half"), std::nullopt);
  EXPECT_EQ(Get("key"), "1");
}

TEST_F(WriteQueueTest, AnOperationWithoutChangesWritesNothing) {
  const int before = store_.batches();
  const auto view = queue_->CurrentView();
  EXPECT_THAT(queue_->Run([](Transaction&) { return OkStatus(); }), IsOk());
  EXPECT_EQ(store_.batches(), before);
  EXPECT_EQ(queue_->CurrentView(), view);
}

TEST_F(WriteQueueTest, DryRunsChangeNothing) {
  EXPECT_THAT(queue_->Run(PutOne("key")), IsOk());
  const int before = store_.batches();
  EXPECT_THAT(queue_->RunDry([](Transaction& transaction) {
    EXPECT_EQ(Must(transaction.Get("key")), "1");
    transaction.Delete("key");
    EXPECT_EQ(Must(transaction.Get("key")), std::nullopt);
    return OkStatus();
  }),
              IsOk());
  EXPECT_EQ(store_.batches(), before);
  EXPECT_EQ(Get("key"), "1");
}

TEST_F(WriteQueueTest, ChangesOfTheViewStayInLaterViews) {
  Must(queue_->Run([](Transaction& transaction) {
    return CreateMemory(transaction, "press", {}).status();
  }));
  const int before = store_.batches();
  queue_->RunOnView([](View& view) {
    MemoryState state = *view.memories.at("press");
    state.is_indexed = false;
    view.memories["press"] =
        std::make_shared<const MemoryState>(std::move(state));
  });
  EXPECT_EQ(store_.batches(), before);
  EXPECT_FALSE(queue_->CurrentView()->memories.at("press")->is_indexed);
  Must(queue_->Run([](Transaction& transaction) {
    StoredMemory memory = *transaction.FindMemory("press");
    SetMemoryFields(transaction, {.penalty = 3}, memory);
    return OkStatus();
  }));
  const MemoryState& state = *queue_->CurrentView()->memories.at("press");
  EXPECT_FALSE(state.is_indexed);
  EXPECT_EQ(state.record.penalty, 3);
}

TEST_F(WriteQueueTest, WritersWaitTogetherForOneBatch) {
  constexpr int kWriters = 8;
  constexpr int kRounds = 20;
  for (int round = 0; round < kRounds; ++round) {
    store_.Hold();
    std::atomic<int> waiting = 0;
    std::vector<std::jthread> writers;
    for (int i = 0; i < kWriters; ++i) {
      writers.emplace_back([this, &waiting, i] {
        ++waiting;
        Must(queue_->Run([i](Transaction& transaction) {
          RETURN_IF_ERROR(Increment(transaction, "all"));
          if (i % 2 == 0) return Increment(transaction, "even");
          transaction.Put("odd", "must be dropped");
          return OkStatus();
        }));
      });
    }
    while (waiting < kWriters) std::this_thread::yield();
    store_.Release();
  }
  EXPECT_EQ(Get("all")->size(), size_t{kWriters * kRounds});
  EXPECT_EQ(Get("even")->size(), size_t{kWriters * kRounds / 2});
  EXPECT_LT(store_.batches(), kWriters * kRounds);
  EXPECT_GE(store_.batches(), kRounds);
}

TEST_F(WriteQueueTest, RefusesWritesAfterAFailedOne) {
  EXPECT_THAT(queue_->Run(PutOne("first")), IsOk());
  store_.FailFromNowOn();
  EXPECT_THAT(queue_->Run(PutOne("second")), ReasonIs("STORE_IO"));
  const int batches = store_.batches();
  EXPECT_THAT(queue_->Run(PutOne("third")),
              AllOf(StatusIs(StatusCode::kUnavailable, "the disk is gone"),
                    ReasonIs("STORE_IO")));
  EXPECT_EQ(store_.batches(), batches);
  // What was there stays readable.
  EXPECT_EQ(Get("first"), "1");
  EXPECT_EQ(Get("second"), std::nullopt);
}

// --- Purging
// ------------------------------------------------------------------

class PurgeTest : public WriteQueueTest {
 protected:
  // Some thousands of keys of a memory, by number.
  void Fill(uint32_t memory, uint64_t units) {
    Must(queue_->Run([=](Transaction& transaction) {
      const MemoryNumber number{memory};
      for (uint64_t i = 1; i <= units; ++i) {
        const UnitNumber unit{i};
        transaction.Put(UnitKey(number, unit), "u");
        transaction.Put(UnitIdKey(number, fmt::format("id-{}", i)), "i");
        transaction.Put(ExactKey(number, i, unit), "");
      }
      return OkStatus();
    }));
  }

  Status Mark(uint32_t memory) {
    return queue_->Run([=](Transaction& transaction) {
      transaction.Put(PurgeKey(MemoryNumber{memory}), "");
      return OkStatus();
    });
  }

  size_t CountKeys(uint32_t memory) {
    const MemoryNumber number{memory};
    size_t count = 0;
    const auto walk = store_.NewIterator(nullptr);
    for (const std::string& prefix :
         {UnitKeyPrefix(number), UnitIdKeyPrefix(number),
          ExactKeyPrefix(number), PurgeKey(number)}) {
      for (walk->Seek(prefix); walk->Valid() && walk->key().starts_with(prefix);
           walk->Next()) {
        ++count;
      }
    }
    return count;
  }

  // Whether the writer, which has nothing else to do, gets done.
  bool IsPurgedInTime(uint32_t memory) {
    const auto deadline =
        std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (CountKeys(memory) > 0) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }
};

TEST_F(PurgeTest, LeavesNoKeysOfADeletedMemory) {
  Fill(1, 10);
  Fill(2, 2500);
  Fill(3, 10);
  Must(Mark(2));
  EXPECT_TRUE(IsPurgedInTime(2));
  EXPECT_EQ(CountKeys(1), 30U);
  EXPECT_EQ(CountKeys(3), 30U);
}

TEST_F(PurgeTest, LosesNoMemoryWhenAnotherComesFirst) {
  for (int round = 0; round < 5; ++round) {
    Fill(1, 1500);
    Fill(2, 1500);
    Must(Mark(2));
    // At some moment of the first purge.
    for (int i = 0; i < round; ++i) Must(queue_->Run(PutOne("key")));
    Must(Mark(1));
    EXPECT_TRUE(IsPurgedInTime(1));
    EXPECT_TRUE(IsPurgedInTime(2));
  }
}

TEST_F(PurgeTest, TakesUpWhatACrashLeft) {
  Fill(1, 2500);
  queue_.reset();
  WriteBatch batch;
  batch.Put(PurgeKey(MemoryNumber{1}), "");
  Must(store_.Write(batch, false));
  Start();
  EXPECT_TRUE(IsPurgedInTime(1));
}

}  // namespace
}  // namespace tercet
