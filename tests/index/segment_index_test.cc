// The index against a plain comparison with every segment.
#include "service/index/segment_index.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <tuple>
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

using Index = std::shared_ptr<const SegmentIndex>;
using Segments = std::map<SegmentRef, IndexedSegment>;

SegmentRef Ref(uint64_t unit, uint32_t variant = 0) {
  return {UnitNumber{unit}, variant};
}

// A candidate as a text that can be compared and read.
std::string Describe(const Candidate& candidate) {
  return fmt::format(
      "{}/{}: {} {} {}", static_cast<uint64_t>(candidate.ref.unit),
      candidate.ref.variant, candidate.bound.score,
      static_cast<int>(candidate.bound.kind), candidate.bound.cost);
}

using Visits = std::vector<std::string>;

Visits VisitAllOf(const SegmentIndex& index, const IndexedSegment& query,
                  int min_score) {
  Visits visits;
  EXPECT_THAT(index.Visit({query.stems, query.print},
                          Needed::AtLeast(min_score), NeverStop(),
                          [&](const Candidate& candidate) -> StatusOr<Needed> {
                            visits.push_back(Describe(candidate));
                            return Needed::AtLeast(min_score);
                          }),
              IsOk());
  return visits;
}

Visits VisitAll(const SegmentIndex& index, const Keys& query, int min_score) {
  return VisitAllOf(index, IndexedSegment{.stems = query}, min_score);
}

// All segments with what they can be, the best first.
std::vector<Candidate> CompareAll(const Segments& segments,
                                  const IndexedSegment& query) {
  std::vector<Candidate> candidates;
  for (const auto& [ref, segment] : segments) {
    const auto longer = static_cast<uint32_t>(
        std::max(segment.stems.size(), query.stems.size()));
    const uint32_t distance =
        PlainDistance(FoldStems(segment.stems), FoldStems(query.stems));
    candidates.push_back(
        {ref, BoundMatch(segment.print, query.print, distance, longer)});
  }
  std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
    return std::tie(b.bound.score, b.bound.kind, a.bound.cost, b.ref.unit,
                    a.ref.variant) < std::tie(a.bound.score, a.bound.kind,
                                              b.bound.cost, a.ref.unit,
                                              b.ref.variant);
  });
  return candidates;
}

Visits Compare(const Segments& segments, const IndexedSegment& query,
               int min_score) {
  Visits visits;
  for (const Candidate& candidate : CompareAll(segments, query)) {
    if (candidate.bound.score < min_score) break;
    visits.push_back(Describe(candidate));
  }
  return visits;
}

// How chunks come to be, by the seed: scanned, all with runs, or mixed; merged
// at once, by plans, or both.
IndexTuning MakeTuning(uint64_t seed) {
  static constexpr size_t kMinForRuns[] = {4096, 1, 40};
  static constexpr size_t kAtOnce[] = {2048, 0, 30};
  return {.min_segments_for_runs = kMinForRuns[seed % 3],
          .max_segments_to_merge_at_once = kAtOnce[seed / 3 % 3]};
}

// An index and what it ought to hold, changed together.
class World {
 public:
  explicit World(uint64_t seed)
      : random_(seed), index_(SegmentIndex::Empty(MakeTuning(seed))) {}

  RandomKeys& random() { return random_; }
  const Index& index() const { return index_; }
  const Segments& segments() const { return segments_; }

  // Adds, removes, replaces and takes back some segments at once. Now and then
  // a merge begins or ends.
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
      changes.added.push_back(MakeSegment());
      changes.added.back().ref = ref;
      segments_[ref] = changes.added.back();
    }
    index_ = index_->Apply(std::move(changes));
    Merge();
  }

  // Half of all queries are near to some segment.
  IndexedSegment MakeSegment() {
    IndexedSegment segment{.print = MakePrint()};
    if (segments_.empty() || random_.Below(2) == 0) {
      segment.stems = random_.Any();
      return segment;
    }
    const auto place = static_cast<ptrdiff_t>(random_.Below(segments_.size()));
    const IndexedSegment& model = std::next(segments_.begin(), place)->second;
    segment.stems = random_.Edited(model.stems, 6);
    if (random_.Below(2) == 0) segment.print = model.print;
    return segment;
  }

 private:
  SegmentPrint MakePrint() {
    return {
        .sorts = static_cast<uint32_t>(random_.Below(3) << random_.Below(31)),
        .placeables = static_cast<uint16_t>(random_.Below(3)),
        .context = static_cast<uint16_t>(random_.Below(3)),
        .penalty = static_cast<uint8_t>(random_.Below(4))};
  }

  void Merge() {
    if (merge_ != nullptr && random_.Below(2) == 0) {
      EXPECT_THAT(merge_->Run(NeverStop()), IsOk());
      index_ = index_->Adopt(*merge_);
      merge_ = nullptr;
    } else if (merge_ == nullptr && random_.Below(3) == 0) {
      merge_ =
          index_->PlanMerge(random_.Below(2) == 0 ? MergeEffort::kFrugal
                                                  : MergeEffort::kThorough);
    }
  }

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
  std::unique_ptr<IndexMerge> merge_;
};

TEST(SegmentIndex, EqualsComparisonWithEverySegment) {
  for (uint64_t seed = 1; seed <= 18; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    World world(seed);
    for (int round = 0; round < 40; ++round) {
      world.Change(1 + world.random().Below(20));
      ASSERT_EQ(world.index()->size(), world.segments().size());
      const IndexedSegment query = world.MakeSegment();
      const int min_score = 1 + static_cast<int>(world.random().Below(100));
      ASSERT_EQ(VisitAllOf(*world.index(), query, min_score),
                Compare(world.segments(), query, min_score))
          << fmt::format("round {}, min_score {}", round, min_score);
    }
  }
}

TEST(SegmentIndex, EqualsComparisonAtEveryThreshold) {
  World world(76);
  for (int i = 0; i < 30; ++i) world.Change(15);
  for (int min_score = 1; min_score <= 100; ++min_score) {
    const IndexedSegment query = world.MakeSegment();
    ASSERT_EQ(VisitAllOf(*world.index(), query, min_score),
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
    changes.added.push_back({Ref(i), random.Edited(base, 40 * i), {}});
    segments[Ref(i)] = changes.added.back();
  }
  const Index index =
      SegmentIndex::Empty({.min_segments_for_runs = 1})->Apply(changes);
  for (const int min_score : {1, 50, 90, 94, 95, 100}) {
    ASSERT_EQ(VisitAll(*index, base, min_score),
              Compare(segments, {.stems = base}, min_score))
        << fmt::format("min_score {}", min_score);
  }
}

TEST(SegmentIndex, VisitsAllAboveWhatTheVisitorStillNeeds) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    World world(seed);
    for (int i = 0; i < 4; ++i) world.Change(30);
    const IndexedSegment query = world.MakeSegment();
    // As one who keeps the best few: what is needed is a place of those seen.
    const size_t few = 1 + world.random().Below(20);
    const int min_score = 1 + static_cast<int>(world.random().Below(90));
    Visits visits;
    ASSERT_THAT(
        world.index()->Visit(
            {query.stems, query.print}, Needed::AtLeast(min_score), NeverStop(),
            [&](const Candidate& candidate) -> StatusOr<Needed> {
              visits.push_back(Describe(candidate));
              if (visits.size() < few) return Needed::AtLeast(min_score);
              const MatchBound& bound = candidate.bound;
              return Needed{bound.score, bound.kind, bound.cost,
                            candidate.ref.unit};
            }),
        IsOk());
    // Other variants of the last unit are of no more use.
    const Visits all = Compare(world.segments(), query, min_score);
    ASSERT_EQ(visits,
              Visits(all.begin(), all.begin() + std::min(few, all.size())));
  }
}

TEST(SegmentIndex, VisitsNothingThatCannotScoreWhatIsNeededNow) {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    World world(seed);
    for (int i = 0; i < 4; ++i) world.Change(30);
    const IndexedSegment query = world.MakeSegment();
    Needed needed = Needed::AtLeast(1);
    Visits visits;
    ASSERT_THAT(world.index()->Visit(
                    {query.stems, query.print}, needed, NeverStop(),
                    [&](const Candidate& candidate) -> StatusOr<Needed> {
                      EXPECT_TRUE(IsOfUse(candidate, needed));
                      visits.push_back(Describe(candidate));
                      // At times beyond every bound there is.
                      if (world.random().Below(4) == 0) needed.score += 20;
                      return needed;
                    }),
                IsOk());
    const Visits all =
        Compare(world.segments(), query, std::min(needed.score, 101));
    for (const std::string& expected : all) {
      ASSERT_EQ(std::ranges::count(visits, expected), 1) << expected;
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
  const IndexedSegment query = world.MakeSegment();
  for (const auto& [index, segments] : moments) {
    ASSERT_EQ(index->size(), segments.size());
    ASSERT_EQ(VisitAllOf(*index, query, 20), Compare(segments, query, 20));
  }
}

TEST(SegmentIndex, VisitsNothingWhenEmpty) {
  EXPECT_EQ(SegmentIndex::Empty()->size(), 0U);
  EXPECT_THAT(VisitAll(*SegmentIndex::Empty(), {1, 2}, 1), IsEmpty());
}

TEST(SegmentIndex, FindsASegmentWithoutWords) {
  const Index index = SegmentIndex::Empty()->Apply({.added = {{Ref(1), {}}}});
  EXPECT_THAT(VisitAll(*index, {}, 100), ElementsAre("1/0: 100 3 0"));
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
  EXPECT_THAT(VisitAll(*after, {2}, 1), ElementsAre("1/0: 100 3 0"));
}

TEST(SegmentIndex, RemovesAllSegmentsOfAUnit) {
  const Index before =
      SegmentIndex::Empty()
          ->Apply({.added = {{Ref(1), {1}}, {Ref(2), {1}}}})
          ->Apply({.added = {{Ref(2, 1), {1}}, {Ref(3), {1}}}});
  const Index after = before->Apply(
      {.removed_units = {UnitNumber{2}}, .added = {{Ref(2, 7), {1}}}});
  EXPECT_THAT(VisitAll(*after, {1}, 100),
              ElementsAre("3/0: 100 3 0", "2/7: 100 3 0", "1/0: 100 3 0"));
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
  EXPECT_THAT(index->Visit({.stems = Keys{1}}, Needed::AtLeast(1), NeverStop(),
                           [&](const Candidate&) -> StatusOr<Needed> {
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
                  {.stems = query}, Needed::AtLeast(1),
                  [&] {
                    ++checks;
                    return OkStatus();
                  },
                  [](const Candidate&) -> StatusOr<Needed> {
                    return Needed::AtLeast(1);
                  }),
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
                    {.stems = query}, Needed::AtLeast(1),
                    [&]() -> Status {
                      return left-- > 0 ? OkStatus()
                                        : absl::CancelledError("enough");
                    },
                    [](const Candidate&) -> StatusOr<Needed> {
                      return Needed::AtLeast(1);
                    }),
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
                  {.stems = query}, Needed::AtLeast(40),
                  [&] {
                    ++checks;
                    return OkStatus();
                  },
                  [](const Candidate&) -> StatusOr<Needed> {
                    return Needed::AtLeast(40);
                  }),
              IsOk());
  EXPECT_GE(checks, 8);
}

TEST(SegmentIndex, TakesAsMuchMemoryHoweverItGrew) {
  RandomKeys random(6);
  IndexChanges all;
  Index grown = SegmentIndex::Empty();
  for (uint64_t i = 0; i < 1000; ++i) {
    const IndexedSegment segment{Ref(i), random.OfLength(20, 1000), {}};
    all.added.push_back(segment);
    grown = grown->Apply({.added = {segment}});
  }
  const Index made = SegmentIndex::Empty()->Apply(std::move(all));
  EXPECT_EQ(grown->size(), 1000U);
  EXPECT_GE(grown->MemoryBytes(), 1000 * 20 * sizeof(StemKey));
  EXPECT_LE(grown->MemoryBytes(), 2 * made->MemoryBytes());
}

TEST(SegmentIndex, GivesBackTheMemoryOfRemovedSegments) {
  RandomKeys random(8);
  IndexChanges all;
  for (uint64_t i = 0; i < 1000; ++i) {
    all.added.push_back({Ref(i), random.OfLength(20, 1000), {}});
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
