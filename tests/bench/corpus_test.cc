#include "bench/corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "bench/queries.h"

namespace tercet::bench {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Ge;
using ::testing::Le;
using ::testing::SizeIs;

constexpr size_t kRecombined = 5000;

// As many recombined units as real ones are few.
std::vector<Unit> Recombined(uint64_t seed) {
  Corpus corpus({.seed = seed});
  corpus.MakeUnits(corpus.real_count());
  return corpus.MakeUnits(kRecombined);
}

double MeanBytes(const std::vector<Unit>& units, size_t variant) {
  double sum = 0;
  for (const Unit& unit : units) {
    sum += static_cast<double>(unit.variants[variant].segment.text.size());
  }
  return sum / static_cast<double>(units.size());
}

TEST(Corpus, IsTheSameForTheSameSeed) {
  EXPECT_EQ(Recombined(1), Recombined(1));
  EXPECT_NE(Recombined(1), Recombined(2));
}

TEST(Corpus, HasNoTextTwiceInAnyLanguage) {
  Corpus corpus;
  const size_t count = corpus.real_count() + kRecombined;
  std::array<std::set<std::string>, kLanguages.size()> texts;
  for (const Unit& unit : corpus.MakeUnits(count)) {
    for (size_t i = 0; i < kLanguages.size(); ++i) {
      texts[i].insert(unit.variants[i].segment.text);
    }
  }
  EXPECT_THAT(texts, Each(SizeIs(count)));
}

TEST(Corpus, MakesUnitsWhenTheRealTextIsTooLittle) {
  Corpus corpus;
  const size_t count = corpus.real_count() * 4;
  if (count > 100'000) GTEST_SKIP() << "there is much real text here";
  std::set<std::string> texts;
  for (const Unit& unit : corpus.MakeUnits(count)) {
    texts.insert(unit.variants[0].segment.text);
  }
  EXPECT_THAT(texts, SizeIs(count));
}

TEST(Corpus, KeepsTheLengthsOfRealText) {
  Corpus corpus;
  const std::vector<Unit> real = corpus.MakeUnits(corpus.real_count());
  const std::vector<Unit> made = corpus.MakeUnits(kRecombined);
  for (size_t i = 0; i < kLanguages.size(); ++i) {
    EXPECT_THAT(MeanBytes(made, i) / MeanBytes(real, i),
                AllOf(Ge(0.8), Le(1.25)))
        << kLanguages[i];
  }
}

TEST(Corpus, LeavesChineseOutWhenAsked) {
  for (const Unit& unit : Corpus({.chinese = false}).MakeUnits(10)) {
    ASSERT_THAT(unit.variants, SizeIs(2));
    EXPECT_EQ(unit.variants[0].language.language(), "en");
    EXPECT_EQ(unit.variants[1].language.language(), "es");
  }
}

TEST(MakeQueries, AreTheSameForTheSameSeed) {
  const std::vector<Unit> units = Corpus().MakeUnits(100);
  const auto texts = [&](uint64_t seed) {
    std::vector<std::string> all;
    for (const LookupQuery& query :
         MakeQueries(units, {.language = "zh", .count = 50, .seed = seed})) {
      all.push_back(query.segment.text);
    }
    return all;
  };
  EXPECT_EQ(texts(3), texts(3));
  EXPECT_NE(texts(3), texts(4));
}

}  // namespace
}  // namespace tercet::bench
