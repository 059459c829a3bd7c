#include "service/match/edit_distance.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace tercet {
namespace {

constexpr size_t kWordBits = 64;
constexpr size_t kStemKeyCount = size_t{1} << 16;

uint32_t Difference(size_t a, size_t b) {
  return static_cast<uint32_t>(a > b ? a - b : b - a);
}

// One word of the column of vertical differences: +1 and -1 bits.
struct Column {
  uint64_t plus = ~uint64_t{0};
  uint64_t minus = 0;
};

// Moves one word to the next text position. `carry_in` is the horizontal
// difference above the word (-1, 0, 1); returns the one at bit `last`.
int Advance(Column& column, uint64_t equal, int carry_in, unsigned last) {
  const uint64_t carry_minus = carry_in < 0 ? 1 : 0;
  const uint64_t carry_plus = carry_in > 0 ? 1 : 0;
  const uint64_t vertical = equal | column.minus;
  equal |= carry_minus;
  const uint64_t diagonal =
      (((equal & column.plus) + column.plus) ^ column.plus) | equal;
  uint64_t plus = column.minus | ~(diagonal | column.plus);
  uint64_t minus = column.plus & diagonal;
  const int carry_out = static_cast<int>((plus >> last) & 1) -
                        static_cast<int>((minus >> last) & 1);
  plus = (plus << 1) | carry_plus;
  minus = (minus << 1) | carry_minus;
  column.plus = minus | ~(vertical | plus);
  column.minus = plus & vertical;
  return carry_out;
}

}  // namespace

std::vector<StemKey> FoldStems(std::span<const uint32_t> stems) {
  std::vector<StemKey> keys(stems.size());
  std::ranges::transform(stems, keys.begin(), FoldStem);
  return keys;
}

KeyRows<uint32_t>::KeyRows(std::span<const uint32_t> keys) {
  const size_t slots = std::bit_ceil(keys.size() * 2 + 1);
  keys_.resize(slots);
  rows_.resize(slots);
  for (const uint32_t key : keys) {
    size_t slot = key & (slots - 1);
    while (rows_[slot] != 0 && keys_[slot] != key) {
      slot = (slot + 1) & (slots - 1);
    }
    if (rows_[slot] != 0) continue;
    keys_[slot] = key;
    rows_[slot] = ++count_;
  }
}

KeyRows<StemKey>::KeyRows(std::span<const StemKey> keys) {
  if (keys.size() <= std::numeric_limits<uint8_t>::max()) {
    short_.resize(kStemKeyCount);
    for (const StemKey key : keys) {
      if (short_[key] == 0) short_[key] = static_cast<uint8_t>(++count_);
    }
    return;
  }
  long_.resize(kStemKeyCount);
  for (const StemKey key : keys) {
    if (long_[key] == 0) long_[key] = ++count_;
  }
}

template <typename Key>
BasicDistancePattern<Key>::BasicDistancePattern(std::span<const Key> pattern)
    : length_(pattern.size()), rows_(pattern) {
  const size_t row_count = rows_.count() + 1;
  if (length_ <= kWordBits) {
    masks_.resize(row_count);
    for (size_t i = 0; i < length_; ++i) {
      masks_[rows_.Of(pattern[i])] |= uint64_t{1} << i;
    }
    return;
  }
  // A counting sort of the places by row.
  first_place_.resize(row_count + 1);
  for (const Key key : pattern) ++first_place_[rows_.Of(key) + 1];
  std::partial_sum(first_place_.begin(), first_place_.end(),
                   first_place_.begin());
  places_.resize(length_);
  std::vector<uint32_t> next(first_place_);
  for (size_t i = 0; i < length_; ++i) {
    places_[next[rows_.Of(pattern[i])]++] = static_cast<uint32_t>(i);
  }
}

template <typename Key>
uint32_t BasicDistancePattern<Key>::Distance(std::span<const Key> text,
                                             uint32_t max) const {
  if (Difference(length_, text.size()) > max) return max + 1;
  if (length_ == 0) return static_cast<uint32_t>(text.size());
  return length_ <= kWordBits ? DistanceOneWord(text, max)
                              : DistanceManyWords(text, max);
}

template <typename Key>
uint32_t BasicDistancePattern<Key>::DistanceOneWord(std::span<const Key> text,
                                                    uint32_t max) const {
  Column column;
  auto distance = static_cast<uint32_t>(length_);
  const auto last = static_cast<unsigned>(length_ - 1);
  for (size_t i = 0; i < text.size(); ++i) {
    distance += static_cast<uint32_t>(
        Advance(column, masks_[rows_.Of(text[i])], 1, last));
    // Each position to come can lower the distance by one at most.
    if (distance > max + (text.size() - 1 - i)) return max + 1;
  }
  return distance;
}

template <typename Key>
uint32_t BasicDistancePattern<Key>::DistanceManyWords(std::span<const Key> text,
                                                      uint32_t max) const {
  const size_t words = (length_ + kWordBits - 1) / kWordBits;
  std::vector<Column> columns(words);
  std::vector<uint64_t> equal(words);
  auto distance = static_cast<uint32_t>(length_);
  const auto last = static_cast<unsigned>((length_ - 1) % kWordBits);
  for (size_t i = 0; i < text.size(); ++i) {
    const uint32_t row = rows_.Of(text[i]);
    const std::span<const uint32_t> places(
        places_.data() + first_place_[row],
        places_.data() + first_place_[row + 1]);
    for (const uint32_t place : places) {
      equal[place / kWordBits] |= uint64_t{1} << (place % kWordBits);
    }
    int carry = 1;
    for (size_t word = 0; word + 1 < words; ++word) {
      carry = Advance(columns[word], equal[word], carry, kWordBits - 1);
    }
    distance += static_cast<uint32_t>(
        Advance(columns.back(), equal.back(), carry, last));
    for (const uint32_t place : places) equal[place / kWordBits] = 0;
    if (distance > max + (text.size() - 1 - i)) return max + 1;
  }
  return distance;
}

template class BasicDistancePattern<uint32_t>;
template class BasicDistancePattern<StemKey>;

}  // namespace tercet
