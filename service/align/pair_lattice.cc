#include "service/align/pair_lattice.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tercet {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

float PriorOf(const BeadShape& shape, const BeadPriors& priors) {
  // Longer beads are rarer still.
  constexpr float kOneToOne = -0.15F;
  constexpr float kTwoToTwo = -2.0F;
  constexpr float kThreeToOne = -1.9F;
  if (shape.first == 0 || shape.second == 0) return priors.null;
  switch (shape.first + shape.second) {
    case 2:
      return kOneToOne;
    case 3:
      return priors.merged;
    default:
      return priors.merged +
             (shape.first == shape.second ? kTwoToTwo : kThreeToOne);
  }
}

constexpr size_t kFirstNull = 1;  // The shape 1-0.
constexpr size_t kSecondNull = 2;

// What the two sorts of evidence count.
constexpr float kGainWeight = 1.0F;
constexpr float kLengthWeight = 2.4F;

// Against an end of a bead where a block of one version ends and none of the
// other; and for one where both do.
constexpr float kBlockMismatch = -1.5F;
constexpr float kBlockMatch = 0.5F;
// Against a bead that reaches across the end of a block.
constexpr float kBlockCrossing = -3.0F;

double LogSum(double a, double b) {
  if (a < b) std::swap(a, b);
  if (b == kNever) return a;
  return a + std::log1p(std::exp(b - a));
}

bool StartsBlock(const std::vector<bool>& starts, uint32_t i) {
  return i >= starts.size() || starts[i];
}

float BlockScore(const BlockStarts& blocks, const BeadPlace& place) {
  if (blocks.first.empty() || blocks.second.empty()) return 0;
  float score = 0;
  for (uint32_t x = 1; x < place.first_count; ++x) {
    if (blocks.first[place.first + x]) score += kBlockCrossing;
  }
  for (uint32_t y = 1; y < place.second_count; ++y) {
    if (blocks.second[place.second + y]) score += kBlockCrossing;
  }
  if (place.first_count == 0 || place.second_count == 0) return score;
  const bool first_starts = StartsBlock(blocks.first, place.first);
  const bool second_starts = StartsBlock(blocks.second, place.second);
  if (first_starts != second_starts) return score + kBlockMismatch;
  return first_starts ? score + kBlockMatch : score;
}

float LengthScore(const LatticeInput& input, const BeadPlace& place) {
  return static_cast<float>(input.lengths.Score(
      LengthOf(input.first.subspan(place.first, place.first_count)),
      LengthOf(input.second.subspan(place.second, place.second_count))));
}

}  // namespace

PairLattice::PairLattice(Band band) : band_(std::move(band)) {
  size_t size = 0;
  offsets_.reserve(band_.rows());
  for (uint32_t i = 0; i < band_.rows(); ++i) {
    offsets_.push_back(size);
    size += band_.high[i] - band_.low[i] + 1;
  }
  scores_.resize(size);
}

StatusOr<PairLattice> PairLattice::Make(const LatticeInput& input, Band band,
                                        const StopCheck& stop) {
  PairLattice lattice(std::move(band));
  RETURN_IF_ERROR(stop());
  {
    const LexicalGains gains(input.first, input.second, input.translations,
                             lattice.band_);
    RETURN_IF_ERROR(stop());
    for (uint32_t i = 0; i < lattice.band_.rows(); ++i) {
      lattice.ScoreBeads(input, gains, i);
    }
  }
  RETURN_IF_ERROR(stop());
  lattice.null_score_ = input.scale * input.priors.null;
  lattice.Forward();
  lattice.Backward();
  lattice.SumNulls();
  return lattice;
}

void PairLattice::ScoreBeads(const LatticeInput& input,
                             const LexicalGains& gains, uint32_t row) {
  for (uint32_t j = band_.low[row]; j <= band_.high[row]; ++j) {
    ShapeScores& scores = scores_[IndexOf(row, j)];
    for (size_t k = 0; k < kBeadShapes.size(); ++k) {
      const BeadPlace place = {row, kBeadShapes[k].first, j,
                               kBeadShapes[k].second};
      scores[k] = kImpossible;
      if (!band_.Has(row + place.first_count, j + place.second_count)) continue;
      float score = 0;
      if (place.first_count != 0 && place.second_count != 0) {
        if (!gains.Has(place)) continue;
        score = kGainWeight * gains.Gain(place) +
                kLengthWeight * LengthScore(input, place);
      }
      scores[k] = input.scale * (score + PriorOf(kBeadShapes[k], input.priors) +
                                 BlockScore(input.blocks, place));
    }
  }
}

void PairLattice::Forward() {
  forward_.assign(scores_.size(), kNever);
  forward_[0] = 0;
  for (uint32_t i = 0; i < band_.rows(); ++i) {
    for (uint32_t j = band_.low[i]; j <= band_.high[i]; ++j) {
      const size_t from = IndexOf(i, j);
      if (forward_[from] == kNever) continue;
      for (size_t k = 0; k < kBeadShapes.size(); ++k) {
        const float score = scores_[from][k];
        if (score == kImpossible) continue;
        double& to = forward_[IndexOf(i + kBeadShapes[k].first,
                                      j + kBeadShapes[k].second)];
        to = LogSum(to, forward_[from] + score);
      }
    }
  }
}

void PairLattice::Backward() {
  backward_.assign(scores_.size(), kNever);
  backward_.back() = 0;
  for (uint32_t i = band_.rows(); i-- > 0;) {
    for (uint32_t j = band_.high[i] + 1; j-- > band_.low[i];) {
      const size_t from = IndexOf(i, j);
      for (size_t k = 0; k < kBeadShapes.size(); ++k) {
        const float score = scores_[from][k];
        if (score == kImpossible) continue;
        const double rest = backward_[IndexOf(i + kBeadShapes[k].first,
                                              j + kBeadShapes[k].second)];
        if (rest != kNever) {
          backward_[from] = LogSum(backward_[from], score + rest);
        }
      }
    }
  }
}

void PairLattice::SumNulls() {
  first_nulls_.assign(first_size(), 0);
  second_nulls_.assign(second_size(), 0);
  for (uint32_t i = 0; i < band_.rows(); ++i) {
    for (uint32_t j = band_.low[i]; j <= band_.high[i]; ++j) {
      if (i < first_size()) first_nulls_[i] += PathShare(i, j, kFirstNull);
      if (j < second_size()) second_nulls_[j] += PathShare(i, j, kSecondNull);
    }
  }
}

double PairLattice::Probability(uint32_t i, uint32_t j, size_t shape) const {
  if (shape == kFirstNull) return first_nulls_[i];
  if (shape == kSecondNull) return second_nulls_[j];
  return PathShare(i, j, shape);
}

double PairLattice::PathShare(uint32_t i, uint32_t j, size_t shape) const {
  const size_t from = IndexOf(i, j);
  if (scores_[from][shape] == kImpossible) return 0;
  const size_t to =
      IndexOf(i + kBeadShapes[shape].first, j + kBeadShapes[shape].second);
  return std::exp(forward_[from] + scores_[from][shape] + backward_[to] -
                  forward_.back());
}

std::vector<PathBead> PairLattice::BestPath() const {
  // The most that can be had from a place on, and the shape that begins it.
  std::vector<float> best(scores_.size(), kImpossible);
  std::vector<uint8_t> choices(scores_.size());
  best.back() = 0;
  for (uint32_t i = band_.rows(); i-- > 0;) {
    for (uint32_t j = band_.high[i] + 1; j-- > band_.low[i];) {
      const size_t from = IndexOf(i, j);
      for (size_t k = 0; k < kBeadShapes.size(); ++k) {
        if (scores_[from][k] == kImpossible) continue;
        const float rest =
            best[IndexOf(i + kBeadShapes[k].first, j + kBeadShapes[k].second)];
        if (rest == kImpossible) continue;
        const int units = kBeadShapes[k].first + kBeadShapes[k].second;
        const auto sum =
            rest + static_cast<float>(units * Probability(i, j, k));
        if (sum > best[from]) {
          best[from] = sum;
          choices[from] = static_cast<uint8_t>(k);
        }
      }
    }
  }
  std::vector<PathBead> path;
  uint32_t i = 0;
  uint32_t j = 0;
  while (i < first_size() || j < second_size()) {
    const size_t k = choices[IndexOf(i, j)];
    const BeadShape shape = kBeadShapes[k];
    path.push_back({{i, shape.first, j, shape.second},
                    static_cast<float>(std::min(1.0, Probability(i, j, k)))});
    i += shape.first;
    j += shape.second;
  }
  return path;
}

Band PairLattice::Prune(float min_probability) const {
  Band pruned = {.low = std::vector<uint32_t>(band_.rows()),
                 .high = std::vector<uint32_t>(band_.rows())};
  const double least = std::log(min_probability) + forward_.back();
  for (uint32_t i = 0; i < band_.rows(); ++i) {
    uint32_t low = band_.high[i] + 1;
    uint32_t high = band_.low[i];
    for (uint32_t j = band_.low[i]; j <= band_.high[i]; ++j) {
      const size_t index = IndexOf(i, j);
      if (forward_[index] + backward_[index] < least) continue;
      low = std::min(low, j);
      high = std::max(high, j);
    }
    // A row that all likely paths jump over takes its place from the last one.
    const uint32_t before = i == 0 ? 0 : pruned.high[i - 1];
    pruned.low[i] = low > high ? before : low;
    pruned.high[i] = low > high ? before : high;
  }
  return Widen(pruned, 0, second_size());
}

float PairLattice::Score(const BeadPlace& place) const {
  if (!band_.Has(place.first, place.second)) return kImpossible;
  for (size_t k = 0; k < kBeadShapes.size(); ++k) {
    if (kBeadShapes[k].first == place.first_count &&
        kBeadShapes[k].second == place.second_count) {
      return scores_[IndexOf(place.first, place.second)][k];
    }
  }
  return kImpossible;
}

}  // namespace tercet
