#include "bench/align/baselines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "service/base/utf8.h"
#include "service/text/icu.h"
#include "service/text/tokenize.h"

namespace tercet::bench {
namespace {

std::vector<std::string_view> Flat(const DocumentVersion& version) {
  std::vector<std::string_view> sentences;
  for (const auto& paragraph : version.paragraphs) {
    sentences.insert(sentences.end(), paragraph.begin(), paragraph.end());
  }
  return sentences;
}

struct Shape {
  uint32_t first;
  uint32_t second;
};

constexpr std::array<Shape, 6> kShapes = {
    {{1, 1}, {1, 0}, {0, 1}, {2, 1}, {1, 2}, {2, 2}}};

// The cost of taking units [i, i + shape.first) and [j, j + shape.second).
using Cost = std::function<double(uint32_t i, uint32_t j, const Shape& shape)>;

// The cheapest path over the whole plane.
std::vector<BeadRanges> Cheapest(uint32_t n, uint32_t m, const Cost& cost) {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  const auto index = [m](uint32_t i, uint32_t j) {
    return static_cast<size_t>(i) * (m + 1) + j;
  };
  std::vector<double> best(index(n, m) + 1, kNever);
  std::vector<uint8_t> shape_to(best.size());
  best[0] = 0;
  for (uint32_t i = 0; i <= n; ++i) {
    for (uint32_t j = 0; j <= m; ++j) {
      if (best[index(i, j)] == kNever) continue;
      for (uint8_t k = 0; k < kShapes.size(); ++k) {
        const uint32_t to_i = i + kShapes[k].first;
        const uint32_t to_j = j + kShapes[k].second;
        if (to_i > n || to_j > m) continue;
        const double sum = best[index(i, j)] + cost(i, j, kShapes[k]);
        if (sum < best[index(to_i, to_j)]) {
          best[index(to_i, to_j)] = sum;
          shape_to[index(to_i, to_j)] = k;
        }
      }
    }
  }
  std::vector<BeadRanges> beads;
  while (n > 0 || m > 0) {
    const Shape& shape = kShapes[shape_to[index(n, m)]];
    beads.push_back({{n - shape.first, n}, {m - shape.second, m}});
    n -= shape.first;
    m -= shape.second;
  }
  std::ranges::reverse(beads);
  return beads;
}

std::vector<double> SumsOfLengths(std::span<const std::string_view> sentences) {
  std::vector<double> sums = {0};
  for (const std::string_view sentence : sentences) {
    sums.push_back(sums.back() +
                   static_cast<double>(CountCodePoints(sentence)));
  }
  return sums;
}

// Gale and Church's figures: -100 * log of the probability of each shape, and
// the variance of a character.
double GaleChurchPrior(const Shape& shape) {
  if (shape.first == 1 && shape.second == 1) return -std::log(0.89);
  if (shape.first == 0 || shape.second == 0) return -std::log(0.0099 / 2);
  if (shape.first == 2 && shape.second == 2) return -std::log(0.011);
  return -std::log(0.089 / 2);
}

double GaleChurchDistance(double first, double second, double proportion) {
  constexpr double kVariance = 6.8;
  if (first == 0 && second == 0) return 0;
  const double mean = (first + second / proportion) / 2;
  const double z =
      std::abs(proportion * first - second) / std::sqrt(kVariance * mean);
  const double tail = std::erfc(z / std::sqrt(2.0));  // Both tails.
  return -std::log(std::max(tail, 1e-300));
}

// Words as numbers, ascending, each once.
using Words = std::vector<uint32_t>;

// The words of sentences as hunalign sees them: what stands between spaces and
// marks, in lower case; each Han character. The same word has one number in
// both languages.
class Vocabulary {
 public:
  Words Number(std::string_view sentence) {
    Words words;
    for (const TokenSpan& span : Tokenize(sentence)) {
      if (span.kind == SpanKind::kPunctuation) continue;
      std::string word;
      for (size_t i = span.begin; i < span.end;) {
        AppendUtf8(word, unicode::FoldCharacter(DecodeUtf8(sentence, &i)));
      }
      words.push_back(
          numbers_.emplace(word, static_cast<uint32_t>(numbers_.size()))
              .first->second);
    }
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
  }

  size_t size() const { return numbers_.size(); }

 private:
  std::map<std::string, uint32_t> numbers_;
};

// A version's sentences, and each with the next one.
struct NumberedText {
  std::vector<Words> single;
  std::vector<Words> with_next;

  const Words& At(uint32_t i, uint32_t count) const {
    return count == 1 ? single[i] : with_next[i];
  }
};

NumberedText NumberAll(std::span<const std::string_view> sentences,
                       Vocabulary& vocabulary) {
  NumberedText text;
  for (const std::string_view sentence : sentences) {
    text.single.push_back(vocabulary.Number(sentence));
  }
  for (size_t i = 0; i + 1 < text.single.size(); ++i) {
    Words both;
    std::ranges::set_union(text.single[i], text.single[i + 1],
                           std::back_inserter(both));
    text.with_next.push_back(std::move(both));
  }
  return text;
}

using Dictionary = std::vector<Words>;  // By word of the first version.

// How many words of `first` are in `second`, as they are or translated, against
// the mean number of words: hunalign's token similarity.
double TokenSimilarity(const Words& first, const Words& second,
                       const Dictionary& dictionary) {
  if (first.empty() || second.empty()) return 0;
  const auto has = [&second](uint32_t word) {
    return std::ranges::binary_search(second, word);
  };
  double hits = 0;
  for (const uint32_t word : first) {
    if (has(word) || std::ranges::any_of(dictionary[word], has)) ++hits;
  }
  return 2 * hits / static_cast<double>(first.size() + second.size());
}

double LengthSimilarity(double first, double second) {
  if (first <= 0 || second <= 0) return 0;
  return std::min(first, second) / std::max(first, second);
}

// Word pairs that occur together much oftener than apart, from 1-1 beads: an
// association score (Dice) over half, seen twice at least, as in hunalign.
Dictionary LearnDictionary(
    std::span<const BeadRanges> beads, const NumberedText& first,
    const NumberedText& second, size_t vocabulary_size,
    const std::function<double(uint32_t, uint32_t)>& quality) {
  constexpr double kSure = 0.5;
  constexpr double kLeastDice = 0.5;
  std::vector<int> first_counts(vocabulary_size);
  std::vector<int> second_counts(vocabulary_size);
  std::vector<std::unordered_map<uint32_t, int>> together(vocabulary_size);
  for (const BeadRanges& bead : beads) {
    if (bead[0].size() != 1 || bead[1].size() != 1) continue;
    if (quality(bead[0].begin, bead[1].begin) < kSure) continue;
    const Words& second_words = second.single[bead[1].begin];
    for (const uint32_t a : first.single[bead[0].begin]) {
      ++first_counts[a];
      for (const uint32_t b : second_words) ++together[a][b];
    }
    for (const uint32_t b : second_words) ++second_counts[b];
  }
  Dictionary dictionary(vocabulary_size);
  for (uint32_t a = 0; a < vocabulary_size; ++a) {
    for (const auto& [b, count] : together[a]) {
      const double dice = 2.0 * count / (first_counts[a] + second_counts[b]);
      if (count >= 2 && dice >= kLeastDice) dictionary[a].push_back(b);
    }
  }
  return dictionary;
}

}  // namespace

std::vector<BeadRanges> GaleChurch(const DocumentVersion& first,
                                   const DocumentVersion& second) {
  const std::vector<double> a = SumsOfLengths(Flat(first));
  const std::vector<double> b = SumsOfLengths(Flat(second));
  const double proportion =
      a.back() > 0 && b.back() > 0 ? b.back() / a.back() : 1;
  return Cheapest(
      static_cast<uint32_t>(a.size() - 1), static_cast<uint32_t>(b.size() - 1),
      [&](uint32_t i, uint32_t j, const Shape& shape) {
        return GaleChurchPrior(shape) +
               GaleChurchDistance(a[i + shape.first] - a[i],
                                  b[j + shape.second] - b[j], proportion);
      });
}

std::vector<BeadRanges> LengthAndDictionary(const DocumentVersion& first,
                                            const DocumentVersion& second) {
  const std::vector<std::string_view> a = Flat(first);
  const std::vector<std::string_view> b = Flat(second);
  const std::vector<double> a_sums = SumsOfLengths(a);
  const std::vector<double> b_sums = SumsOfLengths(b);
  const double proportion =
      a_sums.back() > 0 ? b_sums.back() / a_sums.back() : 1;
  Vocabulary vocabulary;
  const NumberedText a_words = NumberAll(a, vocabulary);
  const NumberedText b_words = NumberAll(b, vocabulary);

  Dictionary dictionary(vocabulary.size());
  const auto similarity = [&](uint32_t i, uint32_t j, const Shape& shape) {
    const double words = TokenSimilarity(
        a_words.At(i, shape.first), b_words.At(j, shape.second), dictionary);
    const double lengths =
        LengthSimilarity(proportion * (a_sums[i + shape.first] - a_sums[i]),
                         b_sums[j + shape.second] - b_sums[j]);
    return words + lengths;
  };
  const auto cost = [&](uint32_t i, uint32_t j, const Shape& shape) {
    constexpr double kSkipPenalty = 0.3;
    constexpr double kMergePenalty = 0.1;
    if (shape.first == 0 || shape.second == 0) return kSkipPenalty;
    const double merged = shape.first + shape.second - 2;
    return kMergePenalty * merged -
           similarity(i, j, shape) * (shape.first + shape.second) / 2.0;
  };
  const auto n = static_cast<uint32_t>(a.size());
  const auto m = static_cast<uint32_t>(b.size());
  const std::vector<BeadRanges> draft = Cheapest(n, m, cost);
  dictionary = LearnDictionary(draft, a_words, b_words, vocabulary.size(),
                               [&](uint32_t i, uint32_t j) {
                                 return similarity(i, j, {1, 1}) / 2;
                               });
  return Cheapest(n, m, cost);
}

std::vector<BeadRanges> ComposePairs(std::span<const BeadRanges> seconds,
                                     std::span<const BeadRanges> thirds) {
  std::vector<BeadRanges> beads;
  auto second = seconds.begin();
  auto third = thirds.begin();
  uint32_t second_next = 0;
  uint32_t third_next = 0;
  while (second != seconds.end() || third != thirds.end()) {
    if (second != seconds.end() && (*second)[0].size() == 0) {
      second_next = (*second)[1].end;
      beads.push_back({(*second)[0], (*second)[1], {third_next, third_next}});
      ++second;
      continue;
    }
    if (third != thirds.end() && (*third)[0].size() == 0) {
      third_next = (*third)[1].end;
      beads.push_back({(*third)[0], {second_next, second_next}, (*third)[1]});
      ++third;
      continue;
    }
    // Both stand at the same sentence of the first version.
    BeadRanges bead = {(*second)[0], (*second)[1], (*third)[1]};
    uint32_t second_end = (*second++)[0].end;
    uint32_t third_end = (*third++)[0].end;
    while (second_end != third_end) {
      if (second_end < third_end) {
        second_end = (*second)[0].end;
        bead[1].end = (*second++)[1].end;
      } else {
        third_end = (*third)[0].end;
        bead[2].end = (*third++)[1].end;
      }
    }
    bead[0].end = second_end;
    second_next = bead[1].end;
    third_next = bead[2].end;
    beads.push_back(std::move(bead));
  }
  return beads;
}

}  // namespace tercet::bench
