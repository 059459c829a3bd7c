// The cheapest way to turn one sequence of tokens into another, where edits of
// different things cost differently (Wagner and Fischer 1974, with Ukkonen's
// cut-off of 1985). Long texts that differ much are first divided at anchors.
#ifndef TERCET_SERVICE_MATCH_ALIGNMENT_H_
#define TERCET_SERVICE_MATCH_ALIGNMENT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "service/text/analysis.h"

namespace tercet {

// Costs in hundredths of a word; docs/scoring.md explains each.
inline constexpr int kWordCost = 100;
inline constexpr int kInflectionCost = 50;
inline constexpr int kPlaceableCost = 10;
inline constexpr int kTagCost = 5;
inline constexpr int kPunctuationCost = 5;
inline constexpr int kLetterFormCost = 2;
inline constexpr int kSpacingCost = 1;
// Tokens of different sorts (a word, a mark) are never paired.
inline constexpr int kNeverPaired = -1;

// The cost of a token that only one side has.
int GapCost(const Token& token);

// The cost of `stored` in the place of `query`, or kNeverPaired.
int PairCost(const Token& stored, const Token& query);

// One step of an alignment: a pair, or a token that only one side has.
struct AlignmentStep {
  enum class Kind : uint8_t { kPair, kStoredOnly, kQueryOnly };

  Kind kind = Kind::kPair;
  uint32_t stored = 0;  // Index into the stored tokens; where kQueryOnly, of
                        // the next one.
  uint32_t query = 0;   // Likewise.

  friend bool operator==(const AlignmentStep&, const AlignmentStep&) = default;
};

// Steps in order, which take every token once, and what they cost.
struct Alignment {
  int cost = 0;
  std::vector<AlignmentStep> steps;

  friend bool operator==(const Alignment&, const Alignment&) = default;
};

// The alignment of the least cost; among several, always the same one. Where
// finding it would take a table of more than four million cells (texts of some
// 2,000 tokens that have little in common, longer ones that have more), the
// texts are divided at stretches that occur once in each of them, and the cost
// may be more than the least. Takes time in proportion to the lengths and the
// cost, and less than a second for the longest texts.
Alignment Align(std::span<const Token> stored, std::span<const Token> query);

// The same where it costs at most `max_cost`; else nullopt, often long before
// it is known what it costs.
std::optional<Alignment> AlignWithin(std::span<const Token> stored,
                                     std::span<const Token> query,
                                     int max_cost);

}  // namespace tercet

#endif  // TERCET_SERVICE_MATCH_ALIGNMENT_H_
