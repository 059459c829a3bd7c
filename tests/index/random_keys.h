// Random sequences of keys, and their edit distance by the book.
#ifndef TERCET_TESTS_INDEX_RANDOM_KEYS_H_
#define TERCET_TESTS_INDEX_RANDOM_KEYS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <span>
#include <utility>
#include <vector>

namespace tercet {

// Stems.
using Keys = std::vector<uint32_t>;

// Sequences over alphabets of different sizes, so that repeats and ties abound.
class RandomKeys {
 public:
  explicit RandomKeys(uint64_t seed) : random_(seed) {}

  // 0 to `count` - 1. REQUIRES: count > 0.
  size_t Below(size_t count) { return random_() % count; }

  // Spread over all 32 bits, as hashes are.
  uint32_t Key(size_t alphabet) {
    return static_cast<uint32_t>(Below(alphabet) * 0x9E3779B1U);
  }

  Keys OfLength(size_t length, size_t alphabet) {
    Keys keys(length);
    for (uint32_t& key : keys) key = Key(alphabet);
    return keys;
  }

  // Mostly sentences, some empty, some of more than one machine word.
  Keys Any() {
    static constexpr size_t kAlphabets[] = {1, 2, 5, 50, 5000};
    static constexpr size_t kLengths[] = {1, 3, 8, 30, 80, 200};
    return OfLength(Below(kLengths[Below(6)] + 1), kAlphabets[Below(5)]);
  }

  // `keys` with up to `edits` keys put in, taken out or replaced.
  Keys Edited(Keys keys, size_t edits) {
    for (size_t i = Below(edits + 1); i > 0; --i) {
      const auto place = static_cast<ptrdiff_t>(Below(keys.size() + 1));
      const bool at_key = place < static_cast<ptrdiff_t>(keys.size());
      const size_t what = Below(3);
      if (what == 0 || !at_key) {
        keys.insert(keys.begin() + place, Key(50));
      } else if (what == 1) {
        keys.erase(keys.begin() + place);
      } else {
        keys[static_cast<size_t>(place)] = Key(50);
      }
    }
    return keys;
  }

 private:
  std::mt19937_64 random_;
};

// The whole table, row by row (Wagner and Fischer 1974).
template <typename Sequence>
uint32_t PlainDistance(const Sequence& a, const Sequence& b) {
  std::vector<uint32_t> above(b.size() + 1);
  std::iota(above.begin(), above.end(), 0U);
  std::vector<uint32_t> row(b.size() + 1);
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<uint32_t>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1,
                         above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
    }
    std::swap(above, row);
  }
  return above.back();
}

}  // namespace tercet

#endif  // TERCET_TESTS_INDEX_RANDOM_KEYS_H_
