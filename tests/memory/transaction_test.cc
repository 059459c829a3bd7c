#include "service/memory/transaction.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/store/leveldb_store.h"
#include "tests/memory/test_database.h"

namespace tercet {
namespace {

using ::testing::IsEmpty;

StoredMemory MemoryOf(std::string_view id, uint32_t number) {
  return {.id = std::string(id), .number = MemoryNumber{number}};
}

class TransactionTest : public ::testing::Test {
 protected:
  View MakeView() {
    WriteBatch batch;
    batch.Put("old", "1");
    Must(store_->Write(batch, false));
    auto state = std::make_shared<MemoryState>();
    state->record = MemoryOf("press", 1);
    state->indexes["en"] =
        SegmentIndex::Empty()->Apply({.added = {{{UnitNumber{1}, 0}, {1, 2}}}});
    return {.snapshot = store_->TakeSnapshot(),
            .revision = Revision{7},
            .memories = {{"press", std::move(state)}}};
  }

  static size_t IndexSize(const View& view, std::string_view memory) {
    const auto& indexes = view.memories.find(memory)->second->indexes;
    const auto index = indexes.find("en");
    return index == indexes.end() ? 0 : index->second->size();
  }

  TempDir dir_;
  std::unique_ptr<KeyValueStore> store_ = Must(OpenLeveldb(dir_.path(), {}));
  const View view_ = MakeView();
  Transaction base_{*store_, view_};
};

TEST_F(TransactionTest, ReadsItsOwnChangesBeforeThoseBelow) {
  base_.Put("base", "1");
  Transaction child(base_, 0);
  EXPECT_THAT(child.Get("old"), IsOkAndHolds(std::optional<std::string>("1")));
  EXPECT_THAT(child.Get("base"), IsOkAndHolds(std::optional<std::string>("1")));
  child.Put("base", "2");
  child.Delete("old");
  EXPECT_THAT(child.Get("base"), IsOkAndHolds(std::optional<std::string>("2")));
  EXPECT_THAT(child.Get("old"), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(base_.Get("base"), IsOkAndHolds(std::optional<std::string>("1")));
  EXPECT_THAT(base_.Get("old"), IsOkAndHolds(std::optional<std::string>("1")));
}

TEST_F(TransactionTest, ReadsTheStoreAsOfItsView) {
  WriteBatch batch;
  batch.Put("old", "later");
  Must(store_->Write(batch, false));
  EXPECT_THAT(base_.Get("old"), IsOkAndHolds(std::optional<std::string>("1")));
}

TEST_F(TransactionTest, AChildIsTheNextRevision) {
  EXPECT_EQ(base_.revision(), Revision{7});
  Transaction child(base_, 5);
  EXPECT_EQ(child.revision(), Revision{8});
  EXPECT_EQ(child.now_micros(), 5);
  base_.Merge(std::move(child));
  EXPECT_EQ(base_.revision(), Revision{8});
  EXPECT_EQ(Transaction(base_, 5).revision(), Revision{9});
}

TEST_F(TransactionTest, DroppingAChildUndoesIt) {
  {
    Transaction child(base_, 0);
    child.Put("key", "value");
    child.PutMemory(MemoryOf("web", 2));
    child.DeleteMemory("press");
    EXPECT_EQ(child.FindMemory("press"), nullptr);
    EXPECT_NE(child.FindMemory("web"), nullptr);
  }
  EXPECT_TRUE(base_.empty());
  EXPECT_NE(base_.FindMemory("press"), nullptr);
  EXPECT_EQ(base_.FindMemory("web"), nullptr);
}

TEST_F(TransactionTest, BatchHoldsTheLastOfEachKeyAndTheRevision) {
  Transaction child(base_, 0);
  child.Put("a", "1");
  child.Put("a", "2");
  child.Put("old", "2");
  child.Delete("old");
  base_.Merge(std::move(child));
  Must(store_->Write(base_.TakeBatch(), false));
  EXPECT_THAT(store_->Get("a", nullptr),
              IsOkAndHolds(std::optional<std::string>("2")));
  EXPECT_THAT(store_->Get("old", nullptr), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(
      store_->Get(kRevisionKey, nullptr),
      IsOkAndHolds(std::optional(std::string("\0\0\0\0\0\0\0\x08", 8))));
}

TEST_F(TransactionTest, LaterChangesOfASegmentWin) {
  Transaction child(base_, 0);
  child.PutMemory(*child.FindMemory("press"));
  child.RemoveSegment("press", "en", {UnitNumber{1}, 0});
  child.AddSegment("press", "en", {{UnitNumber{1}, 0}, {3}});
  child.AddSegment("press", "en", {{UnitNumber{2}, 0}, {4}});
  base_.Merge(std::move(child));
  Transaction next(base_, 0);
  next.RemoveSegment("press", "en", {UnitNumber{2}, 0});
  base_.Merge(std::move(next));
  const View after = std::move(base_).Apply();
  EXPECT_EQ(IndexSize(after, "press"), 1U);
  EXPECT_EQ(IndexSize(view_, "press"), 1U);
}

TEST_F(TransactionTest, AnIndexWithoutSegmentsGoes) {
  Transaction child(base_, 0);
  child.PutMemory(*child.FindMemory("press"));
  child.RemoveSegment("press", "en", {UnitNumber{1}, 0});
  base_.Merge(std::move(child));
  EXPECT_THAT(std::move(base_).Apply().memories.find("press")->second->indexes,
              IsEmpty());
}

TEST_F(TransactionTest, AMemoryMadeAnewHasNothingOfTheOldOne) {
  Transaction write(base_, 0);
  write.PutMemory(*write.FindMemory("press"));
  write.AddSegment("press", "en", {{UnitNumber{2}, 0}, {1}});
  base_.Merge(std::move(write));
  Transaction remove(base_, 0);
  remove.DeleteMemory("press");
  base_.Merge(std::move(remove));
  Transaction create(base_, 0);
  create.PutMemory(MemoryOf("press", 2));
  create.AddSegment("press", "en", {{UnitNumber{3}, 0}, {9}});
  base_.Merge(std::move(create));
  const View after = std::move(base_).Apply();
  EXPECT_EQ(IndexSize(after, "press"), 1U);
  EXPECT_EQ(after.memories.find("press")->second->record.number,
            MemoryNumber{2});
}

}  // namespace
}  // namespace tercet
