#include "bench/align/strict_score.h"

#include <algorithm>
#include <set>

namespace tercet::bench {
namespace {

// An empty range is the same bead wherever it is written to be.
std::vector<std::vector<uint32_t>> Key(const BeadRanges& bead) {
  std::vector<std::vector<uint32_t>> key;
  for (const SentenceRange& range : bead) {
    if (range.size() == 0) {
      key.push_back({});
    } else {
      key.push_back({range.begin, range.end});
    }
  }
  return key;
}

}  // namespace

bool IsAligned(const BeadRanges& bead) {
  return std::ranges::count_if(
             bead, [](const SentenceRange& r) { return r.size() > 0; }) > 1;
}

double BeadCounts::Precision() const {
  return found == 0 ? 0 : static_cast<double>(right) / found;
}

double BeadCounts::Recall() const {
  return gold == 0 ? 0 : static_cast<double>(right) / gold;
}

double BeadCounts::F1() const {
  return found + gold == 0 ? 0 : 2.0 * right / (found + gold);
}

BeadCounts& BeadCounts::operator+=(const BeadCounts& other) {
  found += other.found;
  gold += other.gold;
  right += other.right;
  return *this;
}

StrictScore& StrictScore::operator+=(const StrictScore& other) {
  all += other.all;
  aligned += other.aligned;
  return *this;
}

StrictScore ScoreBeads(std::span<const BeadRanges> found,
                       std::span<const BeadRanges> gold) {
  StrictScore score;
  std::set<std::vector<std::vector<uint32_t>>> gold_keys;
  for (const BeadRanges& bead : gold) {
    gold_keys.insert(Key(bead));
    ++score.all.gold;
    if (IsAligned(bead)) ++score.aligned.gold;
  }
  for (const BeadRanges& bead : found) {
    const bool right = gold_keys.contains(Key(bead));
    ++score.all.found;
    score.all.right += right ? 1 : 0;
    if (!IsAligned(bead)) continue;
    ++score.aligned.found;
    score.aligned.right += right ? 1 : 0;
  }
  return score;
}

}  // namespace tercet::bench
