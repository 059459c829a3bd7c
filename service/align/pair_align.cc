#include "service/align/pair_align.h"

#include <algorithm>
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

std::span<const TextUnit> UnitsOf(const PreparedVersion& version,
                                  uint32_t begin, uint32_t end) {
  return std::span(version.text.units).subspan(begin, end - begin);
}

// A free translation lacks words that a literal one has: their absence counts
// as much as the last pass found them missing in what it aligned (one step of
// EM for the mixture's weight). Never more than usual: `translations` has
// learnt from these very beads.
void AdaptTrust(const PreparedVersion& first, const PreparedVersion& second,
                std::span<const TrainingBead> beads,
                const Translations& translations, Translations& next) {
  constexpr double kUsualWords = 100;
  WordsFound first_words{kUsualWords, kUsualWords * kUsualTrust};
  WordsFound second_words = first_words;
  const auto add = [](WordsFound& words, const WordsFound& more, float weight) {
    words.expected += weight * more.expected;
    words.found += weight * more.found;
  };
  BeadWords bead_words(translations);
  for (const TrainingBead& bead : beads) {
    const BeadWordsFound words =
        bead_words.Count(UnitsOf(first, bead.first_begin, bead.first_end),
                         UnitsOf(second, bead.second_begin, bead.second_end));
    add(first_words, words.first, bead.weight);
    add(second_words, words.second, bead.weight);
  }
  const auto trust = [](const WordsFound& words) {
    return std::min(kUsualTrust,
                    static_cast<float>(words.found / words.expected));
  };
  next.first.trust = trust(first_words);
  next.second.trust = trust(second_words);
}

std::vector<LengthPair> Lengths(const PreparedVersion& first,
                                const PreparedVersion& second,
                                std::span<const TrainingBead> beads) {
  std::vector<LengthPair> lengths;
  for (const TrainingBead& bead : beads) {
    lengths.push_back(
        {.first = LengthOf(UnitsOf(first, bead.first_begin, bead.first_end)),
         .second =
             LengthOf(UnitsOf(second, bead.second_begin, bead.second_end))});
  }
  return lengths;
}

}  // namespace

StatusOr<PairAlignment> AlignPair(const PreparedVersion& first,
                                  const PreparedVersion& second,
                                  const LexiconView& lexicon,
                                  const StopCheck& stop) {
  std::vector<WordPair> known = AnchorPairs(first.text, second.text);
  const LexiconWords from_lexicon =
      FindInLexicon(first.text, second.text, lexicon);
  known.insert(known.end(), from_lexicon.pairs.begin(),
               from_lexicon.pairs.end());
  Translations translations =
      MakeTranslations(first.text, second.text, known, from_lexicon);
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
    Translations next = MakeTranslations(first.text, second.text,
                                         std::move(pairs), from_lexicon);
    AdaptTrust(first, second, beads, translations, next);
    translations = std::move(next);
    band =
        Widen(lattice.Prune(kLeastProbability), kMargin, lattice.second_size());
  }
}

}  // namespace tercet
