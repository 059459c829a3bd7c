#include "service/match/segment_print.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "service/base/bytes.h"
#include "service/base/hash.h"
#include "service/match/alignment.h"
#include "service/match/context.h"

namespace tercet {
namespace {

// The fields of SegmentPrint::sorts. DO NOT CHANGE: stored on disk.
struct Field {
  int shift;
  int bits;

  constexpr uint32_t mask() const { return ((1U << bits) - 1U) << shift; }
  constexpr uint32_t Of(uint64_t hash) const {
    // The upper bits of our hashes are the better mixed ones.
    return static_cast<uint32_t>(hash >> (64 - bits)) << shift;
  }
};

constexpr Field kExact{0, 8};     // All that an exact match wants.
constexpr Field kForms{8, 7};     // Words in letter form.
constexpr Field kLetters{15, 5};  // Words as written.
constexpr Field kMarks{20, 5};    // Punctuation marks in letter form.
constexpr Field kTags{25, 4};     // Kinds of tags.
constexpr Field kSpacing{29, 3};  // White space before words and placeables.

constexpr size_t kPlaceableGroups = 4;
constexpr int kPlaceableGroupBits = 4;
constexpr uint16_t kPlaceableGroupMask = (1U << kPlaceableGroupBits) - 1U;

// A hash of a sequence of numbers.
class SequenceHash {
 public:
  void Add(uint32_t item) {
    state_ = (state_ ^ item) * 0x9E3779B185EBCA87U;
    state_ ^= state_ >> 32;
  }
  uint64_t Get() const { return state_ * 0xC2B2AE3D27D4EB4FU; }

 private:
  uint64_t state_ = 0x27D4EB2F165667C5U;
};

// Never zero, which stands for nothing to compare.
uint16_t ByteOf(std::string_view bytes) {
  return static_cast<uint16_t>(1 + HashBytes64(bytes) % 255);
}

bool MayBeInContext(uint16_t stored, uint16_t query) {
  const auto agree = [&](uint16_t mask) {
    return (query & mask) != 0 && (stored & mask) == (query & mask);
  };
  return agree(0x00FF) || agree(0xFF00);
}

// How many of the groups of placeables differ: at least so many placeables do.
int DifferentGroups(uint16_t a, uint16_t b) {
  int count = 0;
  for (unsigned bits = a ^ b; bits != 0; bits >>= kPlaceableGroupBits) {
    if ((bits & kPlaceableGroupMask) != 0) ++count;
  }
  return count;
}

// Some word differs: by `cost` at least, and by what no word shows.
MatchBound BoundFuzzy(int cost, uint32_t length) {
  return {.score = FuzzyScore(cost, length), .cost = cost};
}

// Not one word needs changing, as far as the prints tell.
MatchBound BoundNearExact(const SegmentPrint& stored,
                          const SegmentPrint& query) {
  MatchBound bound{.score = 100, .kind = MatchKind::kNearExact};
  const uint32_t different = stored.sorts ^ query.sorts;
  const auto add = [&bound](bool differs, int cost) {
    if (!differs) return;
    --bound.score;
    bound.cost += cost;
  };
  const int placeables = DifferentGroups(stored.placeables, query.placeables);
  add(placeables > 0, placeables * kPlaceableCost);
  add((different & kLetters.mask()) != 0, kLetterFormCost);
  add((different & kMarks.mask()) != 0, kPunctuationCost);
  add((different & kTags.mask()) != 0, kTagCost);
  add((different & kSpacing.mask()) != 0, kSpacingCost);
  // Something differs, if only the amount of white space.
  bound.score = std::min(bound.score, 99);
  return bound;
}

}  // namespace

SegmentPrint PrintOf(const Analysis& analysis) {
  SequenceHash forms;
  SequenceHash letters;
  SequenceHash marks;
  SequenceHash tags;
  SequenceHash spacing;
  std::array<SequenceHash, kPlaceableGroups> placeables;
  size_t placeable_count = 0;
  for (const Token& token : analysis.tokens) {
    switch (token.kind) {
      case TokenKind::kWord:
        forms.Add(token.form);
        letters.Add(token.raw);
        break;
      case TokenKind::kPlaceable:
        placeables[placeable_count++ % kPlaceableGroups].Add(token.form);
        break;
      case TokenKind::kPunctuation:
        marks.Add(token.form);
        break;
      case TokenKind::kTag:
        tags.Add(token.stem);
        break;
    }
    if (CountsAsWord(token.kind)) spacing.Add(token.space_before ? 1 : 0);
  }
  SegmentPrint print;
  print.sorts = kExact.Of(analysis.exact_hash) | kForms.Of(forms.Get()) |
                kLetters.Of(letters.Get()) | kMarks.Of(marks.Get()) |
                kTags.Of(tags.Get()) | kSpacing.Of(spacing.Get());
  for (size_t i = 0; i < kPlaceableGroups; ++i) {
    const uint64_t hash = placeables[i].Get() >> (64 - kPlaceableGroupBits);
    print.placeables |=
        static_cast<uint16_t>(hash << (i * kPlaceableGroupBits));
  }
  return print;
}

uint16_t ContextPrint(const Origin& origin) {
  uint16_t print = 0;
  if (!origin.key.empty()) print = ByteOf(origin.key);
  const std::string previous = CanonicalNeighbour(origin.previous);
  const std::string next = CanonicalNeighbour(origin.next);
  if (!previous.empty() || !next.empty()) {
    std::string neighbours;
    AppendPrefixed(neighbours, previous);
    neighbours += next;
    print |= static_cast<uint16_t>(ByteOf(neighbours) << 8);
  }
  return print;
}

MatchBound BoundMatch(const SegmentPrint& stored, const SegmentPrint& query,
                      uint32_t distance, uint32_t length) {
  const uint32_t different = stored.sorts ^ query.sorts;
  MatchBound bound;
  if (distance > 0) {
    // Marks and tags cost apart from words, wherever they stand.
    bound = {.score = ScoreBound(distance, length),
             .cost = static_cast<int>(distance) * kWordCost};
    if ((different & kMarks.mask()) != 0) bound.cost += kPunctuationCost;
    if ((different & kTags.mask()) != 0) bound.cost += kTagCost;
  } else if ((different & kForms.mask()) != 0) {
    bound = BoundFuzzy(kInflectionCost, length);
  } else if (different != 0 || stored.placeables != query.placeables) {
    bound = BoundNearExact(stored, query);
  } else {
    bound = {.score = 100,
             .kind = MayBeInContext(stored.context, query.context)
                         ? MatchKind::kExactInContext
                         : MatchKind::kExact};
  }
  bound.score = std::max(0, bound.score - stored.penalty);
  return bound;
}

}  // namespace tercet
