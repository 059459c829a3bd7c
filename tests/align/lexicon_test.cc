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
  const std::vector<uint32_t> first_keys = {KeyOf(first, "en")};
  const std::vector<uint32_t> second_keys = {KeyOf(second, "es")};
  const KnownWords known = pair->Find(first_keys, second_keys);
  return known.translations.empty() ? 0 : known.translations[0].forward;
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

TEST(Lexicon, LearnsEachLanguageFromEach) {
  Lexicon lexicon;
  Lexicon pairs;
  for (int i = 0; i < 3; ++i) {
    const std::vector<LanguageText> texts = {
        {"zh", "房子"}, {"en", "the house"}, {"es", "la casa"}};
    lexicon.Learn(texts);
    pairs.Learn({"en", "the house"}, {"es", "la casa"});
  }
  EXPECT_EQ(Probability(lexicon, "house", "casa"),
            Probability(pairs, "house", "casa"));
  EXPECT_NE(lexicon.Find("es", "zh"), nullptr);
  EXPECT_NE(lexicon.Find("en", "zh"), nullptr);
}

// What is found is that of the word asked for, wherever it is in the lists.
TEST(LexiconPair, TellsOfListsOfWords) {
  LexiconPair pair;
  for (int i = 0; i < 5; ++i) {
    pair.Learn(std::vector<uint32_t>{1}, std::vector<uint32_t>{11});
    pair.Learn(std::vector<uint32_t>{2}, std::vector<uint32_t>{12});
  }
  const KnownWords known = pair.Find(std::vector<uint32_t>{99, 2, 1},
                                     std::vector<uint32_t>{12, 77, 11});
  ASSERT_EQ(known.translations.size(), 2u);
  EXPECT_EQ(known.translations[0].first, 1u);
  EXPECT_EQ(known.translations[0].second, 0u);
  EXPECT_GT(known.translations[0].forward, 0.5);
  EXPECT_EQ(known.translations[1].first, 2u);
  EXPECT_EQ(known.translations[1].second, 2u);
  EXPECT_EQ(known.first_reliability[0], 0);
  EXPECT_GT(known.first_reliability[1], 0.5);
  EXPECT_EQ(known.second_reliability[1], 0);
  EXPECT_GT(known.second_reliability[2], 0.5);
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
