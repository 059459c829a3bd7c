#include "tests/support/plain_score.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "service/text/icu.h"

namespace tercet {
namespace {

using Tokens = std::span<const Token>;

constexpr int kNever = std::numeric_limits<int>::max() / 4;

bool IsWord(const Token& token) {
  return token.kind == TokenKind::kWord || token.kind == TokenKind::kPlaceable;
}

// "Same text, same tags."
bool SameSegment(const Segment& a, const Segment& b) {
  const auto same_code = [](const InlineCode& x, const InlineCode& y) {
    return x.kind == y.kind && x.offset == y.offset;
  };
  return std::ranges::equal(a.codes, b.codes, same_code) &&
         unicode::ToNfc(a.text) == unicode::ToNfc(b.text);
}

std::vector<size_t> WordPlaces(Tokens tokens) {
  std::vector<size_t> places;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (IsWord(tokens[i])) places.push_back(i);
  }
  return places;
}

bool SameWord(const Token& a, const Token& b) {
  if (a.kind != b.kind) return false;
  return a.kind == TokenKind::kWord ? a.form == b.form : a.stem == b.stem;
}

// The table of edits, in hundredths of a word.
int PriceOfOne(const Token& token) { return IsWord(token) ? 100 : 5; }

int PriceOfPair(const Token& a, const Token& b) {
  const int space = a.space_before == b.space_before ? 0 : 1;
  if (IsWord(a) && IsWord(b) && a.kind != b.kind) return 100 + space;
  if (a.kind != b.kind) return kNever;
  if (a.raw == b.raw) return space;
  if (a.form == b.form) return 2 + space;
  if (!IsWord(a)) return 5 + space;
  if (a.stem != b.stem) return 100 + space;
  return (a.kind == TokenKind::kWord ? 50 : 10) + space;
}

using Table = std::vector<std::vector<int>>;

Table PriceTable(Tokens a, Tokens b) {
  Table table(a.size() + 1, std::vector<int>(b.size() + 1, kNever));
  table[0][0] = 0;
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      int& here = table[i][j];
      if (i > 0) here = std::min(here, table[i - 1][j] + PriceOfOne(a[i - 1]));
      if (j > 0) here = std::min(here, table[i][j - 1] + PriceOfOne(b[j - 1]));
      if (i > 0 && j > 0) {
        here = std::min(here,
                        table[i - 1][j - 1] + PriceOfPair(a[i - 1], b[j - 1]));
      }
    }
  }
  return table;
}

// The table's last cell, with no more than two rows at a time.
int Price(Tokens a, Tokens b) {
  std::vector<int> above(b.size() + 1);
  for (size_t j = 0; j < b.size(); ++j)
    above[j + 1] = above[j] + PriceOfOne(b[j]);
  std::vector<int> row(b.size() + 1);
  for (const Token& token : a) {
    row[0] = above[0] + PriceOfOne(token);
    for (size_t j = 0; j < b.size(); ++j) {
      row[j + 1] =
          std::min({above[j + 1] + PriceOfOne(token), row[j] + PriceOfOne(b[j]),
                    above[j] + PriceOfPair(token, b[j])});
    }
    std::swap(above, row);
  }
  return above.back();
}

// REQUIRES: token is no word.
EditWhat SortOf(const Token& token) {
  if (token.kind == TokenKind::kPlaceable) return EditWhat::kPlaceable;
  return token.kind == TokenKind::kTag ? EditWhat::kTag
                                       : EditWhat::kPunctuation;
}

// What differs between two texts with the same words.
struct SmallDifferences {
  int price = 0;
  std::set<EditWhat> sorts;

  void AddOne(const Token& token) {
    price += PriceOfOne(token);
    sorts.insert(SortOf(token));
  }

  void AddPair(const Token& a, const Token& b) {
    price += PriceOfPair(a, b);
    if (a.space_before != b.space_before) sorts.insert(EditWhat::kSpacing);
    if (a.raw == b.raw) return;
    if (a.form == b.form) {
      sorts.insert(EditWhat::kLetterForm);
    } else {
      sorts.insert(SortOf(a));
    }
  }

  // The marks and tags between two words. Among readings of the same price: the
  // same at the front, the same at the back, then pairs from the back.
  void AddBetween(Tokens a, Tokens b) {
    const auto same = [](const Token& x, const Token& y) {
      return x.kind == y.kind && PriceOfPair(x, y) == 0;
    };
    while (!a.empty() && !b.empty() && same(a.front(), b.front())) {
      a = a.subspan(1);
      b = b.subspan(1);
    }
    const Table table = PriceTable(a, b);
    size_t i = a.size();
    size_t j = b.size();
    while (i > 0 || j > 0) {
      if (i > 0 && j > 0 &&
          table[i][j] ==
              table[i - 1][j - 1] + PriceOfPair(a[i - 1], b[j - 1])) {
        AddPair(a[--i], b[--j]);
      } else if (i > 0 &&
                 table[i][j] == table[i - 1][j] + PriceOfOne(a[i - 1])) {
        AddOne(a[--i]);
      } else {
        AddOne(b[--j]);
      }
    }
  }
};

SmallDifferences FindSmallDifferences(Tokens a, Tokens b,
                                      const std::vector<size_t>& words_a,
                                      const std::vector<size_t>& words_b) {
  SmallDifferences differences;
  size_t i = 0;
  size_t j = 0;
  for (size_t word = 0; word <= words_a.size(); ++word) {
    const bool last = word == words_a.size();
    const size_t end_a = last ? a.size() : words_a[word];
    const size_t end_b = last ? b.size() : words_b[word];
    differences.AddBetween(a.subspan(i, end_a - i), b.subspan(j, end_b - j));
    if (!last) differences.AddPair(a[end_a], b[end_b]);
    i = end_a + 1;
    j = end_b + 1;
  }
  return differences;
}

}  // namespace

TextScore PlainScore(const Segment& stored, const Analysis& stored_analysis,
                     const Segment& query, const Analysis& query_analysis) {
  if (SameSegment(stored, query)) return {MatchKind::kExact, 100, 0};
  const Tokens a = stored_analysis.tokens;
  const Tokens b = query_analysis.tokens;
  const std::vector<size_t> words_a = WordPlaces(a);
  const std::vector<size_t> words_b = WordPlaces(b);
  if (std::ranges::equal(words_a, words_b, [&](size_t i, size_t j) {
        return SameWord(a[i], b[j]);
      })) {
    const SmallDifferences differences =
        FindSmallDifferences(a, b, words_a, words_b);
    // Without any it is white space that no token tells of.
    const size_t sorts = std::max<size_t>(1, differences.sorts.size());
    return {MatchKind::kNearExact, 100 - static_cast<int>(sorts),
            differences.price};
  }
  const int price = Price(a, b);
  const auto length =
      static_cast<double>(std::max(words_a.size(), words_b.size()));
  const double score = std::floor(100.0 - price / length + 0.5);
  return {MatchKind::kFuzzy, static_cast<int>(std::clamp(score, 0.0, 94.0)),
          price};
}

}  // namespace tercet
