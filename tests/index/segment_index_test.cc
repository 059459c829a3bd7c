// The index against a plain comparison with every segment.
#include "service/index/segment_index.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/match/score.h"
#include "tests/index/random_keys.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using Index = std::shared_ptr<const SegmentIndex>;
using Segments = std::map<SegmentRef, Keys>;

SegmentRef Ref(uint64_t unit, uint32_t variant = 0) {
  return {UnitNumber{unit}, variant};
}

// One visit as a number that can be compared: by segment, the bound.
using Visits = std::vector<std::pair<SegmentRef, int>>;

Visits VisitAll(const SegmentIndex& index, const Keys& query, int min_score) {
  Visits visits;
  EXPECT_THAT(index.Visit(query, min_score, NeverStop(),
                          [&](const Candidate& candidate) -> StatusOr<int> {
                            visits.emplace_back(candidate.ref, candidate.bound);
                            return min_score;
                          }),
              IsOk());
  return visits;
}

Visits Compare(const Segments& segments, const Keys& query, int min_score) {
  Visits visits;
  for (const auto& [ref, keys] : segments) {
    const auto longer =
        static_cast<uint32_t>(std::max(keys.size(), query.size()));
    const int bound = ScoreBound(PlainDistance(keys, query), longer);
    if (bound >= min_score) visits.emplace_back(ref, bound);
  }
  return visits;
}

bool BoundsNeverRise(const Visits& visits) {
  return std::ranges::is_sorted(visits, std::ranges::greater(),
                                &Visits::value_type::second);
}

Visits Sorted(Visits visits) {
  std::ranges::sort(visits);
  return visits;
}

// An index and what it ought to hold, changed together.
class World {
 public:
  // Scans, gives every chunk runs, or mixes both, by the seed.
  explicit World(uint64_t seed)
      : random_(seed),
        index_(SegmentIndex::Empty(
            {.min_segments_for_runs = seed % 3 == 0   ? size_t{4096}
                                      : seed % 3 == 1 ? size_t{1}
                                                      : size_t{40}})) {}

  RandomKeys& random() { return random_; }
  const Index& index() const { return index_; }
  const Segments& segments() const { return segments_; }

  // Adds, removes, replaces and takes back some segments at once.
  void Change(size_t count) {
    IndexChanges changes;
    for (size_t i = 0; i < count; ++i) {
      const SegmentRef ref =
          Ref(random_.Below(300), static_cast<uint32_t>(random_.Below(3)));
      if (std::ranges::count(changes.removed, ref) > 0) continue;
      if (random_.Below(8) == 0) RemoveUnit(ref.unit, changes);
      changes.removed.push_back(ref);
      segments_.erase(ref);
      if (random_.Below(3) == 0) continue;
      changes.added.push_back({ref, MakeKeys()});
      segments_[ref] = changes.added.back().stems;
    }
    index_ = index_->Apply(std::move(changes));
  }

  // Half of all queries are near to some segment.
  Keys MakeKeys() {
    if (segments_.empty() || random_.Below(2) == 0) return random_.Any();
    const auto place = static_cast<ptrdiff_t>(random_.Below(segments_.size()));
    return random_.Edited(std::next(segments_.begin(), place)->second, 6);
  }

 private:
  void RemoveUnit(UnitNumber unit, IndexChanges& changes) {
    const auto is_of_unit = [unit](const SegmentRef& ref) {
      return ref.unit == unit;
    };
    // Additions come behind all removals.
    if (std::ranges::any_of(changes.removed, is_of_unit)) return;
    changes.removed_units.push_back(unit);
    std::erase_if(segments_,
                  [&](const auto& entry) { return is_of_unit(entry.first); });
  }

  RandomKeys random_;
  Index index_;
  Segments segments_;
};

TEST(SegmentIndex, EqualsComparisonWithEverySegment) {
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    World world(seed);
    for (int round = 0; round < 40; ++round) {
      world.Change(1 + world.random().Below(20));
      ASSERT_EQ(world.index()->size(), world.segments().size());
      const Keys query = world.MakeKeys();
      const int min_score = 1 + static_cast<int>(world.random().Below(100));
      const Visits visits = VisitAll(*world.index(), query, min_score);
      ASSERT_TRUE(BoundsNeverRise(visits));
      ASSERT_EQ(Sorted(visits), Compare(world.segments(), query, min_score))
          << fmt::format("round {}, min_score {}", round, min_score);
    }
  }
}

TEST(SegmentIndex, EqualsComparisonAtEveryThreshold) {
  World world(77);
  for (int i = 0; i < 30; ++i) world.Change(15);
  for (int min_score = 1; min_score <= 100; ++min_score) {
    const Keys query = world.MakeKeys();
    ASSERT_EQ(Sorted(VisitAll(*world.index(), query, min_score)),
              Compare(world.segments(), query, min_score))
        << fmt::format("min_score {}", min_score);
  }
}

TEST(SegmentIndex, EqualsComparisonForLongSegments) {
  RandomKeys random(5);
  Segments segments;
  IndexChanges changes;
  const Keys base = random.OfLength(3000, 400);
  for (uint64_t i = 0; i < 12; ++i) {
    const Keys keys = random.Edited(base, 40 * i);
    segments[Ref(i)] = keys;
    changes.added.push_back({Ref(i), keys});
  }
  const Index index = SegmentIndex::Empty()->Apply(std::move(changes));
  for (const int min_score : {1, 50, 90, 94, 95, 100}) {
    ASSERT_EQ(Sorted(VisitAll(*index, base, min_score)),
              Compare(segments, base, min_score))
        << fmt::format("min_score {}", min_score);
  }
}

TEST(SegmentIndex, VisitsAllAboveWhatTheVisitorStillNeeds) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    World world(seed);
    for (int i = 0; i < 4; ++i) world.Change(30);
    const Keys query = world.MakeKeys();
    int needed = 1 + static_cast<int>(world.random().Below(60));
    const int min_score = needed;
    Visits visits;
    ASSERT_THAT(world.index()->Visit(query, needed, NeverStop(),
                                     [&](const Candidate& c) -> StatusOr<int> {
                                       EXPECT_GE(c.bound, needed);
                                       visits.emplace_back(c.ref, c.bound);
                                       // At times beyond every bound there is.
                                       if (world.random().Below(4) == 0)
                                         needed += 20;
                                       return needed;
                                     }),
                IsOk());
    ASSERT_TRUE(BoundsNeverRise(visits));
    visits = Sorted(visits);
    for (const auto& expected : Compare(world.segments(), query, min_score)) {
      if (expected.second < needed) continue;
      ASSERT_TRUE(std::ranges::binary_search(visits, expected));
    }
  }
}

TEST(SegmentIndex, StaysAsItIsWhenChangesAreApplied) {
  World world(9);
  std::vector<std::pair<Index, Segments>> moments;
  for (int round = 0; round < 30; ++round) {
    world.Change(12);
    moments.emplace_back(world.index(), world.segments());
  }
  const Keys query = world.MakeKeys();
  for (const auto& [index, segments] : moments) {
    ASSERT_EQ(index->size(), segments.size());
    ASSERT_EQ(Sorted(VisitAll(*index, query, 20)),
              Compare(segments, query, 20));
  }
}

TEST(SegmentIndex, VisitsNothingWhenEmpty) {
  EXPECT_EQ(SegmentIndex::Empty()->size(), 0U);
  EXPECT_THAT(VisitAll(*SegmentIndex::Empty(), {1, 2}, 1), IsEmpty());
}

TEST(SegmentIndex, FindsASegmentWithoutWords) {
  const Index index = SegmentIndex::Empty()->Apply({.added = {{Ref(1), {}}}});
  EXPECT_THAT(VisitAll(*index, {}, 100), ElementsAre(std::pair(Ref(1), 100)));
  EXPECT_THAT(VisitAll(*index, {5}, 1), IsEmpty());
}

TEST(SegmentIndex, TakesEqualSegmentsApart) {
  IndexChanges changes;
  for (uint64_t i = 0; i < 1000; ++i) {
    changes.added.push_back({Ref(i), {1, 2, 3}});
  }
  const Index index = SegmentIndex::Empty()->Apply(std::move(changes));
  EXPECT_EQ(VisitAll(*index, {1, 2, 3}, 100).size(), 1000U);
}

TEST(SegmentIndex, RemovesBeforeItAdds) {
  const Index before = SegmentIndex::Empty()->Apply({.added = {{Ref(1), {1}}}});
  const Index after =
      before->Apply({.removed = {Ref(1), Ref(1)}, .added = {{Ref(1), {2}}}});
  EXPECT_EQ(after->size(), 1U);
  EXPECT_THAT(VisitAll(*after, {1}, 1), IsEmpty());
  EXPECT_THAT(VisitAll(*after, {2}, 1), ElementsAre(std::pair(Ref(1), 100)));
}

TEST(SegmentIndex, RemovesAllSegmentsOfAUnit) {
  const Index before =
      SegmentIndex::Empty()
          ->Apply({.added = {{Ref(1), {1}}, {Ref(2), {1}}}})
          ->Apply({.added = {{Ref(2, 1), {1}}, {Ref(3), {1}}}});
  const Index after = before->Apply(
      {.removed_units = {UnitNumber{2}}, .added = {{Ref(2, 7), {1}}}});
  EXPECT_THAT(
      VisitAll(*after, {1}, 100),
      UnorderedElementsAre(std::pair(Ref(1), 100), std::pair(Ref(3), 100),
                           std::pair(Ref(2, 7), 100)));
}

TEST(SegmentIndex, IgnoresTheRemovalOfWhatItLacks) {
  const Index index = SegmentIndex::Empty()
                          ->Apply({.added = {{Ref(1), {1}}}})
                          ->Apply({.removed = {Ref(2), Ref(1, 1)}});
  EXPECT_EQ(index->size(), 1U);
}

TEST(SegmentIndex, ReturnsTheErrorOfTheVisitor) {
  const Index index =
      SegmentIndex::Empty()->Apply({.added = {{Ref(1), {1}}, {Ref(2), {1}}}});
  int visits = 0;
  EXPECT_THAT(index->Visit(Keys{1}, 1, NeverStop(),
                           [&](const Candidate&) -> StatusOr<int> {
                             ++visits;
                             return absl::DataLossError("torn");
                           }),
              StatusIs(StatusCode::kDataLoss, "torn"));
  EXPECT_EQ(visits, 1);
}

// The number of times a visit asks whether to go on.
int CountStopChecks(const SegmentIndex& index, const Keys& query) {
  int checks = 0;
  EXPECT_THAT(index.Visit(
                  query, 1,
                  [&] {
                    ++checks;
                    return OkStatus();
                  },
                  [](const Candidate&) -> StatusOr<int> { return 1; }),
              IsOk());
  return checks;
}

TEST(SegmentIndex, StopsWhereverItIsToldTo) {
  RandomKeys random(3);
  IndexChanges changes;
  for (uint64_t i = 0; i < 3000; ++i) {
    changes.added.push_back({Ref(i), random.OfLength(10, 8)});
  }
  const Index index = SegmentIndex::Empty()->Apply(std::move(changes));
  const Keys query = random.OfLength(10, 8);
  const int checks = CountStopChecks(*index, query);
  ASSERT_GT(checks, 1000);
  for (int n = 0; n < checks; n += 97) {
    int left = n;
    EXPECT_THAT(index->Visit(
                    query, 1,
                    [&]() -> Status {
                      return left-- > 0 ? OkStatus()
                                        : absl::CancelledError("enough");
                    },
                    [](const Candidate&) -> StatusOr<int> { return 1; }),
                StatusIs(StatusCode::kCancelled, "enough"))
        << n;
  }
}

// Comparing two of them takes tens of milliseconds.
TEST(SegmentIndex, AsksToStopBetweenLongSegments) {
  RandomKeys random(4);
  IndexChanges changes;
  for (uint64_t i = 0; i < 8; ++i) {
    changes.added.push_back({Ref(i), random.OfLength(10'000, 3000)});
  }
  const Index index = SegmentIndex::Empty()->Apply(std::move(changes));
  const Keys query = random.OfLength(10'000, 3000);
  EXPECT_THAT(VisitAll(*index, query, 40), IsEmpty());
  int checks = 0;
  ASSERT_THAT(index->Visit(
                  query, 40,
                  [&] {
                    ++checks;
                    return OkStatus();
                  },
                  [](const Candidate&) -> StatusOr<int> { return 40; }),
              IsOk());
  EXPECT_GE(checks, 8);
}

TEST(SegmentIndex, TakesAsMuchMemoryHoweverItGrew) {
  RandomKeys random(6);
  IndexChanges all;
  Index grown = SegmentIndex::Empty();
  for (uint64_t i = 0; i < 1000; ++i) {
    const IndexedSegment segment{Ref(i), random.OfLength(20, 1000)};
    all.added.push_back(segment);
    grown = grown->Apply({.added = {segment}});
  }
  const Index made = SegmentIndex::Empty()->Apply(std::move(all));
  EXPECT_EQ(grown->size(), 1000U);
  EXPECT_GE(grown->MemoryBytes(), 1000 * 20 * sizeof(uint32_t));
  EXPECT_LE(grown->MemoryBytes(), 2 * made->MemoryBytes());
}

TEST(SegmentIndex, GivesBackTheMemoryOfRemovedSegments) {
  RandomKeys random(8);
  IndexChanges all;
  for (uint64_t i = 0; i < 1000; ++i) {
    all.added.push_back({Ref(i), random.OfLength(20, 1000)});
  }
  Index index = SegmentIndex::Empty()->Apply(std::move(all));
  const size_t full = index->MemoryBytes();
  for (uint64_t i = 0; i < 900; ++i) index = index->Apply({{Ref(i)}, {}});
  EXPECT_EQ(index->size(), 100U);
  EXPECT_LE(index->MemoryBytes(), full / 4);
  for (uint64_t i = 900; i < 1000; ++i) index = index->Apply({{Ref(i)}, {}});
  EXPECT_EQ(index->size(), 0U);
  EXPECT_EQ(index->MemoryBytes(), 0U);
}

}  // namespace
}  // namespace tercet
