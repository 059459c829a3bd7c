// The fuzzy index: which stored segments can be matches as good as that?
//
// Complete by proved bounds: the words of two segments are d edits apart and
// their small differences leave prints, so no match of the two comes before
// BoundMatch in the order of matches. The index finds every segment whose bound
// could still matter, best bound first, and leaves the score to the caller.
//
//   auto index = SegmentIndex::Empty();
//   index = index->Apply({.added = {{{unit, 0}, analysis.stems, print}}});
//   index->Visit({.stems = query.stems, .print = query_print},
//                Needed::AtLeast(70), stop, [&](const Candidate& candidate) {
//                  ...
//                  return best.size() < k ? Needed::AtLeast(70)
//                                         : PlaceOf(best.back());
//                });
//
// A SegmentIndex never changes, so any thread may read it at any time.
#ifndef TERCET_SERVICE_INDEX_SEGMENT_INDEX_H_
#define TERCET_SERVICE_INDEX_SEGMENT_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/files.h"
#include "service/base/status.h"
#include "service/base/stop_check.h"
#include "service/index/chunk.h"
#include "service/index/segment.h"
#include "service/match/segment_print.h"

namespace tercet {

class IndexMerge;

// Removals come before additions, so a changed segment may be in both.
struct IndexChanges {
  std::vector<SegmentRef> removed;        // Those not in the index are ignored.
  std::vector<UnitNumber> removed_units;  // With all their segments.
  std::vector<IndexedSegment> added;      // REQUIRES: not in the index.
};

// A segment to be looked up. The print's penalty is not used.
struct IndexQuery {
  std::span<const uint32_t> stems;  // Analysis::stems.
  SegmentPrint print;
};

// A segment that may be as good a match as `bound`.
struct Candidate {
  SegmentRef ref;
  MatchBound bound;
};

// A place in the order of matches of one memory: better score, then kind, less
// cost, newer unit. Matches that do not come before it are of no use.
struct Needed {
  int score = 0;
  MatchKind kind = MatchKind::kFuzzy;
  int cost = std::numeric_limits<int>::max();
  UnitNumber unit{};

  // Any match with this score will do.
  static Needed AtLeast(int score) { return {.score = score}; }
};

// Whether a match of the candidate can come before `needed`.
bool IsOfUse(const Candidate& candidate, const Needed& needed);

// Returns what is still needed, which must not become less.
using CandidateVisitor = std::function<StatusOr<Needed>(const Candidate&)>;

// Words to be contained: in each of `words` one of its stems, all of them
// anywhere or, as a phrase, one after the other.
struct ContainingQuery {
  std::vector<std::vector<uint32_t>> words;  // None of them empty.
  bool phrase = false;
};

// A place in the order of VisitContaining: shortest first, then by ref.
struct LengthPlace {
  uint32_t length = 0;  // In stems.
  SegmentRef ref;

  // NOLINTNEXTLINE(modernize-use-nullptr): as for SegmentRef.
  friend auto operator<=>(const LengthPlace&, const LengthPlace&) = default;
};

// Returns whether to go on.
using ContainingVisitor = std::function<StatusOr<bool>(const LengthPlace&)>;

// What decides about speed and nothing else.
struct IndexTuning {
  // Chunks with fewer segments are scanned rather than given runs.
  size_t min_segments_for_runs = 4096;
  // Apply merges chunks up to this size by itself; PlanMerge the others.
  size_t max_segments_to_merge_at_once = 2048;
  // Chunks of fewer bytes are saved in the manifest instead of files.
  size_t min_bytes_for_file = size_t{1} << 20;
};

// How much to merge: less while much is added, for it will be merged again.
enum class MergeEffort : uint8_t { kFrugal, kThorough };

class SegmentIndex {
 public:
  static std::shared_ptr<const SegmentIndex> Empty(
      const IndexTuning& tuning = {});

  // The index with the changes; this one stays as it is. Takes time in
  // proportion to the changes and the logarithm of the index.
  std::shared_ptr<const SegmentIndex> Apply(IndexChanges changes) const;

  // Merges that make lookups faster and give back the memory of removed
  // segments:
  //
  //   if (auto merge = index->PlanMerge()) {
  //     RETURN_IF_ERROR(merge->Run(stop));  // On any thread; takes its time.
  //     latest = latest->Adopt(*merge);
  //   }
  //
  // Null when there is nothing to merge.
  std::unique_ptr<IndexMerge> PlanMerge(
      MergeEffort effort = MergeEffort::kThorough) const;
  // This index with the result of a merge that was planned for it or for an
  // earlier one; what was removed meanwhile stays removed. The same index when
  // the merge does not fit it any more. REQUIRES: merge.Run() returned OK.
  std::shared_ptr<const SegmentIndex> Adopt(const IndexMerge& merge) const;

  // Visits every segment that can be of use: whose bound comes before `needed`,
  // then before what the last visit returned. Bounds never get better from one
  // visit to the next. Returns the first error of `visit` or `stop`.
  // REQUIRES: 1 <= needed.score <= 100.
  Status Visit(const IndexQuery& query, const Needed& needed,
               const StopCheck& stop, const CandidateVisitor& visit) const;

  // Visits, in order and from `from` on, every segment that may contain the
  // words: all that do, and few that do not. Returns the first error of `visit`
  // or `stop`. REQUIRES: the query has words.
  Status VisitContaining(const ContainingQuery& query, const LengthPlace& from,
                         const StopCheck& stop,
                         const ContainingVisitor& visit) const;

  // Writes chunks into files of `directory` as far as they are not there yet,
  // and returns a manifest to load the index by. Indexes may share a directory;
  // a file's name follows from what it holds.
  StatusOr<std::string> Save(FileSystem& files,
                             const std::string& directory) const;
  // The index that Save gave `manifest` for. Its files are mapped, not read.
  // Errors: kDataLoss with reason INDEX_FILE_INVALID for anything that is not
  // what Save wrote in this version, kNotFound for a missing file.
  static StatusOr<std::shared_ptr<const SegmentIndex>> Load(
      FileSystem& files, const std::string& directory,
      std::string_view manifest, const IndexTuning& tuning = {});
  // The names of the files that a manifest needs; others may be removed.
  static StatusOr<std::vector<std::string>> FilesOf(std::string_view manifest);

  // The number of segments.
  size_t size() const;
  // Bytes of memory and of mapped files, about.
  size_t MemoryBytes() const;

  // For this library and its tests.
  SegmentIndex(std::vector<ChunkView> chunks, const IndexTuning& tuning);
  std::span<const ChunkView> chunks() const { return chunks_; }

 private:
  std::vector<ChunkView> chunks_;  // Oldest first.
  IndexTuning tuning_;
};

// Some chunks of an index on their way into one. Not thread-safe.
class IndexMerge {
 public:
  // The number of segments to be copied.
  size_t size() const;

  // Makes the new chunk. Returns the first error of `stop`.
  Status Run(const StopCheck& stop);

 private:
  friend class SegmentIndex;

  IndexMerge() = default;

  std::vector<ChunkView> sources_;
  size_t min_segments_for_runs_ = 0;
  std::shared_ptr<const Chunk> result_;  // Shared with the indexes.
};

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_SEGMENT_INDEX_H_
