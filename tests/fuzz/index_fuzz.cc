// Whatever is added, removed, merged, saved and looked up: the index visits
// what comparing with every segment gives.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <vector>

#include "service/index/segment_index.h"
#include "service/match/score.h"
#include "tests/fuzz/require.h"
#include "tests/index/random_keys.h"

namespace tercet {
namespace {

// The input, byte by byte; zeros behind its end.
class Bytes {
 public:
  explicit Bytes(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }
  uint8_t Next() {
    if (bytes_.empty()) return 0;
    const uint8_t byte = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return byte;
  }

 private:
  std::span<const uint8_t> bytes_;
};

class World {
 public:
  explicit World(Bytes& bytes)
      : bytes_(bytes),
        index_(SegmentIndex::Empty(
            {.min_segments_for_runs = size_t{bytes.Next()} % 8,
             .max_segments_to_merge_at_once = size_t{bytes.Next()} % 16})) {}

  void Step() {
    switch (bytes_.Next() % 4) {
      case 0:
        return Remove();
      case 1:
        return Merge();
      case 2:
        return LookUp();
      default:
        return Add();
    }
  }

 private:
  IndexedSegment NextSegment() {
    IndexedSegment segment;
    for (size_t length = bytes_.Next() % 70; length > 0; --length) {
      segment.stems.push_back(bytes_.Next() % 8 * 0x9E3779B1U);
    }
    segment.print.sorts = uint32_t{bytes_.Next()} << bytes_.Next() % 24;
    segment.print.penalty = bytes_.Next() % 4;
    return segment;
  }

  void Add() {
    IndexedSegment segment = NextSegment();
    segment.ref = {UnitNumber{bytes_.Next()}, 0};
    segments_[segment.ref] = segment;
    index_ = index_->Apply({.removed = {segment.ref}, .added = {segment}});
  }

  void Remove() {
    const SegmentRef ref{UnitNumber{bytes_.Next()}, 0};
    segments_.erase(ref);
    index_ = index_->Apply({.removed = {ref}});
  }

  void Merge() {
    if (merge_ == nullptr) {
      merge_ = index_->PlanMerge();
      return;
    }
    Require(merge_->Run(NeverStop()).ok(), "a merge that nothing stops");
    index_ = index_->Adopt(*merge_);
    merge_ = nullptr;
  }

  void LookUp() {
    const IndexedSegment query = NextSegment();
    const int min_score = 1 + bytes_.Next() % 100;
    std::set<SegmentRef> expected;
    for (const auto& [ref, segment] : segments_) {
      const auto longer = static_cast<uint32_t>(
          std::max(segment.stems.size(), query.stems.size()));
      const uint32_t distance =
          PlainDistance(FoldStems(segment.stems), FoldStems(query.stems));
      if (BoundMatch(segment.print, query.print, distance, longer).score >=
          min_score) {
        expected.insert(ref);
      }
    }
    const Status status = index_->Visit(
        {query.stems, query.print}, Needed::AtLeast(min_score), NeverStop(),
        [&](const Candidate& candidate) -> StatusOr<Needed> {
          Require(expected.erase(candidate.ref) == 1, "a visit too many");
          return Needed::AtLeast(min_score);
        });
    Require(status.ok() && expected.empty(), "a visit too few");
  }

  Bytes& bytes_;
  std::shared_ptr<const SegmentIndex> index_;
  std::map<SegmentRef, IndexedSegment> segments_;
  std::unique_ptr<IndexMerge> merge_;
};

}  // namespace
}  // namespace tercet

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tercet::Bytes bytes({data, size});
  tercet::World world(bytes);
  while (!bytes.empty()) world.Step();
  return 0;
}
