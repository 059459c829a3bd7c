#include "service/align/pair_lattice.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "service/align/log_sum.h"

namespace tercet {
namespace {

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

// Against a bead before which a block of one version begins and none of the
// other; and for one before which both do.
constexpr float kBlockMismatch = -1.5F;
constexpr float kBlockMatch = 0.5F;
// Against a bead that reaches across the end of a block.
constexpr float kBlockCrossing = -3.0F;

// What a 1-0 bead right behind a 0-1 bead costs: next to everything, for the
// other order counts (path_state.h). In a narrow band it may be the only path.
constexpr double kDisorder = -12;

float CrossingScore(const BlockStarts& blocks, const BeadPlace& place) {
  if (blocks.first.empty() || blocks.second.empty()) return 0;
  float score = 0;
  for (uint32_t x = 1; x < place.first_count; ++x) {
    if (blocks.first[place.first + x]) score += kBlockCrossing;
  }
  for (uint32_t y = 1; y < place.second_count; ++y) {
    if (blocks.second[place.second + y]) score += kBlockCrossing;
  }
  return score;
}

double Disorder(size_t state, size_t shape) {
  const bool is_disorder =
      shape == kFirstNull && kPathStates[state].is_behind_second_null;
  return is_disorder ? kDisorder : 0;
}

bool IsNull(size_t shape) {
  return shape == kFirstNull || shape == kSecondNull;
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
  lattice.blocks_ = input.blocks;
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
                                 CrossingScore(input.blocks, place));
    }
  }
}

// For or against a bead with text in both that begins here, by what begins with
// it or began in what the path has just passed.
float PairLattice::StartScore(uint32_t i, uint32_t j,
                              const PathState& state) const {
  if (blocks_.first.empty() || blocks_.second.empty()) return 0;
  const bool first = blocks_.first[i] || state.passed_first_start;
  const bool second = blocks_.second[j] || state.passed_second_start;
  if (first != second) return kBlockMismatch;
  return first ? kBlockMatch : 0;
}

// All paths to a place from which a bead with text in both follows.
double PairLattice::SumBefore(uint32_t i, uint32_t j) const {
  double sum = kNever;
  const PathSums& sums = forward_[IndexOf(i, j)];
  for (size_t s = 0; s < sums.size(); ++s) {
    if (sums[s] == kNever) continue;
    sum = LogSum(sum, sums[s] + StartScore(i, j, kPathStates[s]));
  }
  return sum;
}

// The state behind the unit at a place that nothing corresponds to.
size_t PairLattice::Behind(uint32_t i, uint32_t j, size_t null_shape,
                           size_t state) const {
  if (null_shape == kFirstNull) {
    return BehindFirstNull(state, !blocks_.first.empty() && blocks_.first[i]);
  }
  return BehindSecondNull(state, !blocks_.second.empty() && blocks_.second[j]);
}

void PairLattice::Forward() {
  PathSums never;
  never.fill(kNever);
  forward_.assign(scores_.size(), never);
  before_.assign(scores_.size(), kNever);
  forward_[0][0] = 0;
  for (uint32_t i = 0; i < band_.rows(); ++i) {
    for (uint32_t j = band_.low[i]; j <= band_.high[i]; ++j) {
      const size_t from = IndexOf(i, j);
      const bool ends = i == first_size() || j == second_size();
      const double before = ends ? kNever : SumBefore(i, j);
      before_[from] = before;
      for (size_t k = 0; k < kBeadShapes.size(); ++k) {
        const float score = scores_[from][k];
        if (score == kImpossible) continue;
        PathSums& to = forward_[IndexOf(i + kBeadShapes[k].first,
                                        j + kBeadShapes[k].second)];
        if (!IsNull(k)) {
          to[0] = LogSum(to[0], before + score);
          continue;
        }
        for (size_t s = 0; s < to.size(); ++s) {
          if (forward_[from][s] == kNever) continue;
          double& sum = to[Behind(i, j, k, s)];
          sum = LogSum(sum, forward_[from][s] + score + Disorder(s, k));
        }
      }
    }
  }
  total_ = kNever;
  for (const double sum : forward_.back()) total_ = LogSum(total_, sum);
}

void PairLattice::Backward() {
  PathSums never;
  never.fill(kNever);
  backward_.assign(scores_.size(), never);
  backward_.back().fill(0);
  for (uint32_t i = band_.rows(); i-- > 0;) {
    for (uint32_t j = band_.high[i] + 1; j-- > band_.low[i];) {
      const size_t from = IndexOf(i, j);
      double aligned = kNever;
      for (size_t k = 0; k < kBeadShapes.size(); ++k) {
        if (IsNull(k) || scores_[from][k] == kImpossible) continue;
        const size_t to =
            IndexOf(i + kBeadShapes[k].first, j + kBeadShapes[k].second);
        aligned = LogSum(aligned, scores_[from][k] + backward_[to][0]);
      }
      for (size_t s = 0; s < kPathStates.size(); ++s) {
        if (forward_[from][s] == kNever) continue;
        double& sum = backward_[from][s];
        if (aligned != kNever) {
          sum = aligned + StartScore(i, j, kPathStates[s]);
        }
        for (const size_t k : {kFirstNull, kSecondNull}) {
          if (scores_[from][k] == kImpossible) continue;
          const size_t to =
              IndexOf(i + kBeadShapes[k].first, j + kBeadShapes[k].second);
          sum = LogSum(sum, scores_[from][k] + Disorder(s, k) +
                                backward_[to][Behind(i, j, k, s)]);
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
      if (i < first_size()) first_nulls_[i] += NullShare(i, j, kFirstNull);
      if (j < second_size()) second_nulls_[j] += NullShare(i, j, kSecondNull);
    }
  }
}

double PairLattice::NullShare(uint32_t i, uint32_t j, size_t shape) const {
  const size_t from = IndexOf(i, j);
  if (scores_[from][shape] == kImpossible) return 0;
  const size_t to =
      IndexOf(i + kBeadShapes[shape].first, j + kBeadShapes[shape].second);
  double share = 0;
  for (size_t s = 0; s < kPathStates.size(); ++s) {
    if (forward_[from][s] == kNever) continue;
    share +=
        std::exp(forward_[from][s] + scores_[from][shape] + Disorder(s, shape) +
                 backward_[to][Behind(i, j, shape, s)] - total_);
  }
  return share;
}

double PairLattice::Probability(uint32_t i, uint32_t j, size_t shape) const {
  if (shape == kFirstNull) return first_nulls_[i];
  if (shape == kSecondNull) return second_nulls_[j];
  const size_t from = IndexOf(i, j);
  const size_t to =
      IndexOf(i + kBeadShapes[shape].first, j + kBeadShapes[shape].second);
  return std::exp(before_[from] + scores_[from][shape] + backward_[to][0] -
                  total_);
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

double PairLattice::SumThrough(size_t index) const {
  double sum = kNever;
  for (size_t s = 0; s < kPathStates.size(); ++s) {
    sum = LogSum(sum, forward_[index][s] + backward_[index][s]);
  }
  return sum;
}

Band PairLattice::Prune(float min_probability) const {
  Band pruned = {.low = std::vector<uint32_t>(band_.rows()),
                 .high = std::vector<uint32_t>(band_.rows())};
  const double least = std::log(min_probability) + total_;
  for (uint32_t i = 0; i < band_.rows(); ++i) {
    uint32_t low = band_.high[i] + 1;
    uint32_t high = band_.low[i];
    for (uint32_t j = band_.low[i]; j <= band_.high[i]; ++j) {
      if (SumThrough(IndexOf(i, j)) < least) continue;
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
      const float score = scores_[IndexOf(place.first, place.second)][k];
      if (score == kImpossible || IsNull(k)) return score;
      return score + StartScore(place.first, place.second, {});
    }
  }
  return kImpossible;
}

}  // namespace tercet
