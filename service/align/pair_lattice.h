// All alignments of two versions within a band, each as likely as its beads:
// dynamic programming forward and backward (as in Gale and Church 1993, with
// sums as in Baum et al. 1970).
#ifndef TERCET_SERVICE_ALIGN_PAIR_LATTICE_H_
#define TERCET_SERVICE_ALIGN_PAIR_LATTICE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "service/align/band.h"
#include "service/align/length_model.h"
#include "service/align/lexical_gains.h"
#include "service/align/path_state.h"
#include "service/align/version_text.h"
#include "service/base/status.h"
#include "service/base/stop_check.h"

namespace tercet {

// How many units of each version a bead takes.
struct BeadShape {
  uint8_t first = 0;
  uint8_t second = 0;
};

// In order of falling use; the mirror image of each is there too.
inline constexpr std::array<BeadShape, 8> kBeadShapes = {
    {{1, 1}, {1, 0}, {0, 1}, {2, 1}, {1, 2}, {2, 2}, {3, 1}, {1, 3}}};
inline constexpr float kImpossible = -std::numeric_limits<float>::infinity();

// Where the blocks of both versions (paragraphs) begin: [i] for unit i.
// Empty: nothing is known of blocks.
struct BlockStarts {
  std::vector<bool> first;
  std::vector<bool> second;
};

// The logarithms of how often, among all beads, nothing corresponds to a unit
// of one version; and of how often one version has two units for one of the
// other.
struct BeadPriors {
  float null = -3.0F;
  float merged = -2.3F;
};

// What a lattice is made from; all of it is only read while it is made.
struct LatticeInput {
  std::span<const TextUnit> first;
  std::span<const TextUnit> second;
  const Translations& translations;
  const LengthModel& lengths;
  const BlockStarts& blocks;
  BeadPriors priors;
  // How far the evidence is believed: 1 as it is, less where units share words
  // by chance and so count them twice.
  float scale = 1;
};

// A bead of a path, with how likely it is among all paths.
struct PathBead {
  BeadPlace place;
  float probability = 0;
};

class PairLattice {
 public:
  // Fails only with what `stop` returns.
  static StatusOr<PairLattice> Make(const LatticeInput& input, Band band,
                                    const StopCheck& stop);

  // The path that most likely has most units in the right beads.
  std::vector<PathBead> BestPath() const;

  // The band without the places that no likely path goes through.
  Band Prune(float min_probability) const;

  // The logarithm of a bead's likelihood against its units being unrelated;
  // kImpossible outside of the band. Takes up to kMaxMerged units of a version.
  float Score(const BeadPlace& place) const;

  // The score of one unit that nothing corresponds to.
  float NullScore() const { return null_score_; }

  uint32_t first_size() const { return band_.rows() - 1; }
  uint32_t second_size() const { return band_.high.back(); }

 private:
  explicit PairLattice(Band band);

  // Logarithms of sums of paths, by what they remember (kPathStates).
  using PathSums = std::array<double, kPathStates.size()>;

  void ScoreBeads(const LatticeInput& input, const LexicalGains& gains,
                  uint32_t row);
  void Forward();
  void Backward();
  void SumNulls();
  float StartScore(uint32_t i, uint32_t j, const PathState& state) const;
  double SumBefore(uint32_t i, uint32_t j) const;
  size_t Behind(uint32_t i, uint32_t j, size_t null_shape, size_t state) const;
  double SumThrough(size_t index) const;
  double NullShare(uint32_t i, uint32_t j, size_t shape) const;
  size_t IndexOf(uint32_t i, uint32_t j) const {
    return offsets_[i] + (j - band_.low[i]);
  }
  double Probability(uint32_t i, uint32_t j, size_t shape) const;

  using ShapeScores = std::array<float, kBeadShapes.size()>;

  Band band_;
  std::vector<size_t> offsets_;
  // Of the beads that begin at a place, but for StartScore.
  std::vector<ShapeScores> scores_;
  BlockStarts blocks_;
  std::vector<PathSums> forward_;   // Paths to a place.
  std::vector<PathSums> backward_;  // And from it.
  std::vector<double> before_;      // To it, and a bead with both follows.
  double total_ = 0;
  // How likely nothing corresponds to a unit, wherever paths pass it by.
  std::vector<double> first_nulls_;
  std::vector<double> second_nulls_;
  float null_score_ = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_PAIR_LATTICE_H_
