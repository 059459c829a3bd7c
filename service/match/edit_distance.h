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

// One sequence, prepared to be compared with many. Immutable; thread-safe.
class DistancePattern {
 public:
  explicit DistancePattern(std::span<const uint32_t> pattern);

  size_t length() const { return length_; }

  // The least number of insertions, deletions and replacements that turn the
  // pattern into `text`, when it is at most `max`; else any number above `max`.
  // O(length of text * ceil(length / 64)).
  uint32_t Distance(std::span<const uint32_t> text, uint32_t max) const;

 private:
  // The row of `key`, 0 when the pattern lacks it.
  uint32_t Row(uint32_t key) const;

  uint32_t DistanceOneWord(std::span<const uint32_t> text, uint32_t max) const;
  uint32_t DistanceManyWords(std::span<const uint32_t> text,
                             uint32_t max) const;

  size_t length_;
  // An open-addressing table from key to row; rows count from 1.
  std::vector<uint32_t> keys_;
  std::vector<uint32_t> rows_;
  // A pattern of at most 64: by row, the bits of the places with the key.
  std::vector<uint64_t> masks_;
  // A longer one: by row, where its places begin in `places_`. (Bits for every
  // row would take the square of the length.)
  std::vector<uint32_t> first_place_;
  std::vector<uint32_t> places_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MATCH_EDIT_DISTANCE_H_
