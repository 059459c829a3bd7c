// The score of a stored segment against a query, as docs/scoring.md defines it.
// Pure functions; thread-safe.
#ifndef TERCET_SERVICE_MATCH_SCORE_H_
#define TERCET_SERVICE_MATCH_SCORE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "service/match/alignment.h"
#include "service/model/unit.h"
#include "service/text/analysis.h"

namespace tercet {

// The version of the formula; goes up with every change of any score.
inline constexpr int kScoringVersion = 3;

// What kind of match it is, best last. DO NOT CHANGE the order.
enum class MatchKind : uint8_t {
  kFuzzy = 1,           // Some word differs.
  kNearExact = 2,       // No word differs, something smaller does.
  kExact = 3,           // Same text, same tags.
  kExactInContext = 4,  // And the neighbours or the key agree.
};

// What differs at one place.
enum class EditWhat : uint8_t {
  kWord = 1,
  kInflection = 2,
  kPlaceable = 3,
  kTag = 4,
  kPunctuation = 5,
  kLetterForm = 6,
  kSpacing = 7,
};

enum class EditOp : uint8_t { kInsert = 1, kDelete = 2, kReplace = 3 };

// One difference. Spans are bytes of the segments' texts, ends exclusive. A tag
// has an empty span at its place; so has the side that lacks something.
struct Edit {
  EditOp op = EditOp::kReplace;
  EditWhat what = EditWhat::kWord;
  size_t stored_begin = 0;
  size_t stored_end = 0;
  size_t query_begin = 0;
  size_t query_end = 0;
  int cost = 0;  // In hundredths of a word.

  friend bool operator==(const Edit&, const Edit&) = default;
};

// How much the texts are alike.
struct TextScore {
  MatchKind kind = MatchKind::kFuzzy;  // Never kExactInContext.
  int score = 0;                       // 0 to 100.
  int cost = 0;                        // Of the edits, in hundredths of a word.
};

// A score with what it was worked out by: the cheapest way from one text to the
// other. Of exact matches that is empty.
struct Comparison {
  TextScore text;
  Alignment alignment;
};

// Compares two texts. `stored` and `query` are analysed in the same language.
Comparison CompareTexts(const Analysis& stored, const Analysis& query);
// The same where the score is at least `least_score`; else nullopt, for less
// work.
std::optional<Comparison> CompareTexts(const Analysis& stored,
                                       const Analysis& query, int least_score);

// The score alone.
TextScore ScoreTexts(const Analysis& stored, const Analysis& query);

// The edits that turn `stored` into `query`, in order, neighbours of one sort
// joined; empty for exact matches and only for those. Their costs add up to the
// score's. `alignment` is that of their comparison.
std::vector<Edit> ExplainTexts(const Analysis& stored, const Analysis& query,
                               const Alignment& alignment);

// What a match scores in which some word differs: the edits cost `cost`
// hundredths of a word, the longer segment has `length` words. REQUIRES:
// length > 0.
int FuzzyScore(int64_t cost, int64_t length);

// The best score that any pair of segments can have whose longer one has
// `length` words, and whose words (stems, classes of placeables) are
// `distance` edits apart. Not increasing in `distance`. docs/scoring.md proves
// that ScoreTexts never exceeds it. REQUIRES: 0 <= distance <= length.
int ScoreBound(uint32_t distance, uint32_t length);

// The greatest distance whose ScoreBound at `length` is at least `min_score`.
// REQUIRES: 1 <= min_score <= 100.
uint32_t MaxDistance(uint32_t length, int min_score);

// Points taken off a text score, with the reason (kebab-case, stable).
struct Penalty {
  std::string_view reason;
  int points = 0;

  friend bool operator==(const Penalty&, const Penalty&) = default;
};

inline constexpr Penalty kSourceRegionPenalty = {"source-region", 1};
inline constexpr Penalty kTargetRegionPenalty = {"target-region", 1};
inline constexpr Penalty kAlignedPenalty = {"aligned", 3};
inline constexpr Penalty kDraftPenalty = {"draft", 2};

// The penalty for what a unit's state is, if there is one.
std::optional<Penalty> StatePenalty(UnitState state);

}  // namespace tercet

#endif  // TERCET_SERVICE_MATCH_SCORE_H_
