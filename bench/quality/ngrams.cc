#include "bench/quality/ngrams.h"

#include <algorithm>

namespace tercet::bench {
namespace {

uint32_t HashOf(std::span<const uint32_t> items) {
  uint64_t hash = items.size();
  for (const uint32_t item : items) {
    // The finaliser of SplitMix64 (Steele et al. 2014).
    hash = (hash ^ item) + 0x9E3779B97F4A7C15;
    hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
    hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
    hash ^= hash >> 31;
  }
  return static_cast<uint32_t>(hash);
}

}  // namespace

void AppendNgrams(std::span<const uint32_t> items, size_t n, Bag& bag) {
  for (size_t i = 0; i + n <= items.size(); ++i) {
    bag.push_back(HashOf(items.subspan(i, n)));
  }
}

void Sort(Bag& bag) { std::ranges::sort(bag); }

void MakeSet(Bag& bag) {
  Sort(bag);
  bag.erase(std::unique(bag.begin(), bag.end()), bag.end());
}

size_t SharedCount(const Bag& a, const Bag& b) {
  size_t shared = 0;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const uint32_t x = a[i];
    const uint32_t y = b[j];
    shared += static_cast<size_t>(x == y);
    i += static_cast<size_t>(x <= y);
    j += static_cast<size_t>(y <= x);
  }
  return shared;
}

}  // namespace tercet::bench
