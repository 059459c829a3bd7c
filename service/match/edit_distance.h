// Edit distance between sequences of keys, bit-parallel: Myers (1999), in the
// form of Hyyro (2003), 64 pattern positions at a time.
//
//   const DistancePattern pattern(FoldStems(query.stems));
//   if (pattern.Distance(stored_keys, 3) <= 3) ...
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

// One sequence, prepared to be compared with many. Immutable; thread-safe.
class DistancePattern {
 public:
  explicit DistancePattern(std::span<const StemKey> pattern);

  size_t length() const { return length_; }

  // The least number of insertions, deletions and replacements that turn the
  // pattern into `text`, when it is at most `max`; else any number above `max`.
  // O(length of text * ceil(length / 64)).
  uint32_t Distance(std::span<const StemKey> text, uint32_t max) const;

 private:
  uint32_t DistanceOneWord(std::span<const StemKey> text, uint32_t max) const;
  uint32_t DistanceManyWords(std::span<const StemKey> text, uint32_t max) const;

  size_t length_;
  // By key, its row; 0 when the pattern lacks it. Rows count from 1. There are
  // so few keys that a table of all of them beats hashing; that of short
  // patterns has bytes, so that it stays in the nearest caches.
  std::vector<uint8_t> short_rows_;
  std::vector<uint32_t> long_rows_;
  // A pattern of at most 64: by row, the bits of the places with the key.
  std::vector<uint64_t> masks_;
  // A longer one: by row, where its places begin in `places_`. (Bits for every
  // row would take the square of the length.)
  std::vector<uint32_t> first_place_;
  std::vector<uint32_t> places_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MATCH_EDIT_DISTANCE_H_
