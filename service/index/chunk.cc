#include "service/index/chunk.h"

#include <algorithm>
#include <utility>

namespace tercet {
namespace {

// A column of `bytes`. REQUIRES: aligned for T.
template <typename T>
std::span<const T> ColumnOf(std::string_view bytes, const ChunkLayout& layout,
                            Column column) {
  const ChunkLayout::Place place = layout.of(column);
  return {reinterpret_cast<const T*>(bytes.data() + place.begin),
          place.size / sizeof(T)};
}

}  // namespace

StatusOr<std::shared_ptr<const Chunk>> Chunk::Open(FileBytes bytes) {
  ASSIGN_OR_RETURN(const ChunkCounts counts, CheckChunk(bytes.bytes));
  const std::shared_ptr<Chunk> chunk(new Chunk());
  chunk->bytes_ = std::move(bytes);
  chunk->Attach(counts);
  if (!chunk->IsSound(counts)) {
    return InvalidIndexFile("its columns contradict each other");
  }
  chunk->IndexBlocks();
  return std::shared_ptr<const Chunk>(chunk);
}

std::shared_ptr<const Chunk> Chunk::Trust(FileBytes bytes,
                                          const ChunkCounts& counts) {
  const std::shared_ptr<Chunk> chunk(new Chunk());
  chunk->bytes_ = std::move(bytes);
  chunk->Attach(counts);
  chunk->IndexBlocks();
  return chunk;
}

void Chunk::Attach(const ChunkCounts& counts) {
  const ChunkLayout layout(counts);
  const std::string_view bytes = bytes_.bytes;
  lengths_ = ColumnOf<LengthEntry>(bytes, layout, Column::kLengths);
  units_ = ColumnOf<uint32_t>(bytes, layout, Column::kUnits);
  unit_highs_ = ColumnOf<uint8_t>(bytes, layout, Column::kUnitHighs);
  variants_ = ColumnOf<uint8_t>(bytes, layout, Column::kVariants);
  sorts_ = ColumnOf<uint32_t>(bytes, layout, Column::kSorts);
  placeables_ = ColumnOf<uint16_t>(bytes, layout, Column::kPlaceables);
  contexts_ = ColumnOf<uint16_t>(bytes, layout, Column::kContexts);
  penalties_ = ColumnOf<uint8_t>(bytes, layout, Column::kPenalties);
  signatures_ = ColumnOf<Signature>(bytes, layout, Column::kSignatures);
  stems_ = ColumnOf<StemKey>(bytes, layout, Column::kStems);
  postings_ = Postings(ColumnOf<uint32_t>(bytes, layout, Column::kRunStarts),
                       ColumnOf<uint8_t>(bytes, layout, Column::kRunPostings));
}

bool Chunk::IsSound(const ChunkCounts& counts) const {
  if (counts.slots > kMaxChunkSlots || !LengthsAreSound(counts)) return false;
  return postings_.AreSound(slot_count());
}

bool Chunk::LengthsAreSound(const ChunkCounts& counts) const {
  if (lengths_.front().first_slot != 0 || lengths_.front().first_stem != 0 ||
      lengths_.back().first_slot != counts.slots ||
      lengths_.back().first_stem != counts.stems) {
    return false;
  }
  for (size_t i = 0; i + 1 < lengths_.size(); ++i) {
    const LengthEntry& entry = lengths_[i];
    const LengthEntry& next = lengths_[i + 1];
    if (entry.first_slot >= next.first_slot) return false;
    if (i + 2 < lengths_.size() && entry.length >= next.length) return false;
    const uint64_t slots = next.first_slot - entry.first_slot;
    if (entry.first_stem + slots * entry.length != next.first_stem) {
      return false;
    }
  }
  return true;
}

void Chunk::IndexBlocks() {
  first_bucket_.reserve((slot_count() >> kBlockBits) + 1);
  for (size_t i = 0; i < length_count(); ++i) {
    while (first_bucket_.size() << kBlockBits < lengths_[i + 1].first_slot) {
      first_bucket_.push_back(static_cast<uint32_t>(i));
    }
    last_unit_ = std::max(last_unit_, ref(bucket(i).end_slot() - 1).unit);
  }
}

size_t Chunk::FirstBucketFrom(uint32_t length) const {
  const auto lengths = lengths_.first(length_count());
  const auto first =
      std::ranges::lower_bound(lengths, length, {}, &LengthEntry::length);
  return static_cast<size_t>(first - lengths.begin());
}

uint32_t Chunk::LowerBound(const LengthBucket& bucket,
                           const SegmentRef& wanted) const {
  uint32_t begin = bucket.first_slot;
  uint32_t end = bucket.end_slot();
  while (begin < end) {
    const uint32_t middle = begin + (end - begin) / 2;
    if (ref(middle) < wanted) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

size_t Chunk::Find(const SegmentRef& wanted) const {
  if (wanted.unit > last_unit_) return slot_count();
  for (size_t i = 0; i < length_count(); ++i) {
    const uint32_t slot = LowerBound(bucket(i), wanted);
    if (slot < bucket(i).end_slot() && ref(slot) == wanted) return slot;
  }
  return slot_count();
}

void Chunk::FindUnit(UnitNumber unit, std::vector<uint32_t>& slots) const {
  if (unit > last_unit_) return;
  for (size_t i = 0; i < length_count(); ++i) {
    for (uint32_t slot = LowerBound(bucket(i), {unit, 0});
         slot < bucket(i).end_slot() && ref(slot).unit == unit; ++slot) {
      slots.push_back(slot);
    }
  }
}

}  // namespace tercet
