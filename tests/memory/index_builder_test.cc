// An index that was brought up to date is as one that was built from nothing.
#include "service/memory/index_builder.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/memory/load.h"
#include "service/store/leveldb_store.h"
#include "service/text/analysis.h"
#include "tests/memory/test_database.h"
#include "tests/support/random_text.h"

namespace tercet {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::array kLanguages = {"en", "zh", "es"};

// What an index holds, as far as a query sees it.
std::vector<std::string> Visits(const LanguageIndexes& indexes,
                                const Analysis& query) {
  std::vector<std::string> visits;
  for (const auto& [language, index] : indexes) {
    Must(index->Visit(
        {.stems = query.stems, .print = PrintOf(query)}, Needed::AtLeast(1),
        NeverStop(),
        [&,
         &language = language](const Candidate& candidate) -> StatusOr<Needed> {
          visits.push_back(fmt::format(
              "{} {}/{} {} {} {}", language,
              static_cast<uint64_t>(candidate.ref.unit), candidate.ref.variant,
              candidate.bound.score, static_cast<int>(candidate.bound.kind),
              candidate.bound.cost));
          return Needed::AtLeast(1);
        }));
  }
  std::ranges::sort(visits);
  return visits;
}

size_t SizeOf(const LanguageIndexes& indexes) {
  size_t size = 0;
  for (const auto& [language, index] : indexes) size += index->size();
  return size;
}

// A memory whose units come, change and go.
class World {
 public:
  explicit World(uint64_t seed) : random_(seed) {
    database_.CreateMemory("press");
  }

  void Change(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string id = fmt::format("u{}", random_.Below(40));
      const bool exists = database_->GetUnit("press", id).ok();
      if (exists && random_.OneIn(3)) {
        Must(database_->DeleteUnit("press", id, {}));
        continue;
      }
      const UnitUpdate update{.fields = {UnitField::kVariants},
                              .unit = MakeRandomUnit(),
                              .allow_missing = true};
      Must(database_->UpdateUnit("press", id, update, {}));
    }
  }

  // The store as it is now, to be read beside the database's back.
  std::unique_ptr<KeyValueStore> OpenStore() {
    database_.Close();
    return Must(OpenLeveldb(database_.path(), {}));
  }
  void Reopen() { database_.Reopen(); }

  Analysis MakeQuery() {
    const std::string language = random_.Pick(kLanguages);
    return Analyze(random_.MakeSegment(language), language);
  }

 private:
  Unit MakeRandomUnit() {
    Unit unit;
    for (size_t i = 1 + random_.Below(4); i > 0; --i) {
      const std::string language = random_.Pick(kLanguages);
      unit.variants.push_back({.language = Tag(language),
                               .segment = random_.MakeSegment(language)});
    }
    return unit;
  }

  RandomText random_;
  TestDatabase database_;
};

TEST(IndexBuilder, CatchesUpWithEveryMoment) {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    World world(seed);
    // The index of every earlier moment.
    std::vector<std::pair<Revision, MemoryIndexes>> moments = {
        {Revision{0}, {{MemoryNumber{1}, {}}}}};
    for (int round = 0; round < 5; ++round) {
      world.Reopen();
      world.Change(round * 10);
      const auto store = world.OpenStore();
      const View view = Must(LoadView(*store, 1000));
      const LanguageIndexes built =
          Must(BuildIndexes(*store, view.snapshot.get(), MemoryNumber{1},
                            [](uint64_t) { return OkStatus(); }));
      for (auto [revision, indexes] : moments) {
        Must(CatchUp(*store, view, revision, NeverStop(), indexes));
        ASSERT_THAT(indexes, SizeIs(1));
        const LanguageIndexes& caught_up = indexes.at(MemoryNumber{1});
        ASSERT_EQ(SizeOf(caught_up), SizeOf(built));
        for (int i = 0; i < 5; ++i) {
          const Analysis query = world.MakeQuery();
          ASSERT_EQ(Visits(caught_up, query), Visits(built, query));
        }
      }
      moments.push_back({view.revision, {{MemoryNumber{1}, built}}});
    }
  }
}

TEST(IndexBuilder, StopsWhenItIsToldTo) {
  World world(1);
  world.Change(60);
  const auto store = world.OpenStore();
  const View view = Must(LoadView(*store, 1000));
  MemoryIndexes indexes = {{MemoryNumber{1}, {}}};
  const Status stopped = MakeError(StatusCode::kCancelled, "enough", {});
  EXPECT_EQ(CatchUp(
                *store, view, Revision{0}, [&] { return stopped; }, indexes),
            stopped);
}

TEST(IndexBuilder, PassesOverOtherMemories) {
  World world(2);
  world.Change(20);
  const auto store = world.OpenStore();
  const View view = Must(LoadView(*store, 1000));
  MemoryIndexes indexes = {{MemoryNumber{7}, {}}};
  Must(CatchUp(*store, view, Revision{0}, NeverStop(), indexes));
  EXPECT_THAT(indexes, SizeIs(1));
  EXPECT_THAT(indexes.at(MemoryNumber{7}), IsEmpty());
}

TEST(IndexBuilder, CountsChanges) {
  World world(3);
  world.Change(10);
  const auto store = world.OpenStore();
  const View view = Must(LoadView(*store, 1000));
  EXPECT_EQ(Must(CountChanges(*store, view, Revision{0}, 100)), 10U);
  EXPECT_EQ(Must(CountChanges(*store, view, Revision{0}, 4)), 4U);
  EXPECT_EQ(Must(CountChanges(*store, view, view.revision, 4)), 0U);
}

}  // namespace
}  // namespace tercet
