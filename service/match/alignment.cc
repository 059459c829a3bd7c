#include "service/match/alignment.h"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace tercet {
namespace {

using Tokens = std::span<const Token>;

constexpr int kUnreachable = std::numeric_limits<int>::max() / 2;
// Above this many cells an alignment is divided rather than traced.
constexpr size_t kMaxTracedCells = size_t{1} << 22;

bool Identical(const Token& a, const Token& b) {
  return a.kind == b.kind && a.raw == b.raw && a.space_before == b.space_before;
}

size_t CommonPrefix(Tokens a, Tokens b) {
  const auto [end, unused] = std::ranges::mismatch(a, b, Identical);
  return static_cast<size_t>(end - a.begin());
}

size_t CommonSuffix(Tokens a, Tokens b) {
  size_t count = 0;
  while (count < std::min(a.size(), b.size()) &&
         Identical(a[a.size() - 1 - count], b[b.size() - 1 - count])) {
    ++count;
  }
  return count;
}

// A row of the table of costs: only cells [begin, begin + costs.size()) can lie
// on a path that costs at most the limit.
struct Row {
  size_t begin = 0;
  std::vector<int> costs;

  size_t end() const { return begin + costs.size(); }
  int at(size_t column) const {
    return column < begin || column >= end() ? kUnreachable
                                             : costs[column - begin];
  }
};

enum class Direction : uint8_t { kForward, kBackward };

// The two sequences as a direction reads them.
struct Problem {
  Tokens stored;
  Tokens query;
  Direction direction = Direction::kForward;

  const Token& StoredAt(size_t i) const {
    return direction == Direction::kForward ? stored[i]
                                            : stored[stored.size() - 1 - i];
  }
  const Token& QueryAt(size_t j) const {
    return direction == Direction::kForward ? query[j]
                                            : query[query.size() - 1 - j];
  }
};

// Row 0: only query tokens so far.
Row FirstRow(const Problem& problem, int limit) {
  Row row{.begin = 0, .costs = {0}};
  for (size_t j = 0; j < problem.query.size(); ++j) {
    const int cost = row.costs.back() + GapCost(problem.QueryAt(j));
    if (cost > limit) break;
    row.costs.push_back(cost);
  }
  return row;
}

// The row after `above`, for stored token `i`. A cell that costs more than
// `limit` leads to nothing that costs less, so the row keeps only the stretch
// between the first and the last that do not.
Row NextRow(const Problem& problem, const Row& above, size_t i, int limit) {
  const Token& stored = problem.StoredAt(i);
  const int gap = GapCost(stored);
  Row row{.begin = above.begin};
  size_t kept = 0;
  for (size_t j = above.begin; j <= problem.query.size(); ++j) {
    int cost = above.at(j) + gap;
    if (j > 0) {
      const Token& query = problem.QueryAt(j - 1);
      if (const int diagonal = above.at(j - 1); diagonal < kUnreachable) {
        const int pair = PairCost(stored, query);
        if (pair != kNeverPaired) cost = std::min(cost, diagonal + pair);
      }
      if (!row.costs.empty()) {
        cost = std::min(cost, row.costs.back() + GapCost(query));
      }
    }
    if (cost > limit) {
      if (row.costs.empty()) {
        row.begin = j + 1;
        if (j > above.end()) break;
        continue;
      }
      if (j > above.end()) break;
      cost = kUnreachable;
    }
    row.costs.push_back(cost);
    if (cost <= limit) kept = row.costs.size();
  }
  row.costs.resize(kept);
  return row;
}

// The last row after `rows` stored tokens; empty when all costs exceed `limit`.
Row RowAfter(const Problem& problem, size_t rows, int limit) {
  Row row = FirstRow(problem, limit);
  for (size_t i = 0; i < rows && !row.costs.empty(); ++i) {
    row = NextRow(problem, row, i, limit);
  }
  return row;
}

// The least cost by doubling the limit until it is enough: the work is in
// proportion to the length times the cost, not to the square of the length.
int CostOfDifferent(Tokens stored, Tokens query) {
  const Problem problem{stored, query};
  for (int limit = 4 * kWordCost;; limit *= 2) {
    const int cost = RowAfter(problem, stored.size(), limit).at(query.size());
    if (cost <= limit) return cost;
  }
}

// Aligns by keeping all rows and walking back from the end. At equal cost a
// pair is taken before a stored token alone, and that before a query token.
void TraceBack(Tokens stored, Tokens query, int cost, AlignmentStep base,
               std::vector<AlignmentStep>& steps) {
  const Problem problem{stored, query};
  std::vector<Row> rows = {FirstRow(problem, cost)};
  for (size_t i = 0; i < stored.size(); ++i) {
    rows.push_back(NextRow(problem, rows.back(), i, cost));
  }
  const size_t first = steps.size();
  size_t i = stored.size();
  size_t j = query.size();
  while (i > 0 || j > 0) {
    const int here = rows[i].at(j);
    AlignmentStep step{AlignmentStep::Kind::kQueryOnly};
    if (i > 0 && j > 0 && PairCost(stored[i - 1], query[j - 1]) >= 0 &&
        rows[i - 1].at(j - 1) + PairCost(stored[i - 1], query[j - 1]) == here) {
      step.kind = AlignmentStep::Kind::kPair;
      --i;
      --j;
    } else if (i > 0 && rows[i - 1].at(j) + GapCost(stored[i - 1]) == here) {
      step.kind = AlignmentStep::Kind::kStoredOnly;
      --i;
    } else {
      --j;
    }
    step.stored = base.stored + static_cast<uint32_t>(i);
    step.query = base.query + static_cast<uint32_t>(j);
    steps.push_back(step);
  }
  std::reverse(steps.begin() + static_cast<ptrdiff_t>(first), steps.end());
}

// Where a cheapest path crosses the middle of the stored tokens.
size_t Crossing(Tokens stored, Tokens query, size_t middle, int cost) {
  const Row before = RowAfter({stored, query}, middle, cost);
  const Row after = RowAfter({stored, query, Direction::kBackward},
                             stored.size() - middle, cost);
  for (size_t j = before.begin; j < before.end(); ++j) {
    const int rest = after.at(query.size() - j);
    if (rest < kUnreachable && before.at(j) + rest == cost) return j;
  }
  return query.size();  // Not reached: some path costs `cost`.
}

// `base` holds the indices of the first tokens in the whole sequences.
void AlignInto(Tokens stored, Tokens query, AlignmentStep base,
               std::vector<AlignmentStep>& steps) {
  const size_t prefix = CommonPrefix(stored, query);
  for (size_t i = 0; i < prefix; ++i) {
    steps.push_back(base);
    ++base.stored;
    ++base.query;
  }
  stored = stored.subspan(prefix);
  query = query.subspan(prefix);
  const size_t suffix = CommonSuffix(stored, query);
  const Tokens stored_core = stored.first(stored.size() - suffix);
  const Tokens query_core = query.first(query.size() - suffix);

  const int cost = CostOfDifferent(stored_core, query_core);
  // A path strays from the diagonal by its cost over the cheapest gap at most.
  const size_t width = std::min(query_core.size() + 1,
                                2 * static_cast<size_t>(cost) / kTagCost + 1);
  if (stored_core.size() < 2 ||
      (stored_core.size() + 1) * width <= kMaxTracedCells) {
    TraceBack(stored_core, query_core, cost, base, steps);
  } else {
    const size_t middle = stored_core.size() / 2;
    const size_t crossing = Crossing(stored_core, query_core, middle, cost);
    AlignInto(stored_core.first(middle), query_core.first(crossing), base,
              steps);
    AlignInto(stored_core.subspan(middle), query_core.subspan(crossing),
              {.stored = base.stored + static_cast<uint32_t>(middle),
               .query = base.query + static_cast<uint32_t>(crossing)},
              steps);
  }

  base.stored += static_cast<uint32_t>(stored_core.size());
  base.query += static_cast<uint32_t>(query_core.size());
  for (size_t i = 0; i < suffix; ++i) {
    steps.push_back(base);
    ++base.stored;
    ++base.query;
  }
}

}  // namespace

int GapCost(const Token& token) {
  switch (token.kind) {
    case TokenKind::kWord:
    case TokenKind::kPlaceable:
      return kWordCost;
    case TokenKind::kPunctuation:
      return kPunctuationCost;
    case TokenKind::kTag:
      return kTagCost;
  }
  return kWordCost;
}

int PairCost(const Token& stored, const Token& query) {
  if (CountsAsWord(stored.kind) != CountsAsWord(query.kind)) {
    return kNeverPaired;
  }
  if (!CountsAsWord(stored.kind) && stored.kind != query.kind) {
    return kNeverPaired;
  }
  const int spacing =
      stored.space_before == query.space_before ? 0 : kSpacingCost;
  if (stored.kind != query.kind) return kWordCost + spacing;
  if (stored.raw == query.raw) return spacing;
  if (stored.form == query.form) return kLetterFormCost + spacing;
  switch (stored.kind) {
    case TokenKind::kWord:
      return (stored.stem == query.stem ? kInflectionCost : kWordCost) +
             spacing;
    case TokenKind::kPlaceable:
      return (stored.stem == query.stem ? kPlaceableCost : kWordCost) + spacing;
    case TokenKind::kPunctuation:
      return kPunctuationCost + spacing;
    case TokenKind::kTag:
      return kTagCost + spacing;
  }
  return kWordCost;
}

int AlignmentCost(Tokens stored, Tokens query) {
  const size_t prefix = CommonPrefix(stored, query);
  stored = stored.subspan(prefix);
  query = query.subspan(prefix);
  const size_t suffix = CommonSuffix(stored, query);
  return CostOfDifferent(stored.first(stored.size() - suffix),
                         query.first(query.size() - suffix));
}

std::vector<AlignmentStep> Align(Tokens stored, Tokens query) {
  std::vector<AlignmentStep> steps;
  AlignInto(stored, query, {}, steps);
  return steps;
}

}  // namespace tercet
