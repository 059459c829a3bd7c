// SegmentIndex::VisitContaining: a scan of signatures for those that have the
// bits of all words, and then of the stems themselves.
#include <algorithm>
#include <optional>
#include <utility>

#include "service/index/segment_index.h"

namespace tercet {
namespace {

using WordKeys = std::vector<StemKey>;

bool IsOneOf(StemKey key, const WordKeys& word) {
  return std::ranges::find(word, key) != word.end();
}

class ContainingFilter {
 public:
  explicit ContainingFilter(const ContainingQuery& query)
      : phrase_(query.phrase) {
    WordKeys certain;
    for (const std::vector<uint32_t>& stems : query.words) {
      words_.push_back(FoldStems(stems));
      if (stems.size() == 1) {
        certain.push_back(words_.back().front());
      } else {
        any_bits_.push_back(MakeSignature(words_.back()));
      }
    }
    bits_ = MakeSignature(certain);
  }

  // Appends the slots of a bucket that may contain the words, dead ones too.
  void Find(const Chunk& chunk, size_t bucket, std::vector<uint32_t>& slots) {
    const LengthBucket place = chunk.bucket(bucket);
    if (place.length < (phrase_ ? words_.size() : 1)) return;
    found_.clear();
    FindSupersets(
        chunk.signatures().subspan(place.first_slot, place.slot_count), bits_,
        found_);
    for (const uint32_t index : found_) {
      const uint32_t slot = place.first_slot + index;
      if (!HasSomeOfEach(chunk.signatures()[slot])) continue;
      if (Contains(chunk.stems(bucket, slot))) slots.push_back(slot);
    }
  }

 private:
  // Whether the signature has a bit of each word with several stems.
  bool HasSomeOfEach(const Signature& signature) const {
    return std::ranges::all_of(any_bits_, [&signature](const Signature& bits) {
      return ((signature.low & bits.low) | (signature.high & bits.high)) != 0;
    });
  }

  bool Contains(std::span<const StemKey> keys) const {
    if (phrase_) {
      return std::search(keys.begin(), keys.end(), words_.begin(), words_.end(),
                         IsOneOf) != keys.end();
    }
    return std::ranges::all_of(words_, [keys](const WordKeys& word) {
      return std::ranges::any_of(
          keys, [&word](StemKey key) { return IsOneOf(key, word); });
    });
  }

  std::vector<WordKeys> words_;
  bool phrase_;
  Signature bits_;                   // Of the words that have one stem only.
  std::vector<Signature> any_bits_;  // Of each of the others.
  std::vector<uint32_t> found_;
};

// The least length in any chunk that is `length` or more.
std::optional<uint32_t> NextLength(std::span<const ChunkView> chunks,
                                   uint32_t length) {
  std::optional<uint32_t> least;
  for (const ChunkView& view : chunks) {
    const size_t bucket = view.chunk->FirstBucketFrom(length);
    if (bucket == view.chunk->length_count()) continue;
    const uint32_t next = view.chunk->bucket(bucket).length;
    least = std::min(least.value_or(next), next);
  }
  return least;
}

}  // namespace

Status SegmentIndex::VisitContaining(const ContainingQuery& query,
                                     const LengthPlace& from,
                                     const StopCheck& stop,
                                     const ContainingVisitor& visit) const {
  ContainingFilter filter(query);
  std::vector<uint32_t> slots;
  std::vector<SegmentRef> refs;
  std::optional<uint32_t> length = NextLength(chunks_, from.length);
  for (; length.has_value(); length = NextLength(chunks_, *length + 1)) {
    refs.clear();
    for (const ChunkView& view : chunks_) {
      RETURN_IF_ERROR(stop());
      const size_t bucket = view.chunk->FirstBucketFrom(*length);
      if (bucket == view.chunk->length_count() ||
          view.chunk->bucket(bucket).length != *length) {
        continue;
      }
      slots.clear();
      filter.Find(*view.chunk, bucket, slots);
      for (const uint32_t slot : slots) {
        if (!view.dead.Has(slot)) refs.push_back(view.chunk->ref(slot));
      }
    }
    std::ranges::sort(refs);
    for (const SegmentRef& ref : refs) {
      const LengthPlace place{*length, ref};
      if (place < from) continue;
      RETURN_IF_ERROR(stop());
      ASSIGN_OR_RETURN(const bool go_on, visit(place));
      if (!go_on) return OkStatus();
    }
  }
  return OkStatus();
}

}  // namespace tercet
