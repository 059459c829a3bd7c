#include "service/match/alignment.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace tercet {
namespace {

using Tokens = std::span<const Token>;

constexpr int kUnreachable = std::numeric_limits<int>::max() / 2;
// The most cells that a table may have, and all tables of an alignment
// together.
constexpr size_t kMaxTableCells = size_t{1} << 22;
constexpr size_t kMaxAllCells = size_t{1} << 24;

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

// By index: what the words from there to the end would cost as gaps.
std::vector<int> CostsOfWordsLeft(Tokens tokens) {
  std::vector<int> costs(tokens.size() + 1);
  for (size_t i = tokens.size(); i > 0; --i) {
    const int word = CountsAsWord(tokens[i - 1].kind) ? kWordCost : 0;
    costs[i - 1] = costs[i] + word;
  }
  return costs;
}

// PairCost, for the loop over the table's cells.
inline int CostOfPair(const Token& stored, const Token& query) {
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

// The table of least costs: cell (i, j) is that of turning the first i stored
// tokens into the first j of the query. A cell is of use while the end can be
// reached from it within the limit; of each row only the stretch between the
// first and the last useful ones is kept.
class CostTable {
 public:
  CostTable(Tokens stored, Tokens query)
      : stored_(stored),
        query_(query),
        stored_words_left_(CostsOfWordsLeft(stored)),
        query_words_left_(CostsOfWordsLeft(query)) {
    query_gaps_.reserve(query.size());
    for (const Token& token : query) query_gaps_.push_back(GapCost(token));
  }

  // No alignment costs less.
  int LeastCost() const { return LeastRest(0, 0); }

  // Fills all cells on paths that cost at most `limit`; false when there are
  // more than `max_cells` of them.
  bool Fill(int limit, size_t max_cells) {
    rows_.clear();
    cells_.clear();
    FillFirstRow(limit);
    for (size_t i = 0; i < stored_.size(); ++i) {
      if (cells_.size() > max_cells) return false;
      FillNextRow(i, limit);
    }
    return cells_.size() <= max_cells;
  }

  size_t cell_count() const { return cells_.size(); }
  // kUnreachable when it costs more than the limit.
  int TotalCost() const { return At(stored_.size(), query_.size()); }

  // Walks back from the end. At equal cost a pair is taken before a stored
  // token alone, and that before a query token.
  std::vector<AlignmentStep> Trace() const {
    std::vector<AlignmentStep> steps;
    size_t i = stored_.size();
    size_t j = query_.size();
    while (i > 0 || j > 0) {
      AlignmentStep::Kind kind = AlignmentStep::Kind::kQueryOnly;
      if (i > 0 && j > 0 && IsPairedAt(i, j)) {
        kind = AlignmentStep::Kind::kPair;
      } else if (i > 0 && At(i - 1, j) + GapCost(stored_[i - 1]) == At(i, j)) {
        kind = AlignmentStep::Kind::kStoredOnly;
      }
      if (kind != AlignmentStep::Kind::kQueryOnly) --i;
      if (kind != AlignmentStep::Kind::kStoredOnly) --j;
      steps.push_back(
          {kind, static_cast<uint32_t>(i), static_cast<uint32_t>(j)});
    }
    std::ranges::reverse(steps);
    return steps;
  }

 private:
  // Columns [begin, begin + count) of a row, at `offset` in cells_.
  struct Row {
    size_t begin = 0;
    size_t count = 0;
    size_t offset = 0;
  };

  int At(const Row& row, size_t column) const {
    return column < row.begin || column >= row.begin + row.count
               ? kUnreachable
               : cells_[row.offset + (column - row.begin)];
  }
  int At(size_t i, size_t j) const { return At(rows_[i], j); }

  bool IsPairedAt(size_t i, size_t j) const {
    const int pair = PairCost(stored_[i - 1], query_[j - 1]);
    return pair != kNeverPaired && At(i - 1, j - 1) + pair == At(i, j);
  }

  // What the way from cell (i, j) to the end costs at least: words are paired
  // with words alone, so those that one side has more of become gaps.
  int LeastRest(size_t i, size_t j) const {
    return std::abs(stored_words_left_[i] - query_words_left_[j]);
  }

  // Only query tokens so far.
  void FillFirstRow(int limit) {
    int cost = 0;
    for (size_t j = 0; cost + LeastRest(0, j) <= limit; ++j) {
      cells_.push_back(cost);
      if (j == query_.size()) break;
      cost += query_gaps_[j];
    }
    rows_.push_back({.begin = 0, .count = cells_.size(), .offset = 0});
  }

  void FillNextRow(size_t i, int limit) {
    const Row above = rows_.back();
    const Token stored = stored_[i];
    const int gap = GapCost(stored);
    Row row{.begin = above.begin, .offset = cells_.size()};
    // Room for what can be reached from above.
    cells_.resize(row.offset + above.count + 1);
    const int* const above_cells = &cells_[above.offset];
    int* const cells = &cells_[row.offset];
    size_t width = 0;  // Of the cells written.
    int diagonal = kUnreachable;
    int left = kUnreachable;
    size_t j = above.begin;
    const size_t end = std::min(above.begin + above.count, query_.size());
    for (; j <= end; ++j) {
      const size_t column = j - above.begin;
      const int up = column < above.count ? above_cells[column] : kUnreachable;
      int cost = up + gap;
      if (column > 0) {
        cost = std::min(cost, left + query_gaps_[j - 1]);
        const int pair = CostOfPair(stored, query_[j - 1]);
        if (pair != kNeverPaired) cost = std::min(cost, diagonal + pair);
      }
      diagonal = up;
      const bool useful = cost + LeastRest(i + 1, j) <= limit;
      left = useful ? cost : kUnreachable;
      if (!useful && width == 0) {
        row.begin = j + 1;
        continue;
      }
      cells[width++] = left;
      if (useful) row.count = width;
    }
    cells_.resize(row.offset + row.count);
    if (left != kUnreachable) row.count += ExtendRow(i + 1, j, left, limit);
    rows_.push_back(row);
  }

  // Adds the cells of row `i` from column `j` on that can be reached from the
  // left alone, where `cost` is; how many.
  size_t ExtendRow(size_t i, size_t j, int cost, int limit) {
    size_t count = 0;
    for (; j <= query_.size(); ++j) {
      cost += query_gaps_[j - 1];
      if (cost + LeastRest(i, j) > limit) break;
      cells_.push_back(cost);
      ++count;
    }
    return count;
  }

  Tokens stored_;
  Tokens query_;
  std::vector<int> query_gaps_;
  std::vector<int> stored_words_left_;
  std::vector<int> query_words_left_;
  std::vector<Row> rows_;
  std::vector<int> cells_;
};

// Places where `length` tokens stand that occur once in either text, in the
// order of both: the longest chain of them (as in Cohen's patience diff).
class AnchorFinder {
 public:
  struct Anchor {
    uint32_t stored = 0;
    uint32_t query = 0;
  };

  AnchorFinder(Tokens stored, Tokens query, size_t length) {
    Count(stored, length, &Places::stored);
    Count(query, length, &Places::query);
  }

  std::vector<Anchor> Find() const {
    std::vector<Anchor> anchors;
    for (const auto& [hash, places] : places_) {
      if (places.stored.count == 1 && places.query.count == 1) {
        anchors.push_back({places.stored.place, places.query.place});
      }
    }
    std::ranges::sort(anchors, {}, &Anchor::stored);
    return LongestChain(anchors);
  }

 private:
  struct Place {
    uint32_t count = 0;
    uint32_t place = 0;
  };
  struct Places {
    Place stored;
    Place query;
  };

  void Count(Tokens tokens, size_t length, Place Places::*side) {
    for (size_t i = 0; i + length <= tokens.size(); ++i) {
      uint64_t hash = 0;
      for (size_t j = i; j < i + length; ++j) {
        hash = (hash ^ tokens[j].form) * 0x9E3779B185EBCA87u;
        hash ^= hash >> 32;
      }
      Place& place = places_[hash].*side;
      ++place.count;
      place.place = static_cast<uint32_t>(i);
    }
  }

  // The longest subsequence whose query places ascend (Schensted 1961).
  static std::vector<Anchor> LongestChain(const std::vector<Anchor>& anchors) {
    std::vector<size_t> ends;  // By chain length: the anchor it ends with.
    std::vector<size_t> before(anchors.size());
    for (size_t i = 0; i < anchors.size(); ++i) {
      const auto end = std::ranges::lower_bound(
          ends, anchors[i].query, {},
          [&anchors](size_t index) { return anchors[index].query; });
      before[i] = end == ends.begin() ? i : *std::prev(end);
      if (end == ends.end()) {
        ends.push_back(i);
      } else {
        *end = i;
      }
    }
    std::vector<Anchor> chain;
    size_t next = ends.empty() ? 0 : ends.back();
    for (size_t left = ends.size(); left > 0; --left) {
      chain.push_back(anchors[next]);
      next = before[next];
    }
    std::ranges::reverse(chain);
    return chain;
  }

  absl::flat_hash_map<uint64_t, Places> places_;
};

// Aligns block by block. What is too much for one table is divided at anchors;
// where there are none, or the work grows too much, nothing is paired. Gives up
// when it costs more than `max_cost`; that changes nothing of what is found
// within it.
class Aligner {
 public:
  explicit Aligner(int max_cost) : max_cost_(max_cost) {}

  std::optional<Alignment> Align(Tokens stored, Tokens query) {
    AlignBlock(stored, query);
    if (IsTooMuch(0)) return std::nullopt;
    return std::move(alignment_);
  }

 private:
  // Whether it costs too much when what is not aligned yet costs `rest`.
  bool IsTooMuch(int rest) const { return alignment_.cost > max_cost_ - rest; }

  void AlignBlock(Tokens stored, Tokens query) {
    const size_t prefix = CommonPrefix(stored, query);
    PairEach(prefix);
    stored = stored.subspan(prefix);
    query = query.subspan(prefix);
    const size_t suffix = CommonSuffix(stored, query);
    AlignDifferent(stored.first(stored.size() - suffix),
                   query.first(query.size() - suffix));
    PairEach(suffix);
  }

  void AlignDifferent(Tokens stored, Tokens query) {
    if (IsTooMuch(0) || AlignByTable(stored, query)) return;
    static constexpr std::array<size_t, 3> kAnchorLengths = {6, 3, 1};
    for (const size_t length : kAnchorLengths) {
      if (AlignBetweenAnchors(stored, query, length)) return;
    }
    for (const Token& token : stored) TakeAlone(token, &AlignmentStep::stored);
    for (const Token& token : query) TakeAlone(token, &AlignmentStep::query);
  }

  // The cheapest alignment, by doubling the limit until it is enough: the work
  // is in proportion to the length times the cost, not to the length squared.
  // False when the table is too large.
  bool AlignByTable(Tokens stored, Tokens query) {
    CostTable table(stored, query);
    int limit = table.LeastCost() + 4 * kWordCost;
    if (IsTooMuch(table.LeastCost())) return GiveUp(table.LeastCost());
    for (;; limit *= 2) {
      const bool filled =
          table.Fill(limit, std::min(kMaxTableCells, cells_left_));
      cells_left_ -= std::min(cells_left_, table.cell_count());
      if (!filled) return false;
      if (table.TotalCost() <= limit) break;
      if (IsTooMuch(limit)) return GiveUp(limit + 1);
    }
    alignment_.cost += table.TotalCost();
    for (AlignmentStep step : table.Trace()) {
      step.stored += done_.stored;
      step.query += done_.query;
      alignment_.steps.push_back(step);
    }
    done_.stored += static_cast<uint32_t>(stored.size());
    done_.query += static_cast<uint32_t>(query.size());
    return true;
  }

  bool AlignBetweenAnchors(Tokens stored, Tokens query, size_t length) {
    const size_t work = stored.size() + query.size();
    if (work > cells_left_) return false;
    cells_left_ -= work;
    const auto anchors = AnchorFinder(stored, query, length).Find();
    if (anchors.empty()) return false;
    size_t i = 0;
    size_t j = 0;
    for (const auto& anchor : anchors) {
      AlignBlock(stored.subspan(i, anchor.stored - i),
                 query.subspan(j, anchor.query - j));
      alignment_.cost += PairCost(stored[anchor.stored], query[anchor.query]);
      PairEach(1);
      i = anchor.stored + 1;
      j = anchor.query + 1;
    }
    AlignBlock(stored.subspan(i), query.subspan(j));
    return true;
  }

  // What is left costs `cost` at least, which is too much.
  bool GiveUp(int cost) {
    alignment_.cost += cost;
    return true;
  }

  void PairEach(size_t count) {
    for (size_t i = 0; i < count; ++i) {
      alignment_.steps.push_back(done_);
      ++done_.stored;
      ++done_.query;
    }
  }

  void TakeAlone(const Token& token, uint32_t AlignmentStep::*side) {
    AlignmentStep step = done_;
    step.kind = side == &AlignmentStep::stored
                    ? AlignmentStep::Kind::kStoredOnly
                    : AlignmentStep::Kind::kQueryOnly;
    alignment_.steps.push_back(step);
    alignment_.cost += GapCost(token);
    ++(done_.*side);
  }

  const int max_cost_;
  Alignment alignment_;
  AlignmentStep done_;  // A pair of the next tokens.
  size_t cells_left_ = kMaxAllCells;
};

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
  return CostOfPair(stored, query);
}

Alignment Align(Tokens stored, Tokens query) {
  return *AlignWithin(stored, query, std::numeric_limits<int>::max());
}

std::optional<Alignment> AlignWithin(Tokens stored, Tokens query,
                                     int max_cost) {
  return Aligner(max_cost).Align(stored, query);
}

}  // namespace tercet
