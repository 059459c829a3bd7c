// Edit distance between sequences of keys, bit-parallel: Myers (1999), in the
// form of Hyyro (2003), 64 pattern positions at a time.
//
//   const DistancePattern pattern(query.stems);
//   if (pattern.Distance(stored.stems, 3) <= 3) ...
#ifndef TERCET_SERVICE_MATCH_EDIT_DISTANCE_H_
#define TERCET_SERVICE_MATCH_EDIT_DISTANCE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tercet {

// A stem in half its bits. Equal stems have equal keys; of two others, one pair
// in 65,536 has too. So the distance of keys is at most that of the stems.
// DO NOT CHANGE: stored on disk.
using StemKey = uint16_t;
inline StemKey FoldStem(uint32_t stem) {
  return static_cast<StemKey>((stem * 0x9E3779B1U) >> 16);
}
std::vector<StemKey> FoldStems(std::span<const uint32_t> stems);

// Numbers the keys of a sequence from 1, in the order of their first places.
template <typename Key>
class KeyRows {
 public:
  explicit KeyRows(std::span<const Key> keys);

  // Of 0 to count() rows: 0 is for keys that the sequence lacks.
  uint32_t Of(Key key) const {
    size_t slot = key & mask_;
    while (slots_[slot].row != 0 && slots_[slot].key != key) {
      slot = (slot + 1) & mask_;
    }
    return slots_[slot].row;
  }
  uint32_t count() const { return count_; }

 private:
  struct Slot {
    uint32_t row = 0;
    Key key = 0;
  };

  // An open-addressing table.
  std::vector<Slot> slots_;
  size_t mask_;
  uint32_t count_ = 0;
};

// One sequence, prepared to be compared with many. Immutable; thread-safe.
template <typename Key>
class BasicDistancePattern {
 public:
  explicit BasicDistancePattern(std::span<const Key> pattern);

  size_t length() const { return length_; }

  // The least number of insertions, deletions and replacements that turn the
  // pattern into `text`, when it is at most `max`; else any number above `max`.
  // O(length of text * ceil(length / 64)).
  uint32_t Distance(std::span<const Key> text, uint32_t max) const;

 private:
  uint32_t DistanceOneWord(std::span<const Key> text, uint32_t max) const;
  template <size_t kWords>
  uint32_t DistanceFewWords(std::span<const Key> text, uint32_t max) const;
  uint32_t DistanceManyWords(std::span<const Key> text, uint32_t max) const;

  size_t length_;
  KeyRows<Key> rows_;
  // A pattern of at most 256: by row, the bits of the places with the key, in
  // one word or four.
  std::vector<uint64_t> masks_;
  // A longer one: by row, where its places begin in `places_`. (Bits for every
  // row would take the square of the length.)
  std::vector<uint32_t> first_place_;
  std::vector<uint32_t> places_;
};

using DistancePattern = BasicDistancePattern<uint32_t>;
using StemPattern = BasicDistancePattern<StemKey>;

}  // namespace tercet

#endif  // TERCET_SERVICE_MATCH_EDIT_DISTANCE_H_
