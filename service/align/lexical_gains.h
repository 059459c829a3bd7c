// How much the words of two texts say for their being translations, for all
// pairs of neighbouring units of two versions within a band.
#ifndef TERCET_SERVICE_ALIGN_LEXICAL_GAINS_H_
#define TERCET_SERVICE_ALIGN_LEXICAL_GAINS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "service/align/band.h"
#include "service/align/translations.h"
#include "service/align/version_text.h"

namespace tercet {

// The most units of one version in a bead.
inline constexpr uint32_t kMaxMerged = 3;

// Units [first, first + first_count) of the first version and the same of the
// second.
struct BeadPlace {
  uint32_t first = 0;
  uint32_t first_count = 0;
  uint32_t second = 0;
  uint32_t second_count = 0;
};

class LexicalGains {
 public:
  // `band` must outlive the gains; the rest is only read here.
  LexicalGains(std::span<const TextUnit> first,
               std::span<const TextUnit> second,
               const Translations& translations, const Band& band);

  // Whether all that Gain needs lies in the band.
  bool Has(const BeadPlace& place) const;

  // The mean, over both directions, of the logarithm of how much likelier the
  // words of one side are given those of the other than by themselves.
  // REQUIRES: Has(place).
  float Gain(const BeadPlace& place) const;

 private:
  using Table = std::array<std::vector<float>, kMaxMerged>;

  const Band& band_;
  uint32_t second_size_;
  std::vector<size_t> offsets_;  // Of the rows of the band.
  // [a - 1], unit j of the second given units [i, i + a) of the first.
  Table forward_;
  // [b - 1], unit i of the first given units [j, j + b) of the second.
  Table backward_;

  size_t IndexOf(uint32_t i, uint32_t j) const {
    return offsets_[i] + (j - band_.low[i]);
  }
};

// How many of a version's words were to be expected as translations, and how
// many are there.
struct WordsFound {
  double expected = 0;
  double found = 0;
};
struct BeadWordsFound {
  WordsFound first;
  WordsFound second;
};

// What one sort of evidence adds to the gain of a single bead.
struct GainParts {
  double words = 0;
  double cognates = 0;  // And marks.
  double numbers = 0;
};

// The words of single beads, one after another.
class BeadWords {
 public:
  // `translations` must outlive it.
  explicit BeadWords(const Translations& translations);
  ~BeadWords();
  BeadWords(const BeadWords&) = delete;
  BeadWords& operator=(const BeadWords&) = delete;

  BeadWordsFound Count(std::span<const TextUnit> first,
                       std::span<const TextUnit> second);
  GainParts Explain(std::span<const TextUnit> first,
                    std::span<const TextUnit> second);

 private:
  struct Directions;

  const Translations& translations_;
  // As large as the versions' vocabularies, so made once for all beads.
  std::unique_ptr<Directions> directions_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_LEXICAL_GAINS_H_
