#include "service/match/alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "service/base/utf8.h"
#include "service/text/analysis.h"

namespace tercet {
namespace {

using Tokens = std::vector<Token>;

Tokens TokensOf(std::string text, std::string_view language = "en") {
  return Analyze({.text = std::move(text)}, language).tokens;
}

std::string RepeatedText(std::string_view piece, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += piece;
  return text;
}

// The textbook table, with nothing left out.
int SlowCost(const Tokens& a, const Tokens& b) {
  std::vector<std::vector<int>> cost(a.size() + 1,
                                     std::vector<int>(b.size() + 1, 0));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 && j == 0) continue;
      int best = 1 << 30;
      if (i > 0) best = std::min(best, cost[i - 1][j] + GapCost(a[i - 1]));
      if (j > 0) best = std::min(best, cost[i][j - 1] + GapCost(b[j - 1]));
      if (i > 0 && j > 0) {
        const int pair = PairCost(a[i - 1], b[j - 1]);
        if (pair != kNeverPaired) {
          best = std::min(best, cost[i - 1][j - 1] + pair);
        }
      }
      cost[i][j] = best;
    }
  }
  return cost[a.size()][b.size()];
}

// What the steps cost; fails unless they take every token once, in order.
int CheckedCost(const Tokens& a, const Tokens& b,
                const std::vector<AlignmentStep>& steps) {
  size_t i = 0;
  size_t j = 0;
  int cost = 0;
  for (const AlignmentStep& step : steps) {
    EXPECT_EQ(step.stored, i);
    EXPECT_EQ(step.query, j);
    switch (step.kind) {
      case AlignmentStep::Kind::kPair: {
        const int pair = PairCost(a[i++], b[j++]);
        EXPECT_NE(pair, kNeverPaired);
        cost += pair;
        break;
      }
      case AlignmentStep::Kind::kStoredOnly:
        cost += GapCost(a[i++]);
        break;
      case AlignmentStep::Kind::kQueryOnly:
        cost += GapCost(b[j++]);
        break;
    }
  }
  EXPECT_EQ(i, a.size());
  EXPECT_EQ(j, b.size());
  return cost;
}

// Words, their forms, numbers, marks, in any order, so that all costs occur.
std::string RandomText(size_t length, std::mt19937& random) {
  static constexpr const char* kPieces[] = {
      "trade", "Trade", "trades",       "talks",  "talk",  "the", "The",
      "12",    "13",    "1,000",        ",",      ".",     "\"",  "“",
      "-",     "–",     "http://a.org", "floods", "flood", "x"};
  std::string text;
  for (size_t i = 0; i < length; ++i) {
    if (random() % 4 != 0) text += ' ';
    text += kPieces[random() % std::size(kPieces)];
  }
  return text;
}

TEST(PairCost, ChargesByWhatDiffers) {
  struct Case {
    const char* a;
    const char* b;
    int cost;
  };
  constexpr Case kCases[] = {
      {"trade", "trade", 0},
      {"trade", "Trade", kLetterFormCost},
      {"country", "countries", kInflectionCost},
      {"country", "county", kWordCost},
      {"12", "13", kPlaceableCost},
      {"12", "１２", kLetterFormCost},
      {"12", "twelve", kLetterFormCost},
      {"52%", "52 per cent", kLetterFormCost},
      {"52%", "53%", kPlaceableCost},
      {"52%", "52", kWordCost},
      {"May 5", "June 6", kPlaceableCost},
      {"May 5", "May 5, 2008", kWordCost},
      {"12", "dozens", kWordCost},
      {"12", "https://example.org", kWordCost},
      {"x.", "x!", kPunctuationCost},
      {"x\"", "x”", kLetterFormCost},
      {" x", "x", kSpacingCost},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(PairCost(TokensOf(c.a).back(), TokensOf(c.b).back()), c.cost)
        << c.a << " / " << c.b;
  }
  EXPECT_EQ(PairCost(TokensOf("x.").back(), TokensOf("x").back()),
            kNeverPaired);
}

TEST(Align, CostsTheLeast) {
  for (uint32_t seed = 0; seed < 1500; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    const Tokens a = TokensOf(RandomText(random() % 25, random));
    const Tokens b = TokensOf(RandomText(random() % 25, random));
    const int least = SlowCost(a, b);
    EXPECT_EQ(Align(a, b).cost, least);
    EXPECT_EQ(CheckedCost(a, b, Align(a, b).steps), least);
  }
}

// Long, but alike: still the least cost.
TEST(Align, CostsTheLeastOnLongTexts) {
  std::mt19937 random(11);
  const std::string text = RandomText(3000, random);
  std::string other = text;
  for (size_t i = 0; i + 20 < other.size(); i += 611) {
    other.replace(i, 9, random() % 2 == 0 ? " inserted words here " : "");
  }
  const Tokens a = TokensOf(text);
  const Tokens b = TokensOf(other);
  const int least = SlowCost(a, b);
  EXPECT_EQ(Align(a, b).cost, least);
  EXPECT_EQ(CheckedCost(a, b, Align(a, b).steps), least);
}

TEST(Align, IsTheSameOnEveryCall) {
  std::mt19937 random(3);
  const Tokens a = TokensOf(RandomText(200, random));
  const Tokens b = TokensOf(RandomText(200, random));
  EXPECT_EQ(Align(a, b), Align(a, b));
}

// 20,000 tokens with a few edits: in proportion to the edits, not squared
// (which would be 400 million cells).
TEST(Align, IsFastOnLongTextsThatAreAlike) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "词";
  std::string other = text;
  other.replace(30'000, 3, "字");
  other.erase(9'000, 9);
  const Tokens a = TokensOf(text, "zh");
  const Tokens b = TokensOf(other, "zh");
  EXPECT_EQ(Align(a, b).cost, 4 * kWordCost);
  EXPECT_EQ(CheckedCost(a, b, Align(a, b).steps), 4 * kWordCost);
}

// What the adversary sends: long, and much of it different. The texts are
// divided at anchors; the whole table would have 1.6 billion cells.
TEST(Align, DividesLongTextsThatDifferMuch) {
  std::mt19937 random(5);
  std::string text;
  std::string other;
  int edits = 0;
  for (int i = 0; i < 40'000; ++i) {
    AppendUtf8(text, 0x4E00 + random() % 3000);
    if (random() % 5 != 0) {
      other += text.substr(text.size() - 3);
    } else if (++edits % 2 == 0) {
      AppendUtf8(other, 0x4E00 + random() % 3000);
    }
  }
  const Tokens a = TokensOf(text, "zh");
  const Tokens b = TokensOf(other, "zh");
  const Alignment alignment = Align(a, b);
  EXPECT_EQ(CheckedCost(a, b, alignment.steps), alignment.cost);
  // Hardly more than what was done to it.
  EXPECT_LE(alignment.cost, edits * kWordCost * 21 / 20);
  // A limit that is enough changes nothing.
  EXPECT_EQ(AlignWithin(a, b, alignment.cost), alignment);
  EXPECT_EQ(AlignWithin(a, b, alignment.cost - 1), std::nullopt);
  EXPECT_EQ(AlignWithin(a, b, alignment.cost / 9), std::nullopt);
}

// Nothing to divide at and no two tokens alike: every token stands alone.
TEST(Align, PairsNothingWhereThereIsNoAnchor) {
  const Tokens a = TokensOf(RepeatedText("甲乙", 10'000), "zh");
  const Tokens b = TokensOf(RepeatedText("丙丁", 10'000), "zh");
  const Alignment alignment = Align(a, b);
  EXPECT_EQ(CheckedCost(a, b, alignment.steps), alignment.cost);
  EXPECT_EQ(alignment.steps.size(), a.size() + b.size());
}

}  // namespace
}  // namespace tercet
