#include "service/match/score.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "service/match/alignment.h"

namespace tercet {
namespace {

constexpr int kExactScore = 100;
constexpr int kMaxFuzzyScore = 94;

uint32_t LongerLength(const Analysis& a, const Analysis& b) {
  return static_cast<uint32_t>(std::max(a.stems.size(), b.stems.size()));
}

// The indices of the tokens that count as words.
std::vector<size_t> WordIndices(const Analysis& analysis) {
  std::vector<size_t> indices;
  indices.reserve(analysis.stems.size());
  for (size_t i = 0; i < analysis.tokens.size(); ++i) {
    if (CountsAsWord(analysis.tokens[i].kind)) indices.push_back(i);
  }
  return indices;
}

// The same word, or placeables of one class.
bool SameWord(const Token& a, const Token& b) {
  if (a.kind != b.kind) return false;
  return a.kind == TokenKind::kPlaceable ? a.stem == b.stem : a.form == b.form;
}

// Whether not one word needs changing.
bool SameWords(const Analysis& stored, const Analysis& query) {
  if (stored.stems != query.stems) return false;
  const auto counts = [](const Token& t) { return CountsAsWord(t.kind); };
  auto a = stored.tokens.begin();
  auto b = query.tokens.begin();
  for (size_t i = 0; i < stored.stems.size(); ++i, ++a, ++b) {
    a = std::find_if(a, stored.tokens.end(), counts);
    b = std::find_if(b, query.tokens.end(), counts);
    if (!SameWord(*a, *b)) return false;
  }
  return true;
}

// Where words are the same each is aligned with its like, and what stands
// between two of them with what stands between the other two: no cheaper
// reading may pair a word with another one.
Alignment AlignBetweenWords(const Analysis& stored, const Analysis& query) {
  const std::span<const Token> a(stored.tokens);
  const std::span<const Token> b(query.tokens);
  std::vector<size_t> words_a = WordIndices(stored);
  std::vector<size_t> words_b = WordIndices(query);
  words_a.push_back(a.size());
  words_b.push_back(b.size());
  Alignment whole;
  AlignmentStep next;
  for (size_t word = 0; word < words_a.size(); ++word) {
    const Alignment between =
        Align(a.subspan(next.stored, words_a[word] - next.stored),
              b.subspan(next.query, words_b[word] - next.query));
    for (AlignmentStep step : between.steps) {
      step.stored += next.stored;
      step.query += next.query;
      whole.steps.push_back(step);
    }
    whole.cost += between.cost;
    next.stored = static_cast<uint32_t>(words_a[word]);
    next.query = static_cast<uint32_t>(words_b[word]);
    if (next.stored == a.size()) break;
    whole.cost += PairCost(a[next.stored], b[next.query]);
    whole.steps.push_back(next);
    ++next.stored;
    ++next.query;
  }
  return whole;
}

// What differs when a token stands on one side only.
EditWhat WhatOf(const Token& token) {
  switch (token.kind) {
    case TokenKind::kWord:
      return EditWhat::kWord;
    case TokenKind::kPlaceable:
      return EditWhat::kPlaceable;
    case TokenKind::kPunctuation:
      return EditWhat::kPunctuation;
    case TokenKind::kTag:
      return EditWhat::kTag;
  }
  return EditWhat::kWord;
}

// What differs between two tokens, white space before them apart.
std::optional<EditWhat> DifferenceOf(const Token& a, const Token& b) {
  if (a.kind != b.kind) return EditWhat::kWord;
  if (a.raw == b.raw) return std::nullopt;
  if (a.form == b.form) return EditWhat::kLetterForm;
  if (a.kind == TokenKind::kPlaceable && a.stem != b.stem) {
    return EditWhat::kWord;
  }
  if (a.kind == TokenKind::kWord && a.stem == b.stem) {
    return EditWhat::kInflection;
  }
  return WhatOf(a);
}

// Turns the steps of an alignment into edits.
class EditCollector {
 public:
  EditCollector(const Analysis& stored, const Analysis& query)
      : stored_(stored), query_(query) {}

  std::vector<Edit> Collect(const std::vector<AlignmentStep>& steps) {
    for (const AlignmentStep& step : steps) Add(step);
    if (edits_.empty()) AddOtherSpacing();
    return std::move(edits_);
  }

 private:
  static size_t EndBefore(const Analysis& analysis, size_t index) {
    return index == 0 ? 0 : analysis.tokens[index - 1].end;
  }

  void Add(const AlignmentStep& step) {
    switch (step.kind) {
      case AlignmentStep::Kind::kStoredOnly: {
        const Token& token = stored_.tokens[step.stored];
        const size_t place = EndBefore(query_, step.query);
        Append({EditOp::kDelete, WhatOf(token), token.begin, token.end, place,
                place, GapCost(token)});
        return;
      }
      case AlignmentStep::Kind::kQueryOnly: {
        const Token& token = query_.tokens[step.query];
        const size_t place = EndBefore(stored_, step.stored);
        Append({EditOp::kInsert, WhatOf(token), place, place, token.begin,
                token.end, GapCost(token)});
        return;
      }
      case AlignmentStep::Kind::kPair:
        AddPair(step);
        return;
    }
  }

  void AddPair(const AlignmentStep& step) {
    const Token& a = stored_.tokens[step.stored];
    const Token& b = query_.tokens[step.query];
    int cost = PairCost(a, b);
    if (a.space_before != b.space_before) {
      cost -= kSpacingCost;
      joinable_ = false;
      Append({b.space_before ? EditOp::kInsert : EditOp::kDelete,
              EditWhat::kSpacing, EndBefore(stored_, step.stored), a.begin,
              EndBefore(query_, step.query), b.begin, kSpacingCost});
    }
    const std::optional<EditWhat> what = DifferenceOf(a, b);
    if (!what.has_value()) {
      joinable_ = false;
      return;
    }
    Append({EditOp::kReplace, *what, a.begin, a.end, b.begin, b.end, cost});
  }

  // Joins the edit to the one before where nothing equal stands between.
  void Append(const Edit& edit) {
    if (joinable_ && !edits_.empty() && edits_.back().op == edit.op &&
        edits_.back().what == edit.what && edit.what != EditWhat::kSpacing) {
      Edit& last = edits_.back();
      last.stored_end = std::max(last.stored_end, edit.stored_end);
      last.query_end = std::max(last.query_end, edit.query_end);
      last.cost += edit.cost;
    } else {
      edits_.push_back(edit);
    }
    joinable_ = true;
  }

  // The tokens agree and yet the texts do not: the amount or kind of white
  // space differs, or characters that show nothing.
  void AddOtherSpacing() {
    const size_t count = stored_.tokens.size();
    for (size_t i = 0; i <= count; ++i) {
      const Edit edit = {EditOp::kReplace,      EditWhat::kSpacing,
                         EndBefore(stored_, i), BeginOf(stored_, i),
                         EndBefore(query_, i),  BeginOf(query_, i)};
      if (edit.stored_end - edit.stored_begin !=
          edit.query_end - edit.query_begin) {
        edits_.push_back(edit);
      }
    }
    if (edits_.empty()) {
      edits_.push_back({EditOp::kReplace, EditWhat::kSpacing, 0,
                        stored_.text_bytes, 0, query_.text_bytes});
    }
  }

  // Where token `index` begins; behind the last one, the text's end.
  static size_t BeginOf(const Analysis& analysis, size_t index) {
    return index == analysis.tokens.size() ? analysis.text_bytes
                                           : analysis.tokens[index].begin;
  }

  const Analysis& stored_;
  const Analysis& query_;
  std::vector<Edit> edits_;
  bool joinable_ = false;
};

// One point off for each sort of thing that differs.
Comparison CompareNearExact(const Analysis& stored, const Analysis& query) {
  Comparison comparison{.alignment = AlignBetweenWords(stored, query)};
  unsigned sorts = 0;
  for (const Edit& edit :
       EditCollector(stored, query).Collect(comparison.alignment.steps)) {
    sorts |= 1U << static_cast<unsigned>(edit.what);
  }
  comparison.text = {.kind = MatchKind::kNearExact,
                     .score = kExactScore - std::popcount(sorts),
                     .cost = comparison.alignment.cost};
  return comparison;
}

// The greatest cost whose FuzzyScore is at least `score`.
int MaxFuzzyCost(int64_t length, int score) {
  if (score > kMaxFuzzyScore) return -1;
  // (2 (100 n - c) + n) / 2n >= s  <=>  2 c <= 201 n - 2 n s.
  if (score <= 0) return std::numeric_limits<int>::max();
  return static_cast<int>((201 * length - 2 * length * score) / 2);
}

}  // namespace

std::optional<Comparison> CompareTexts(const Analysis& stored,
                                       const Analysis& query, int least_score) {
  if (stored.exact_hash == query.exact_hash) {
    if (least_score > kExactScore) return std::nullopt;
    return Comparison{
        .text = {.kind = MatchKind::kExact, .score = kExactScore}};
  }
  if (SameWords(stored, query)) {
    Comparison comparison = CompareNearExact(stored, query);
    if (comparison.text.score < least_score) return std::nullopt;
    return comparison;
  }
  const uint32_t length = LongerLength(stored, query);
  std::optional<Alignment> alignment = AlignWithin(
      stored.tokens, query.tokens, MaxFuzzyCost(length, least_score));
  if (!alignment.has_value()) return std::nullopt;
  const int cost = alignment->cost;
  return Comparison{.text = {.kind = MatchKind::kFuzzy,
                             .score = FuzzyScore(cost, length),
                             .cost = cost},
                    .alignment = *std::move(alignment)};
}

Comparison CompareTexts(const Analysis& stored, const Analysis& query) {
  return *CompareTexts(stored, query, /*least_score=*/0);
}

TextScore ScoreTexts(const Analysis& stored, const Analysis& query) {
  return CompareTexts(stored, query).text;
}

std::vector<Edit> ExplainTexts(const Analysis& stored, const Analysis& query,
                               const Alignment& alignment) {
  if (stored.exact_hash == query.exact_hash) return {};
  return EditCollector(stored, query).Collect(alignment.steps);
}

// 100 x (1 - cost / length), rounded half up, in [0, kMaxFuzzyScore].
int FuzzyScore(int64_t cost, int64_t length) {
  const int64_t best = 100 * length;
  if (cost >= best) return 0;
  const int64_t rounded = (2 * (best - cost) + length) / (2 * length);
  return static_cast<int>(std::min<int64_t>(kMaxFuzzyScore, rounded));
}

std::optional<Penalty> StatePenalty(UnitState state) {
  switch (state) {
    case UnitState::kAligned:
      return kAlignedPenalty;
    case UnitState::kDraft:
      return kDraftPenalty;
    case UnitState::kUnspecified:
    case UnitState::kConfirmed:
      return std::nullopt;
  }
  return std::nullopt;
}

int ScoreBound(uint32_t distance, uint32_t length) {
  if (distance == 0) return 100;
  return FuzzyScore(int64_t{kWordCost} * distance, length);
}

uint32_t MaxDistance(uint32_t length, int min_score) {
  if (min_score > kMaxFuzzyScore) return 0;
  // FuzzyScore(100 d, n) >= s  <=>  2 (100 n - 100 d) + n >= 2 n s.
  const int64_t n = length;
  const int64_t distance = (201 * n - 2 * n * min_score) / 200;
  return static_cast<uint32_t>(std::min(n, distance));
}

}  // namespace tercet
