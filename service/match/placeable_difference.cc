#include "service/match/placeable_difference.h"

#include <algorithm>
#include <cstdint>

namespace tercet {
namespace {

// The placeables of a segment, found by where they begin.
class PlaceableFinder {
 public:
  PlaceableFinder(const Segment& segment, std::string_view language) {
    std::vector<size_t> breaks;
    for (const InlineCode& code : segment.codes) breaks.push_back(code.offset);
    placeables_ = FindPlaceables(segment.text, Tokenize(segment.text, breaks),
                                 breaks, language);
  }

  // nullptr for tokens that are none.
  const Placeable* At(const Token& token) const {
    if (token.kind != TokenKind::kPlaceable) return nullptr;
    const auto it = std::ranges::lower_bound(placeables_, token.begin, {},
                                             &Placeable::begin);
    return it == placeables_.end() || it->begin != token.begin ? nullptr : &*it;
  }

 private:
  std::vector<Placeable> placeables_;
};

bool HasPlaceables(const Analysis& analysis) {
  return std::ranges::find(analysis.tokens, TokenKind::kPlaceable,
                           &Token::kind) != analysis.tokens.end();
}

// Where a text goes on: the end of the token before `index`.
size_t EndBefore(const Analysis& analysis, uint32_t index) {
  return index == 0 ? 0 : analysis.tokens[index - 1].end;
}

}  // namespace

std::vector<PlaceableDifference> DiffPlaceables(const AnalysedSegment& stored,
                                                const AnalysedSegment& query,
                                                const Alignment& alignment,
                                                std::string_view language) {
  if (stored.analysis.exact_hash == query.analysis.exact_hash ||
      (!HasPlaceables(stored.analysis) && !HasPlaceables(query.analysis))) {
    return {};
  }
  const PlaceableFinder stored_finder(stored.segment, language);
  const PlaceableFinder query_finder(query.segment, language);
  std::vector<PlaceableDifference> differences;
  for (const AlignmentStep& step : alignment.steps) {
    const bool has_stored = step.kind != AlignmentStep::Kind::kQueryOnly;
    const bool has_query = step.kind != AlignmentStep::Kind::kStoredOnly;
    PlaceableDifference difference{
        .stored_begin = EndBefore(stored.analysis, step.stored),
        .query_begin = EndBefore(query.analysis, step.query)};
    difference.stored_end = difference.stored_begin;
    difference.query_end = difference.query_begin;
    const Placeable* a = nullptr;
    const Placeable* b = nullptr;
    if (has_stored) {
      const Token& token = stored.analysis.tokens[step.stored];
      difference.stored_begin = token.begin;
      difference.stored_end = token.end;
      a = stored_finder.At(token);
    }
    if (has_query) {
      const Token& token = query.analysis.tokens[step.query];
      difference.query_begin = token.begin;
      difference.query_end = token.end;
      b = query_finder.At(token);
    }
    if (a == nullptr && b == nullptr) continue;
    const bool alike = a != nullptr && b != nullptr &&
                       PlaceableShape(*a) == PlaceableShape(*b);
    if (alike && a->value == b->value) continue;
    difference.placeable_class =
        b != nullptr ? b->placeable_class : a->placeable_class;
    if (a != nullptr) difference.stored_value = a->value;
    if (b != nullptr) difference.query_value = b->value;
    difference.carries_over = alike;
    differences.push_back(std::move(difference));
  }
  return differences;
}

}  // namespace tercet
