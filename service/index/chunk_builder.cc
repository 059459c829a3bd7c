#include "service/index/chunk_builder.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

namespace tercet {
namespace {

// Frequencies are counted in so many segments at most, taken evenly.
constexpr size_t kSampledSegments = size_t{1} << 16;
constexpr size_t kSegmentsPerStopCheck = 1024;
constexpr std::align_val_t kColumnAlignment{64};

// Zeroed bytes, aligned as columns want it.
std::shared_ptr<char> AllocateBytes(size_t size) {
  auto* const bytes =
      static_cast<char*>(::operator new(size, kColumnAlignment));
  std::fill_n(bytes, size, '\0');
  return {bytes, [](char* p) { ::operator delete(p, kColumnAlignment); }};
}

uint64_t PackRef(const SegmentRef& ref) {
  return static_cast<uint64_t>(ref.unit) << 8 | ref.variant;
}

// First decides where each segment goes, then copies, then cuts into runs.
class ChunkBuilder {
 public:
  ChunkBuilder(std::span<const ChunkView> sources,
               std::span<const IndexedSegment> added, const StopCheck& stop)
      : sources_(sources), added_(added), stop_(stop) {}

  StatusOr<std::shared_ptr<const Chunk>> Build(size_t min_segments_for_runs) {
    CollectRows();
    CollectLengths();
    if (rows_.size() >= min_segments_for_runs) RETURN_IF_ERROR(CutSegments());
    const ChunkLayout layout(counts_);
    bytes_ = AllocateBytes(layout.total_bytes);
    std::ranges::copy(lengths_,
                      ColumnOf<LengthEntry>(layout, Column::kLengths).begin());
    RETURN_IF_ERROR(CopyRows(layout));
    if (counts_.run_buckets > 0) {
      postings_.Write(ColumnOf<uint32_t>(layout, Column::kRunStarts),
                      ColumnOf<uint8_t>(layout, Column::kRunPostings));
    }
    SealChunk(counts_, bytes_.get());
    return Chunk::Trust(
        {.bytes = {bytes_.get(), layout.total_bytes}, .owner = bytes_},
        counts_);
  }

 private:
  // A segment of the new chunk: slot `place` of a source, or `added_[place]`.
  struct Row {
    uint32_t length = 0;
    uint32_t source = 0;
    uint64_t ref = 0;
    uint32_t place = 0;
    uint32_t bucket = 0;  // In the source.

    friend bool operator<(const Row& a, const Row& b) {
      return a.length != b.length ? a.length < b.length : a.ref < b.ref;
    }
  };

  bool IsAdded(const Row& row) const { return row.source == sources_.size(); }

  template <typename T>
  std::span<T> ColumnOf(const ChunkLayout& layout, Column column) const {
    const ChunkLayout::Place place = layout.of(column);
    return {reinterpret_cast<T*>(bytes_.get() + place.begin),
            place.size / sizeof(T)};
  }

  // Every source has its segments in order; runs of them are merged.
  void CollectRows() {
    for (uint32_t source = 0; source < sources_.size(); ++source) {
      const size_t middle = rows_.size();
      CollectFrom(source);
      MergeFrom(middle);
    }
    const size_t middle = rows_.size();
    for (const IndexedSegment& segment : added_) {
      rows_.push_back(
          {.length = static_cast<uint32_t>(segment.stems.size()),
           .source = static_cast<uint32_t>(sources_.size()),
           .ref = PackRef(segment.ref),
           .place = static_cast<uint32_t>(&segment - added_.data())});
    }
    std::sort(rows_.begin() + static_cast<ptrdiff_t>(middle), rows_.end());
    MergeFrom(middle);
  }

  void CollectFrom(uint32_t source) {
    const ChunkView& view = sources_[source];
    for (size_t index = 0; index < view.chunk->length_count(); ++index) {
      const LengthBucket bucket = view.chunk->bucket(index);
      for (uint32_t slot = bucket.first_slot; slot < bucket.end_slot();
           ++slot) {
        if (view.dead.Has(slot)) continue;
        rows_.push_back({.length = bucket.length,
                         .source = source,
                         .ref = PackRef(view.chunk->ref(slot)),
                         .place = slot,
                         .bucket = static_cast<uint32_t>(index)});
      }
    }
  }

  void MergeFrom(size_t middle) {
    std::inplace_merge(rows_.begin(),
                       rows_.begin() + static_cast<ptrdiff_t>(middle),
                       rows_.end());
  }

  void CollectLengths() {
    uint64_t stem = 0;
    for (size_t slot = 0; slot < rows_.size(); ++slot) {
      if (lengths_.empty() || lengths_.back().length != rows_[slot].length) {
        lengths_.push_back({.length = rows_[slot].length,
                            .first_slot = static_cast<uint32_t>(slot),
                            .first_stem = stem});
      }
      stem += rows_[slot].length;
    }
    counts_.lengths = lengths_.size();
    counts_.slots = rows_.size();
    counts_.stems = stem;
    lengths_.push_back({.first_slot = static_cast<uint32_t>(rows_.size()),
                        .first_stem = stem});
  }

  // Valid until the next call.
  std::span<const StemKey> StemsOf(const Row& row) {
    if (!IsAdded(row)) {
      return sources_[row.source].chunk->stems(row.bucket, row.place);
    }
    keys_ = FoldStems(added_[row.place].stems);
    return keys_;
  }

  Status CutSegments() {
    const size_t stride = rows_.size() / kSampledSegments + 1;
    RunFrequencies frequencies(rows_.size() / stride);
    for (size_t i = 0; i < rows_.size(); i += stride) {
      if (IsCut(rows_[i].length)) frequencies.Add(StemsOf(rows_[i]));
      if (i / stride % kSegmentsPerStopCheck == 0) RETURN_IF_ERROR(stop_());
    }
    RunCutter cutter(frequencies);
    for (uint32_t slot = 0; slot < rows_.size(); ++slot) {
      if (slot % kSegmentsPerStopCheck == 0) RETURN_IF_ERROR(stop_());
      if (!IsCut(rows_[slot].length)) continue;
      uint32_t rank = 0;
      for (const Run& run : cutter.Cut(StemsOf(rows_[slot]))) {
        postings_.Add({.hash = run.hash,
                       .slot = slot,
                       .length = rows_[slot].length,
                       .place = run.begin,
                       .rank = rank++});
      }
    }
    counts_.postings = postings_.posting_count();
    counts_.run_buckets = postings_.bucket_count();
    return OkStatus();
  }

  Status CopyRows(const ChunkLayout& layout) {
    const auto units = ColumnOf<uint32_t>(layout, Column::kUnits);
    const auto unit_highs = ColumnOf<uint8_t>(layout, Column::kUnitHighs);
    const auto variants = ColumnOf<uint8_t>(layout, Column::kVariants);
    const auto sorts = ColumnOf<uint32_t>(layout, Column::kSorts);
    const auto placeables = ColumnOf<uint16_t>(layout, Column::kPlaceables);
    const auto contexts = ColumnOf<uint16_t>(layout, Column::kContexts);
    const auto penalties = ColumnOf<uint8_t>(layout, Column::kPenalties);
    const auto signatures = ColumnOf<Signature>(layout, Column::kSignatures);
    auto stems = ColumnOf<StemKey>(layout, Column::kStems).begin();
    for (size_t slot = 0; slot < rows_.size(); ++slot) {
      if (slot % kSegmentsPerStopCheck == 0) RETURN_IF_ERROR(stop_());
      const Row& row = rows_[slot];
      units[slot] = static_cast<uint32_t>(row.ref >> 8);
      unit_highs[slot] = static_cast<uint8_t>(row.ref >> 40);
      variants[slot] = static_cast<uint8_t>(row.ref);
      const SegmentPrint print =
          IsAdded(row) ? added_[row.place].print
                       : sources_[row.source].chunk->print(row.place);
      sorts[slot] = print.sorts;
      placeables[slot] = print.placeables;
      contexts[slot] = print.context;
      penalties[slot] = print.penalty;
      const std::span<const StemKey> keys = StemsOf(row);
      signatures[slot] =
          IsAdded(row) ? MakeSignature(keys)
                       : sources_[row.source].chunk->signatures()[row.place];
      stems = std::ranges::copy(keys, stems).out;
    }
    return OkStatus();
  }

  std::span<const ChunkView> sources_;
  std::span<const IndexedSegment> added_;
  const StopCheck& stop_;
  std::vector<Row> rows_;  // In order of slots.
  std::vector<LengthEntry> lengths_;
  ChunkCounts counts_;
  PostingsBuilder postings_;
  std::shared_ptr<char> bytes_;
  std::vector<StemKey> keys_;
};

}  // namespace

StatusOr<std::shared_ptr<const Chunk>> BuildChunk(
    std::span<const ChunkView> sources, std::span<const IndexedSegment> added,
    size_t min_segments_for_runs, const StopCheck& stop) {
  return ChunkBuilder(sources, added, stop).Build(min_segments_for_runs);
}

}  // namespace tercet
