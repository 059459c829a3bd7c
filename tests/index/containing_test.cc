// VisitContaining gives what looking at every segment gives.
#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/index/segment_index.h"
#include "service/index/simd.h"
#include "tests/index/random_keys.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using Segments = std::map<SegmentRef, Keys>;
using Places = std::vector<LengthPlace>;

constexpr LengthPlace kFirst = {};

bool HasWord(uint32_t key, const std::vector<uint32_t>& word) {
  return std::ranges::find(word, key) != word.end();
}

bool Contains(const Keys& keys, const ContainingQuery& query) {
  if (!query.phrase) {
    return std::ranges::all_of(query.words, [&](const auto& word) {
      return std::ranges::any_of(
          keys, [&](uint32_t key) { return HasWord(key, word); });
    });
  }
  for (size_t i = 0; i + query.words.size() <= keys.size(); ++i) {
    size_t same = 0;
    while (same < query.words.size() &&
           HasWord(keys[i + same], query.words[same])) {
      ++same;
    }
    if (same == query.words.size()) return true;
  }
  return false;
}

Places Compare(const Segments& segments, const ContainingQuery& query) {
  Places places;
  for (const auto& [ref, keys] : segments) {
    if (!Contains(keys, query)) continue;
    places.push_back({static_cast<uint32_t>(keys.size()), ref});
  }
  std::ranges::sort(places);
  return places;
}

// Up to `most` places from `from` on.
Places Visit(const SegmentIndex& index, const ContainingQuery& query,
             const LengthPlace& from, size_t most) {
  Places places;
  EXPECT_THAT(
      index.VisitContaining(query, from, NeverStop(),
                            [&](const LengthPlace& place) -> StatusOr<bool> {
                              places.push_back(place);
                              return places.size() < most;
                            }),
      IsOk());
  return places;
}

ContainingQuery MakeQuery(RandomKeys& random) {
  ContainingQuery query{.phrase = random.Below(2) == 0};
  for (size_t i = 1 + random.Below(3); i > 0; --i) {
    query.words.push_back(random.OfLength(1 + random.Below(2), 12));
  }
  return query;
}

TEST(VisitContaining, EqualsComparisonWithEverySegment) {
  const Simd before = ActiveSimd();
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    UseSimd(AvailableSimd()[seed % AvailableSimd().size()]);
    RandomKeys random(seed);
    Segments segments;
    auto index =
        SegmentIndex::Empty({.max_segments_to_merge_at_once = seed * 2});
    for (uint32_t round = 0; round < 12; ++round) {
      IndexChanges changes;
      for (uint64_t unit = 0; unit < 30; ++unit) {
        const SegmentRef ref{UnitNumber{random.Below(100)}, round};
        if (segments.contains(ref)) continue;
        segments[ref] = random.OfLength(random.Below(14), 12);
        changes.added.push_back({.ref = ref, .stems = segments[ref]});
      }
      const UnitNumber gone{random.Below(100)};
      std::erase_if(segments, [&](const auto& entry) {
        return entry.first.unit == gone && entry.first.variant != round;
      });
      std::erase_if(changes.added, [&](const IndexedSegment& added) {
        return added.ref.unit == gone && segments.erase(added.ref) > 0;
      });
      changes.removed_units = {gone};
      index = index->Apply(std::move(changes));
    }
    for (int i = 0; i < 20; ++i) {
      const ContainingQuery query = MakeQuery(random);
      const Places expected = Compare(segments, query);
      ASSERT_EQ(Visit(*index, query, kFirst, 10'000), expected);
      if (expected.empty()) continue;
      // From any place on, and for some only.
      const size_t from = random.Below(expected.size());
      const size_t count = 1 + random.Below(expected.size() - from);
      ASSERT_EQ(
          Visit(*index, query, expected[from], count),
          Places(expected.begin() + static_cast<ptrdiff_t>(from),
                 expected.begin() + static_cast<ptrdiff_t>(from + count)));
    }
  }
  UseSimd(before);
}

TEST(VisitContaining, ReturnsErrors) {
  const auto index = SegmentIndex::Empty()->Apply({.added = {{{}, {1}, {}}}});
  const ContainingQuery query{.words = {{1}}};
  EXPECT_THAT(index->VisitContaining(query, {}, NeverStop(),
                                     [](const LengthPlace&) -> StatusOr<bool> {
                                       return absl::DataLossError("torn");
                                     }),
              StatusIs(StatusCode::kDataLoss, "torn"));
  EXPECT_THAT(index->VisitContaining(
                  query, {}, [] { return absl::CancelledError("enough"); },
                  [](const LengthPlace&) -> StatusOr<bool> { return true; }),
              StatusIs(StatusCode::kCancelled, "enough"));
}

}  // namespace
}  // namespace tercet
