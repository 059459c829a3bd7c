#include "service/match/edit_distance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace tercet {
namespace {

using Keys = std::vector<uint32_t>;

// The textbook table.
uint32_t SlowDistance(const Keys& a, const Keys& b) {
  std::vector<uint32_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<uint32_t>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    uint32_t diagonal = row[0];
    row[0] = static_cast<uint32_t>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const uint32_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

Keys RandomKeys(size_t length, uint32_t alphabet, std::mt19937& random) {
  Keys keys(length);
  for (uint32_t& key : keys) {
    key = std::uniform_int_distribution<uint32_t>(0, alphabet - 1)(random) *
          0x9E3779B1u;
  }
  return keys;
}

// Some insertions, deletions and replacements.
Keys Edited(Keys keys, int edits, uint32_t alphabet, std::mt19937& random) {
  for (int i = 0; i < edits; ++i) {
    const size_t place = random() % (keys.size() + 1);
    const auto it = keys.begin() + static_cast<ptrdiff_t>(place);
    const uint32_t key = RandomKeys(1, alphabet, random)[0];
    switch (random() % 3) {
      case 0:
        keys.insert(it, key);
        break;
      case 1:
        if (it != keys.end()) keys.erase(it);
        break;
      default:
        if (it != keys.end()) *it = key;
    }
  }
  return keys;
}

TEST(DistancePattern, KnowsTheClassics) {
  const Keys kitten = {'k', 'i', 't', 't', 'e', 'n'};
  const Keys sitting = {'s', 'i', 't', 't', 'i', 'n', 'g'};
  EXPECT_EQ(DistancePattern(kitten).Distance(sitting, 10), 3u);
  EXPECT_EQ(DistancePattern(Keys{}).Distance(sitting, 10), 7u);
  EXPECT_EQ(DistancePattern(sitting).Distance(Keys{}, 10), 7u);
  EXPECT_EQ(DistancePattern(Keys{}).Distance(Keys{}, 0), 0u);
}

TEST(DistancePattern, EqualsTheTextbook) {
  for (uint32_t seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    const uint32_t alphabet = 1 + random() % 30;
    // Around the borders of words above all.
    const size_t length = seed % 4 == 0   ? 60 + random() % 10
                          : seed % 4 == 1 ? random() % 64
                          : seed % 4 == 2 ? 120 + random() % 20
                                          : 180 + random() % 90;
    const Keys a = RandomKeys(length, alphabet, random);
    const Keys b = Edited(a, static_cast<int>(random() % 40), alphabet, random);
    const uint32_t distance = SlowDistance(a, b);
    const DistancePattern pattern(a);
    EXPECT_EQ(
        StemPattern(FoldStems(a))
            .Distance(FoldStems(b), static_cast<uint32_t>(length + b.size())),
        distance);
    EXPECT_EQ(pattern.Distance(b, static_cast<uint32_t>(length + b.size())),
              distance);
    const uint32_t max = random() % 40;
    if (distance <= max) {
      EXPECT_EQ(pattern.Distance(b, max), distance);
    } else {
      EXPECT_GT(pattern.Distance(b, max), max);
    }
  }
}

TEST(DistancePattern, EqualsTheTextbookOnLongSequences) {
  std::mt19937 random(7);
  const Keys a = RandomKeys(1500, 50, random);
  const Keys b = Edited(a, 300, 50, random);
  EXPECT_EQ(DistancePattern(a).Distance(b, 2000), SlowDistance(a, b));
  EXPECT_EQ(StemPattern(FoldStems(a)).Distance(FoldStems(b), 2000),
            SlowDistance(a, b));
}

}  // namespace
}  // namespace tercet
