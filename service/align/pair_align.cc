#include "service/align/pair_align.h"

#include <cmath>
#include <utility>

#include "service/align/coarse_band.h"
#include "service/align/local_lexicon.h"

namespace tercet {
namespace {

constexpr int kPasses = 3;
// Where the next pass looks: what this one does not rule out, and a little
// more, for it knows less.
constexpr float kLeastProbability = 1e-5F;
constexpr uint32_t kMargin = 2;

std::vector<bool> StartFlags(const PreparedVersion& version) {
  if (version.paragraph_starts.size() <= 1) return {};
  std::vector<bool> flags(version.text.units.size());
  for (const uint32_t start : version.paragraph_starts) flags[start] = true;
  return flags;
}

std::vector<TrainingBead> TrainingBeads(std::span<const PathBead> path) {
  constexpr float kLeastWeight = 0.3F;
  std::vector<TrainingBead> beads;
  for (const PathBead& bead : path) {
    const BeadPlace& place = bead.place;
    if (place.first_count == 0 || place.second_count == 0 ||
        bead.probability < kLeastWeight) {
      continue;
    }
    beads.push_back({place.first, place.first + place.first_count, place.second,
                     place.second + place.second_count, bead.probability});
  }
  return beads;
}

// Some documents leave out or merge much, most little: as much as the last pass
// found, and as if the usual shares held for some beads more.
BeadPriors PriorsAfter(std::span<const PathBead> path) {
  constexpr float kUsualBeads = 20;
  const BeadPriors usual;
  float nulls = 2 * std::exp(usual.null) * kUsualBeads;
  float merged = 2 * std::exp(usual.merged) * kUsualBeads;
  for (const PathBead& bead : path) {
    const BeadPlace& place = bead.place;
    if (place.first_count == 0 || place.second_count == 0) {
      nulls += 1;
    } else if (place.first_count + place.second_count > 2) {
      merged += 1;
    }
  }
  const float beads = static_cast<float>(path.size()) + kUsualBeads;
  return {.null = std::log(nulls / beads / 2),
          .merged = std::log(merged / beads / 2)};
}

std::vector<LengthPair> Lengths(const PreparedVersion& first,
                                const PreparedVersion& second,
                                std::span<const TrainingBead> beads) {
  std::vector<LengthPair> lengths;
  for (const TrainingBead& bead : beads) {
    LengthPair pair;
    for (uint32_t i = bead.first_begin; i < bead.first_end; ++i) {
      pair.first += first.text.units[i].length;
    }
    for (uint32_t j = bead.second_begin; j < bead.second_end; ++j) {
      pair.second += second.text.units[j].length;
    }
    lengths.push_back(pair);
  }
  return lengths;
}

}  // namespace

StatusOr<PairAlignment> AlignPair(const PreparedVersion& first,
                                  const PreparedVersion& second,
                                  const LexiconView& lexicon,
                                  const StopCheck& stop) {
  std::vector<WordPair> known = AnchorPairs(first.text, second.text);
  const std::vector<WordPair> from_lexicon =
      LexiconPairs(first.text, second.text, lexicon);
  known.insert(known.end(), from_lexicon.begin(), from_lexicon.end());
  Translations translations =
      MakeTranslations(first.text, second.text, known, lexicon);
  const LengthModel usual(first.language, second.language);
  LengthModel lengths = usual;
  const BlockStarts blocks = {StartFlags(first), StartFlags(second)};
  ASSIGN_OR_RETURN(Band band,
                   FindBand({first.text.units, first.paragraph_starts},
                            {second.text.units, second.paragraph_starts},
                            translations, lengths, stop));
  BeadPriors priors;
  for (int pass = 1;; ++pass) {
    ASSIGN_OR_RETURN(PairLattice lattice,
                     PairLattice::Make({.first = first.text.units,
                                        .second = second.text.units,
                                        .translations = translations,
                                        .lengths = lengths,
                                        .blocks = blocks,
                                        .priors = priors},
                                       std::move(band), stop));
    if (pass == kPasses) {
      return PairAlignment{std::move(lattice), std::move(translations),
                           lengths};
    }
    const std::vector<PathBead> path = lattice.BestPath();
    const std::vector<TrainingBead> beads = TrainingBeads(path);
    priors = PriorsAfter(path);
    lengths = usual;
    lengths.Adapt(Lengths(first, second, beads));
    std::vector<WordPair> pairs =
        LearnPairs(first.text, second.text, beads, known);
    pairs.insert(pairs.end(), known.begin(), known.end());
    translations =
        MakeTranslations(first.text, second.text, std::move(pairs), lexicon);
    band =
        Widen(lattice.Prune(kLeastProbability), kMargin, lattice.second_size());
  }
}

}  // namespace tercet
