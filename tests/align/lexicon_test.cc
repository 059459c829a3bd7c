#include "service/align/lexicon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "service/align/features.h"

namespace tercet {
namespace {

uint32_t KeyOf(std::string_view word, std::string_view language) {
  return ExtractFeatures(word, language).features.front().word;
}

// How likely `second` is as a translation of `first`.
float Probability(const Lexicon& lexicon, std::string_view first,
                  std::string_view second) {
  const LexiconPair* const pair = lexicon.Find("en", "es");
  if (pair == nullptr) return 0;
  for (const WordTranslation& translation :
       pair->Translations(KeyOf(first, "en"))) {
    if (translation.word == KeyOf(second, "es")) return translation.forward;
  }
  return 0;
}

Lexicon LearnFrom(const std::vector<std::pair<std::string, std::string>>& pairs,
                  int times) {
  Lexicon lexicon;
  for (int i = 0; i < times; ++i) {
    for (const auto& [en, es] : pairs) lexicon.Learn({"en", en}, {"es", es});
  }
  return lexicon;
}

const std::vector<std::pair<std::string, std::string>> kPairs = {
    {"the house", "la casa"},
    {"the book", "el libro"},
    {"a house", "una casa"},
    {"a book", "un libro"}};

TEST(Lexicon, LearnsWhichWordsTranslateEachOther) {
  const Lexicon lexicon = LearnFrom(kPairs, 5);
  EXPECT_GT(Probability(lexicon, "house", "casa"), 0.4);
  EXPECT_GT(Probability(lexicon, "house", "casa"),
            4 * Probability(lexicon, "house", "la"));
  EXPECT_EQ(Probability(lexicon, "house", "libro"), 0);
}

TEST(Lexicon, LearnsTheSameEitherWayRound) {
  const Lexicon lexicon = LearnFrom(kPairs, 5);
  Lexicon swapped;
  for (int i = 0; i < 5; ++i) {
    for (const auto& [en, es] : kPairs) swapped.Learn({"es", es}, {"en", en});
  }
  EXPECT_EQ(Probability(lexicon, "book", "libro"),
            Probability(swapped, "book", "libro"));
}

TEST(Lexicon, MergesWhatOthersLearnt) {
  Lexicon merged = LearnFrom({kPairs[0], kPairs[1]}, 5);
  EXPECT_EQ(Probability(merged, "tree", "árbol"), 0);
  merged.Merge(
      LearnFrom({{"a tree", "un árbol"}, {"the tree", "el árbol"}}, 5));
  EXPECT_GT(Probability(merged, "tree", "árbol"), 0.3);
  EXPECT_GT(Probability(merged, "house", "casa"), 0.2);
}

TEST(Lexicon, KnowsNothingOfOneLanguage) {
  Lexicon lexicon;
  lexicon.Learn({"en", "a house"}, {"en", "a home"});
  EXPECT_TRUE(lexicon.empty());
  EXPECT_EQ(lexicon.Find("en", "es"), nullptr);
}

// A million different words are not all remembered.
TEST(Lexicon, StaysBounded) {
  LexiconPair pair;
  std::vector<uint32_t> words(100);
  for (uint32_t i = 0; i < 12'000; ++i) {
    for (uint32_t j = 0; j < words.size(); ++j) words[j] = i * 100 + j + 1;
    const std::vector<uint32_t> one = {i % 7 + 1};
    pair.Learn(words, one);
  }
  EXPECT_LE(pair.words(), 500'000u);
  EXPECT_GT(pair.words(), 0u);
}

}  // namespace
}  // namespace tercet
