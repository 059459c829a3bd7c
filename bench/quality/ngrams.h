// Bags of n-grams, and how two bags agree.
#ifndef TERCET_BENCH_QUALITY_NGRAMS_H_
#define TERCET_BENCH_QUALITY_NGRAMS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tercet::bench {

// A bag (or a set) of n-grams: hashes in ascending order. Two n-grams may share
// a hash, one in some billions of pairs.
using Bag = std::vector<uint32_t>;

// Appends every n-gram of `items`, unsorted.
void AppendNgrams(std::span<const uint32_t> items, size_t n, Bag& bag);

// Sorts a bag; MakeSet also leaves one of each.
void Sort(Bag& bag);
void MakeSet(Bag& bag);

// How many elements the two share, each as often as both have it.
size_t SharedCount(const Bag& a, const Bag& b);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_QUALITY_NGRAMS_H_
