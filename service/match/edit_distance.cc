#include "service/match/edit_distance.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace tercet {
namespace {

constexpr size_t kWordBits = 64;
// Patterns of so many words have all their masks; longer ones make them.
constexpr size_t kFewWords = 4;

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

template <typename Key>
KeyRows<Key>::KeyRows(std::span<const Key> keys) {
  // Nearly empty where that takes little: hardly a key is looked for twice.
  const size_t room = keys.size() <= kFewWords * kWordBits ? 16 : 2;
  slots_.resize(std::bit_ceil(keys.size() * room + 1));
  mask_ = slots_.size() - 1;
  for (const Key key : keys) {
    size_t slot = key & mask_;
    while (slots_[slot].row != 0 && slots_[slot].key != key) {
      slot = (slot + 1) & mask_;
    }
    if (slots_[slot].row == 0) slots_[slot] = {++count_, key};
  }
}

template <typename Key>
BasicDistancePattern<Key>::BasicDistancePattern(std::span<const Key> pattern)
    : length_(pattern.size()), rows_(pattern) {
  const size_t row_count = rows_.count() + 1;
  if (length_ <= kFewWords * kWordBits) {
    const size_t words = length_ <= kWordBits ? 1 : kFewWords;
    masks_.resize(row_count * words);
    for (size_t i = 0; i < length_; ++i) {
      masks_[rows_.Of(pattern[i]) * words + i / kWordBits] |=
          uint64_t{1} << (i % kWordBits);
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
  switch ((length_ - 1) / kWordBits) {
    case 0:
      return DistanceOneWord(text, max);
    case 1:
      return DistanceFewWords<2>(text, max);
    case 2:
      return DistanceFewWords<3>(text, max);
    case 3:
      return DistanceFewWords<4>(text, max);
    default:
      return DistanceManyWords(text, max);
  }
}

template <typename Key>
uint32_t BasicDistancePattern<Key>::DistanceOneWord(std::span<const Key> text,
                                                    uint32_t max) const {
  // Each key that the pattern lacks is an edit: counting those takes a tenth of
  // the time, and most texts go no further.
  uint32_t foreign = 0;
  for (const Key key : text) foreign += rows_.Of(key) == 0 ? 1 : 0;
  if (foreign > max) return max + 1;
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
template <size_t kWords>
uint32_t BasicDistancePattern<Key>::DistanceFewWords(std::span<const Key> text,
                                                     uint32_t max) const {
  std::array<Column, kWords> columns;
  auto distance = static_cast<uint32_t>(length_);
  const auto last = static_cast<unsigned>((length_ - 1) % kWordBits);
  for (size_t i = 0; i < text.size(); ++i) {
    const uint64_t* const equal = &masks_[rows_.Of(text[i]) * kFewWords];
    int carry = 1;
    for (size_t word = 0; word + 1 < kWords; ++word) {
      carry = Advance(columns[word], equal[word], carry, kWordBits - 1);
    }
    distance += static_cast<uint32_t>(
        Advance(columns[kWords - 1], equal[kWords - 1], carry, last));
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

template class KeyRows<uint32_t>;
template class KeyRows<StemKey>;
template class BasicDistancePattern<uint32_t>;
template class BasicDistancePattern<StemKey>;

}  // namespace tercet
