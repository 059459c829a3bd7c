#include "service/index/run_index.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "service/match/score.h"

namespace tercet {
namespace {

// Postings for each entry of the table of starts, about: a cache line of them.
constexpr size_t kPostingsPerStart = 4;

}  // namespace

AllowedEdits::AllowedEdits(size_t query_length, int min_score) {
  for (size_t length = 0; length <= kMaxCutLength; ++length) {
    const size_t longer = std::max(length, query_length);
    const size_t shorter = std::min(length, query_length);
    const uint32_t edits =
        MaxDistance(static_cast<uint32_t>(longer), min_score);
    by_length[length] = longer - shorter > edits
                            ? kNone
                            : static_cast<uint8_t>(std::min(edits, 254u));
  }
}

RunIndex::RunIndex(const std::vector<Posting>& postings) {
  const size_t starts =
      std::bit_ceil(std::max<size_t>(2, postings.size() / kPostingsPerStart));
  shift_ = 32 - std::countr_zero(starts);
  // By leading bits in linear time, and then within them.
  starts_.resize(starts + 1);
  for (const Posting& posting : postings) {
    ++starts_[(posting.hash >> shift_) + 1];
  }
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  postings_.resize(postings.size());
  std::vector<uint32_t> next(starts_);
  for (const Posting& posting : postings) {
    postings_[next[posting.hash >> shift_]++] = posting;
  }
  for (size_t i = 0; i < starts; ++i) {
    std::sort(postings_.begin() + starts_[i],
              postings_.begin() + starts_[i + 1],
              [](const Posting& a, const Posting& b) {
                return std::pair(a.hash, a.slot) < std::pair(b.hash, b.slot);
              });
  }
}

std::span<const Posting> RunIndex::Equal(uint32_t hash) const {
  const uint32_t bucket = hash >> shift_;
  const auto begin = postings_.begin() + starts_[bucket];
  const auto end = postings_.begin() + starts_[bucket + 1];
  // Mostly a handful, but a frequent run has very many.
  const auto first =
      std::ranges::lower_bound(begin, end, hash, {}, &Posting::hash);
  const auto last =
      std::ranges::upper_bound(first, end, hash, {}, &Posting::hash);
  return {first, last};
}

}  // namespace tercet
