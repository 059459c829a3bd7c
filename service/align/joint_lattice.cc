#include "service/align/joint_lattice.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <utility>

#include "service/align/log_sum.h"

namespace tercet {
namespace {

// Three pairs say what two would if they were independent.
constexpr double kScale = 2.0 / 3;

// Bounds memory: some 24 bytes a place.
constexpr size_t kMaxPlaces = 8'000'000;

using Shape = std::array<uint8_t, 3>;

bool IsPairShape(uint8_t first, uint8_t second) {
  if (first == 0 || second == 0) return true;
  return std::ranges::any_of(kBeadShapes, [&](const BeadShape& shape) {
    return shape.first == first && shape.second == second;
  });
}

// All shapes whose projections are beads of the pairs. Of a version alone only
// single units.
std::vector<Shape> MakeShapes() {
  std::vector<Shape> shapes;
  for (uint8_t a = 0; a <= kMaxMerged; ++a) {
    for (uint8_t b = 0; b <= kMaxMerged; ++b) {
      for (uint8_t c = 0; c <= kMaxMerged; ++c) {
        const bool lonely = (a == 0) + (b == 0) + (c == 0) == 2;
        if (a + b + c == 0 || (lonely && a + b + c > 1)) continue;
        if (IsPairShape(a, b) && IsPairShape(a, c) && IsPairShape(b, c)) {
          shapes.push_back({a, b, c});
        }
      }
    }
  }
  return shapes;
}

const std::vector<Shape>& Shapes() {
  static const auto* const shapes = new std::vector<Shape>(MakeShapes());
  return *shapes;
}

struct Place {
  uint32_t i = 0;
  uint32_t j = 0;
  uint32_t k = 0;
};

Place After(const Place& place, const Shape& shape) {
  return {place.i + shape[0], place.j + shape[1], place.k + shape[2]};
}

// The places all three of whose projections lie in the pairs' bands. For each
// (i, j) the third versions' places are a range, so that all are numbered by
// looking up the pair.
class Places {
 public:
  // Nullopt when there would be too many.
  static std::optional<Places> Make(Band first_second, const Band& first_third,
                                    const Band& second_third) {
    Places places;
    places.pairs_ = std::move(first_second);
    for (uint32_t i = 0; i < places.pairs_.rows(); ++i) {
      places.rows_.push_back(places.ranges_.size());
      for (uint32_t j = places.pairs_.low[i]; j <= places.pairs_.high[i]; ++j) {
        const uint32_t low = std::max(first_third.low[i], second_third.low[j]);
        const uint32_t high =
            std::min(first_third.high[i], second_third.high[j]);
        places.ranges_.push_back(
            {low, high < low ? low : high + 1, places.size_});
        places.size_ += places.ranges_.back().end - low;
      }
      if (places.size_ > kMaxPlaces) return std::nullopt;
    }
    return places;
  }

  size_t size() const { return size_; }

  // SIZE_MAX where the place is none.
  size_t IndexOf(const Place& place) const {
    if (!pairs_.Has(place.i, place.j)) return SIZE_MAX;
    const Range& range =
        ranges_[rows_[place.i] + (place.j - pairs_.low[place.i])];
    if (place.k < range.begin || place.k >= range.end) return SIZE_MAX;
    return range.index + (place.k - range.begin);
  }

  // Every place in an order in which beads lead on; with its index.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (uint32_t i = 0; i < pairs_.rows(); ++i) {
      for (uint32_t j = pairs_.low[i]; j <= pairs_.high[i]; ++j) {
        const Range& range = ranges_[rows_[i] + (j - pairs_.low[i])];
        for (uint32_t k = range.begin; k < range.end; ++k) {
          visit(Place{i, j, k}, range.index + (k - range.begin));
        }
      }
    }
  }
  template <typename Visit>
  void ForEachBackward(const Visit& visit) const {
    for (uint32_t i = pairs_.rows(); i-- > 0;) {
      for (uint32_t j = pairs_.high[i] + 1; j-- > pairs_.low[i];) {
        const Range& range = ranges_[rows_[i] + (j - pairs_.low[i])];
        for (uint32_t k = range.end; k-- > range.begin;) {
          visit(Place{i, j, k}, range.index + (k - range.begin));
        }
      }
    }
  }

 private:
  struct Range {
    uint32_t begin = 0;
    uint32_t end = 0;
    size_t index = 0;
  };

  Band pairs_;
  std::vector<size_t> rows_;
  std::vector<Range> ranges_;
  size_t size_ = 0;
};

class JointLattice {
 public:
  JointLattice(const PairLattices& pairs, Places places)
      : pairs_(pairs), places_(std::move(places)) {}

  // False when no path leads through.
  bool Run() {
    forward_.assign(places_.size(), kNever);
    backward_.assign(places_.size(), kNever);
    const Place end = {pairs_.first_second.first_size(),
                       pairs_.first_second.second_size(),
                       pairs_.first_third.second_size()};
    const size_t begin_index = places_.IndexOf({0, 0, 0});
    const size_t end_index = places_.IndexOf(end);
    if (begin_index == SIZE_MAX || end_index == SIZE_MAX) return false;
    forward_[begin_index] = 0;
    places_.ForEach([&](const Place& from, size_t index) {
      if (forward_[index] == kNever) return;
      ForEachBead(from, [&](const Shape& shape, size_t to, double score) {
        forward_[to] = LogSum(forward_[to], forward_[index] + score);
      });
    });
    total_ = forward_[end_index];
    if (total_ == kNever) return false;
    backward_[end_index] = 0;
    places_.ForEachBackward([&](const Place& from, size_t index) {
      ForEachBead(from, [&](const Shape& shape, size_t to, double score) {
        if (backward_[to] == kNever) return;
        backward_[index] = LogSum(backward_[index], score + backward_[to]);
      });
    });
    places_.ForEach([&](const Place& from, size_t index) {
      ForEachBead(from, [&](const Shape& shape, size_t to, double score) {
        if (!IsPartial(shape)) return;
        partial_[PartialKey(from, shape)] +=
            static_cast<float>(PathShare(index, to, score));
      });
    });
    return true;
  }

  std::vector<JointBead> BestPath() const {
    std::vector<float> best(places_.size(), kImpossible);
    std::vector<uint8_t> choices(places_.size());
    const Place end = {pairs_.first_second.first_size(),
                       pairs_.first_second.second_size(),
                       pairs_.first_third.second_size()};
    best[places_.IndexOf(end)] = 0;
    places_.ForEachBackward([&](const Place& from, size_t index) {
      ForEachBead(from, [&](const Shape& shape, size_t to, double score) {
        if (best[to] == kImpossible) return;
        const auto units = static_cast<float>(shape[0] + shape[1] + shape[2]);
        const float sum =
            best[to] + units * Probability(from, index, shape, to, score);
        if (sum > best[index]) {
          best[index] = sum;
          choices[index] = static_cast<uint8_t>(&shape - Shapes().data());
        }
      });
    });
    return Follow(choices, end);
  }

 private:
  static bool IsPartial(const Shape& shape) {
    return shape[0] == 0 || shape[1] == 0 || shape[2] == 0;
  }

  // A bead without a version is the same bead wherever in that version paths
  // have it.
  static uint64_t PartialKey(const Place& place, const Shape& shape) {
    uint64_t key = 0;
    const std::array<uint32_t, 3> places = {place.i, place.j, place.k};
    for (size_t v = 0; v < 3; ++v) {
      const uint32_t part = shape[v] == 0 ? 0 : places[v] * 4 + shape[v];
      key = key << 21 | (part & 0x1FFFFF);
    }
    return key;
  }

  double PathShare(size_t from, size_t to, double score) const {
    return std::exp(forward_[from] + score + backward_[to] - total_);
  }

  float Probability(const Place& from, size_t index, const Shape& shape,
                    size_t to, double score) const {
    const float probability =
        IsPartial(shape) ? partial_.at(PartialKey(from, shape))
                         : static_cast<float>(PathShare(index, to, score));
    return std::min(1.0F, probability);
  }

  static float PairScore(const PairLattice& lattice, const BeadPlace& place) {
    if (place.first_count != 0 && place.second_count != 0) {
      return lattice.Score(place);
    }
    return static_cast<float>(place.first_count + place.second_count) *
           lattice.NullScore();
  }

  // Calls visit(shape, index of the place behind the bead, score).
  template <typename Visit>
  void ForEachBead(const Place& from, const Visit& visit) const {
    for (const Shape& shape : Shapes()) {
      const size_t to = places_.IndexOf(After(from, shape));
      if (to == SIZE_MAX) continue;
      const double score =
          double{PairScore(pairs_.first_second,
                           {from.i, shape[0], from.j, shape[1]})} +
          PairScore(pairs_.first_third, {from.i, shape[0], from.k, shape[2]}) +
          PairScore(pairs_.second_third, {from.j, shape[1], from.k, shape[2]});
      if (score == kNever) continue;
      visit(shape, to, kScale * score);
    }
  }

  std::vector<JointBead> Follow(const std::vector<uint8_t>& choices,
                                const Place& end) const {
    std::vector<JointBead> path;
    Place at;
    while (at.i < end.i || at.j < end.j || at.k < end.k) {
      const size_t index = places_.IndexOf(at);
      const Shape& chosen = Shapes()[choices[index]];
      JointBead bead = {.begin = {at.i, at.j, at.k},
                        .count = {chosen[0], chosen[1], chosen[2]}};
      ForEachBead(at, [&](const Shape& shape, size_t to, double score) {
        if (shape == chosen) {
          bead.probability = Probability(at, index, shape, to, score);
        }
      });
      path.push_back(bead);
      at = After(at, chosen);
    }
    return path;
  }

  const PairLattices& pairs_;
  Places places_;
  std::vector<double> forward_;
  std::vector<double> backward_;
  double total_ = kNever;
  std::unordered_map<uint64_t, float> partial_;
};

}  // namespace

StatusOr<std::vector<JointBead>> AlignJointly(const PairLattices& pairs,
                                              const StopCheck& stop) {
  // Where the pairs agree narrow bands do; else they are widened until a path
  // leads through all three or there are too many places.
  constexpr float kLeastProbability = 1e-3F;
  constexpr uint32_t kMaxMargin = 8;
  for (uint32_t margin = 1; margin <= kMaxMargin; margin *= 2) {
    RETURN_IF_ERROR(stop());
    const auto band = [&](const PairLattice& lattice) {
      return Widen(lattice.Prune(kLeastProbability), margin,
                   lattice.second_size());
    };
    std::optional<Places> places =
        Places::Make(band(pairs.first_second), band(pairs.first_third),
                     band(pairs.second_third));
    if (!places.has_value()) break;
    JointLattice lattice(pairs, *std::move(places));
    if (lattice.Run()) return lattice.BestPath();
  }
  return ComposeAtFirst(pairs);
}

std::vector<JointBead> ComposeAtFirst(const PairLattices& pairs) {
  const std::vector<PathBead> seconds = pairs.first_second.BestPath();
  const std::vector<PathBead> thirds = pairs.first_third.BestPath();
  std::vector<JointBead> beads;
  auto second = seconds.begin();
  auto third = thirds.begin();
  while (second != seconds.end() || third != thirds.end()) {
    // What has no unit of the first version stands by itself.
    if (second != seconds.end() && second->place.first_count == 0) {
      beads.push_back(
          {.begin = {second->place.first, second->place.second,
                     third == thirds.end() ? pairs.first_third.second_size()
                                           : third->place.second},
           .count = {0, 1, 0},
           .probability = second->probability});
      ++second;
      continue;
    }
    if (third != thirds.end() && third->place.first_count == 0) {
      beads.push_back(
          {.begin = {third->place.first,
                     second == seconds.end() ? pairs.first_second.second_size()
                                             : second->place.second,
                     third->place.second},
           .count = {0, 0, 1},
           .probability = third->probability});
      ++third;
      continue;
    }
    // Both paths are at the same unit of the first version here.
    JointBead bead = {.begin = {second->place.first, second->place.second,
                                third->place.second},
                      .probability = 1};
    uint32_t second_end = bead.begin[0];
    uint32_t third_end = bead.begin[0];
    do {
      const bool second_is_behind = second_end <= third_end;
      const PathBead& next = second_is_behind ? *second++ : *third++;
      uint32_t& end = second_is_behind ? second_end : third_end;
      end += next.place.first_count;
      bead.count[second_is_behind ? 1 : 2] += next.place.second_count;
      bead.probability = std::min(bead.probability, next.probability);
    } while (second_end != third_end);
    bead.count[0] = second_end - bead.begin[0];
    beads.push_back(bead);
  }
  return beads;
}

}  // namespace tercet
