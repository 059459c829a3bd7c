#include "service/match/alignment.h"

#include <algorithm>
#include <array>
#include <cstddef>
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

// The table of least costs: cell (i, j) is that of turning the first i stored
// tokens into the first j of the query. A cell that costs more than the limit
// leads to nothing that costs less, so of each row only the stretch between the
// first and the last that do not is kept.
class CostTable {
 public:
  CostTable(Tokens stored, Tokens query) : stored_(stored), query_(query) {}

  // Fills all cells that cost at most `limit`; false when there are more than
  // `max_cells` of them.
  bool Fill(int limit, size_t max_cells) {
    rows_.clear();
    cells_.clear();
    FillFirstRow(limit);
    for (size_t i = 0; i < stored_.size(); ++i) {
      if (cells_.size() > max_cells) return false;
      FillNextRow(stored_[i], limit);
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

  // Only query tokens so far.
  void FillFirstRow(int limit) {
    cells_.push_back(0);
    for (const Token& token : query_) {
      const int cost = cells_.back() + GapCost(token);
      if (cost > limit) break;
      cells_.push_back(cost);
    }
    rows_.push_back({.begin = 0, .count = cells_.size(), .offset = 0});
  }

  void FillNextRow(const Token& stored, int limit) {
    const Row above = rows_.back();
    const int gap = GapCost(stored);
    Row row{.begin = above.begin, .offset = cells_.size()};
    for (size_t j = above.begin; j <= query_.size(); ++j) {
      int cost = At(above, j) + gap;
      if (j > 0) {
        const Token& query = query_[j - 1];
        const int pair = PairCost(stored, query);
        if (pair != kNeverPaired) {
          cost = std::min(cost, At(above, j - 1) + pair);
        }
        if (cells_.size() > row.offset) {
          cost = std::min(cost, cells_.back() + GapCost(query));
        }
      }
      const bool behind_above = j > above.begin + above.count;
      if (cost > limit && behind_above) break;
      if (cost > limit && cells_.size() == row.offset) {
        row.begin = j + 1;
        continue;
      }
      cells_.push_back(std::min(cost, kUnreachable));
      if (cost <= limit) row.count = cells_.size() - row.offset;
    }
    cells_.resize(row.offset + row.count);
    rows_.push_back(row);
  }

  Tokens stored_;
  Tokens query_;
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
// where there are none, or the work grows too much, nothing is paired.
class Aligner {
 public:
  Alignment Align(Tokens stored, Tokens query) {
    AlignBlock(stored, query);
    return std::move(alignment_);
  }

 private:
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
    if (AlignByTable(stored, query)) return;
    static constexpr std::array<size_t, 3> kAnchorLengths = {6, 3, 1};
    for (const size_t length : kAnchorLengths) {
      if (AlignBetweenAnchors(stored, query, length)) return;
    }
    for (const Token& token : stored) TakeAlone(token, &AlignmentStep::stored);
    for (const Token& token : query) TakeAlone(token, &AlignmentStep::query);
  }

  // The cheapest alignment, by doubling the limit until it is enough: the work
  // is in proportion to the length times the cost, not to the length squared.
  bool AlignByTable(Tokens stored, Tokens query) {
    CostTable table(stored, query);
    for (int limit = 4 * kWordCost;; limit *= 2) {
      const bool filled =
          table.Fill(limit, std::min(kMaxTableCells, cells_left_));
      cells_left_ -= std::min(cells_left_, table.cell_count());
      if (!filled) return false;
      if (table.TotalCost() <= limit) break;
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

Alignment Align(Tokens stored, Tokens query) {
  return Aligner().Align(stored, query);
}

}  // namespace tercet
