#include "service/align/translations.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>

namespace tercet {
namespace {

// How likely a number, a name or a mark comes back in a translation.
constexpr float kNumberProbability = 0.8F;
constexpr float kCognateProbability = 0.6F;
constexpr float kMarkProbability = 0.5F;
// How far the absence of what the lexicon expects counts.
constexpr float kLexiconTrust = 0.8F;

// Common words that look alike say nothing and would cost much: at most so many
// words share an anchor.
constexpr size_t kMaxSharing = 16;

float AnchorProbability(FeatureKind kind) {
  switch (kind) {
    case FeatureKind::kNumber:
      return kNumberProbability;
    case FeatureKind::kMark:
      return kMarkProbability;
    default:
      return kCognateProbability;
  }
}

std::unordered_map<uint32_t, std::vector<uint32_t>> WordsByAnchor(
    const VersionText& text) {
  std::unordered_map<uint32_t, std::vector<uint32_t>> by_anchor;
  for (uint32_t i = 0; i < text.words.size(); ++i) {
    const uint32_t anchor = text.words[i].feature.anchor;
    if (anchor != 0) by_anchor[anchor].push_back(i);
  }
  return by_anchor;
}

std::vector<uint32_t> KeysOf(const VersionText& text) {
  std::vector<uint32_t> keys;
  keys.reserve(text.words.size());
  for (const VersionWord& word : text.words) keys.push_back(word.feature.word);
  return keys;
}

// What is expected in a translation although nothing in the other version
// stands for it: numbers, and words that the lexicon knows well.
void SetLeastReliability(const VersionText& text,
                         std::span<const float> known_reliability,
                         TranslationSide& side) {
  for (size_t i = 0; i < text.words.size(); ++i) {
    float least = kLexiconTrust * known_reliability[i];
    if (text.words[i].feature.kind == FeatureKind::kNumber) {
      least = kNumberProbability;
      side.kinds[i] = FeatureKind::kNumber;
    }
    side.reliability[i] = std::max(side.reliability[i], least);
  }
}

// Leaves the most likely of the pairs of the same words, in order.
void KeepBest(std::vector<WordPair>& pairs) {
  std::ranges::sort(pairs, [](const WordPair& a, const WordPair& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.second != b.second) return a.second < b.second;
    return a.forward + a.backward > b.forward + b.backward;
  });
  const auto same = [](const WordPair& a, const WordPair& b) {
    return a.first == b.first && a.second == b.second;
  };
  pairs.erase(std::unique(pairs.begin(), pairs.end(), same), pairs.end());
}

}  // namespace

std::vector<WordPair> AnchorPairs(const VersionText& first,
                                  const VersionText& second) {
  std::vector<WordPair> pairs;
  const auto by_anchor = WordsByAnchor(second);
  const auto own_by_anchor = WordsByAnchor(first);
  for (uint32_t i = 0; i < first.words.size(); ++i) {
    const Feature& feature = first.words[i].feature;
    const auto found = by_anchor.find(feature.anchor);
    if (feature.anchor == 0 || found == by_anchor.end()) continue;
    const size_t own_count = own_by_anchor.at(feature.anchor).size();
    const size_t count = found->second.size();
    if (own_count > kMaxSharing || count > kMaxSharing) continue;
    const float probability = AnchorProbability(feature.kind);
    for (const uint32_t other : found->second) {
      pairs.push_back({.first = i,
                       .second = other,
                       .forward = probability / static_cast<float>(count),
                       .backward = probability / static_cast<float>(own_count),
                       .kind = feature.kind});
    }
  }
  return pairs;
}

LexiconWords FindInLexicon(const VersionText& first, const VersionText& second,
                           const LexiconView& view) {
  LexiconWords words = {
      .first_reliability = std::vector<float>(first.words.size()),
      .second_reliability = std::vector<float>(second.words.size())};
  if (view.lexicon == nullptr) return words;
  const std::vector<uint32_t> first_keys = KeysOf(first);
  const std::vector<uint32_t> second_keys = KeysOf(second);
  KnownWords known = view.swapped ? view.lexicon->Find(second_keys, first_keys)
                                  : view.lexicon->Find(first_keys, second_keys);
  words.pairs.reserve(known.translations.size());
  for (const WordTranslation& translation : known.translations) {
    WordPair pair{.first = translation.first,
                  .second = translation.second,
                  .forward = translation.forward,
                  .backward = translation.backward};
    if (view.swapped) {
      std::swap(pair.first, pair.second);
      std::swap(pair.forward, pair.backward);
    }
    words.pairs.push_back(pair);
  }
  if (view.swapped)
    std::swap(known.first_reliability, known.second_reliability);
  words.first_reliability = std::move(known.first_reliability);
  words.second_reliability = std::move(known.second_reliability);
  return words;
}

Translations MakeTranslations(const VersionText& first,
                              const VersionText& second,
                              std::vector<WordPair> pairs,
                              const LexiconWords& known) {
  KeepBest(pairs);
  Translations result;
  for (auto [side, size] : {std::pair{&result.first, first.words.size()},
                            std::pair{&result.second, second.words.size()}}) {
    side->counterparts.resize(size);
    side->reliability.resize(size);
    side->kinds.resize(size);
  }
  std::vector<float> first_best(first.words.size());
  std::vector<float> second_best(second.words.size());
  const auto add = [](TranslationSide& side, std::vector<float>& best,
                      const Counterpart& counterpart, const WordPair& pair,
                      uint32_t word, float probability) {
    side.counterparts[word].push_back(counterpart);
    side.reliability[word] =
        std::min(1.0F, side.reliability[word] + probability);
    if (probability > best[word]) {
      best[word] = probability;
      side.kinds[word] = pair.kind;
    }
  };
  for (const WordPair& pair : pairs) {
    add(result.first, first_best,
        {pair.second, pair.forward / second.words[pair.second].frequency}, pair,
        pair.first, pair.forward);
    add(result.second, second_best,
        {pair.first, pair.backward / first.words[pair.first].frequency}, pair,
        pair.second, pair.backward);
  }
  SetLeastReliability(first, known.first_reliability, result.first);
  SetLeastReliability(second, known.second_reliability, result.second);
  return result;
}

}  // namespace tercet
