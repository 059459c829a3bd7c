// Which words of two versions of a document stand for each other, and how much
// the sight of one says for the other.
#ifndef TERCET_SERVICE_ALIGN_TRANSLATIONS_H_
#define TERCET_SERVICE_ALIGN_TRANSLATIONS_H_

#include <cstdint>
#include <vector>

#include "service/align/lexicon.h"
#include "service/align/version_text.h"

namespace tercet {

// A word of the other version.
struct Counterpart {
  uint32_t word = 0;
  // How many times likelier it is to see the counterpart where this word is
  // than anywhere: P(counterpart | word) / P(counterpart).
  float ratio = 0;
};

// How far the absence of a word counts, against its reliability.
inline constexpr float kUsualTrust = 0.7F;

// What one version's words say of the other's.
struct TranslationSide {
  std::vector<std::vector<Counterpart>> counterparts;  // By word.
  // How likely a word of this side has a counterpart in a translation, 0 to 1:
  // its absence counts that much against a pair of sentences.
  std::vector<float> reliability;
  // How far reliability is to be believed, 0 to 1: little of free translations.
  float trust = kUsualTrust;
  // By word: what its likeliest counterpart is known by.
  std::vector<FeatureKind> kinds;
};

struct Translations {
  TranslationSide first;   // From words of the first version to the second.
  TranslationSide second;  // The other way.
};

// Two words of two versions with their probabilities, both ways.
struct WordPair {
  uint32_t first = 0;
  uint32_t second = 0;
  float forward = 0;   // P(second | first)
  float backward = 0;  // P(first | second)
  FeatureKind kind = FeatureKind::kWord;
};

// The pairs that anchors show: same numbers, names, marks.
std::vector<WordPair> AnchorPairs(const VersionText& first,
                                  const VersionText& second);

// The pairs that a lexicon knows. `lexicon` is of the versions' languages in
// alphabetical order; `swapped` when that is not the order of the versions.
struct LexiconView {
  const LexiconPair* lexicon = nullptr;  // Null: nothing is known.
  bool swapped = false;
};
struct LexiconWords {
  std::vector<WordPair> pairs;
  // How likely each word has a known translation beside it, 0 to 1.
  std::vector<float> first_reliability;
  std::vector<float> second_reliability;
};
LexiconWords FindInLexicon(const VersionText& first, const VersionText& second,
                           const LexiconView& view);

// Of several pairs of the same words the most likely counts. `known` adds how
// reliable words are whose translations are missing.
Translations MakeTranslations(const VersionText& first,
                              const VersionText& second,
                              std::vector<WordPair> pairs,
                              const LexiconWords& known);

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_TRANSLATIONS_H_
