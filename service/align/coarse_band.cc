#include "service/align/coarse_band.h"

#include <algorithm>

#include "service/align/pair_lattice.h"

namespace tercet {
namespace {

// So many places are looked at without thinking.
constexpr size_t kSmallPlane = 400;
constexpr size_t kMaxPlane = 400'000;
constexpr uint32_t kRunLength = 8;
// The band is never wider than this around its middle, whatever is likely.
constexpr size_t kMaxBandSize = 3'000'000;

// Words that a block is known by. Enough to tell blocks apart; all of them
// would make a pair of blocks cost the product of their sizes.
constexpr size_t kMaxBlockWords = 64;

// Blocks share words by chance more than sentences do.
constexpr float kBlockScale = 0.3F;
constexpr float kLeastProbability = 1e-3F;
constexpr uint32_t kMargin = 1;

// Leaves the words of each unit that say most: those with counterparts, rare
// ones first.
void Distil(std::vector<TextUnit>& units, const TranslationSide& side) {
  const auto strength = [&side](const WordCount& count) {
    float best = 0;
    for (const Counterpart& counterpart : side.counterparts[count.word]) {
      best = std::max(best, counterpart.ratio);
    }
    return best;
  };
  for (TextUnit& unit : units) {
    if (unit.words.size() <= kMaxBlockWords) continue;
    std::vector<std::pair<float, WordCount>> ranked;
    for (const WordCount& count : unit.words) {
      ranked.emplace_back(-strength(count), count);
    }
    std::ranges::stable_sort(ranked, {}, &std::pair<float, WordCount>::first);
    ranked.resize(kMaxBlockWords);
    unit.words.clear();
    unit.weight = 0;
    for (const auto& [rank, count] : ranked) {
      unit.words.push_back(count);
      unit.weight += count.weight;
    }
  }
}

std::vector<uint32_t> Runs(size_t size) {
  std::vector<uint32_t> starts;
  for (size_t i = 0; i < size; i += kRunLength) {
    starts.push_back(static_cast<uint32_t>(i));
  }
  return starts;
}

// A band between blocks as one between their units.
Band Expand(const Band& blocks, const BlockedUnits& first,
            const BlockedUnits& second) {
  const auto place_of = [](const BlockedUnits& side, uint32_t block) {
    return block < side.starts.size()
               ? side.starts[block]
               : static_cast<uint32_t>(side.units.size());
  };
  Band band;
  for (uint32_t block = 0; block < first.starts.size(); ++block) {
    const uint32_t low = place_of(second, blocks.low[block]);
    const uint32_t high = place_of(second, blocks.high[block + 1]);
    for (uint32_t i = first.starts[block]; i < place_of(first, block + 1);
         ++i) {
      band.low.push_back(low);
      band.high.push_back(high);
    }
  }
  band.low.push_back(place_of(second, blocks.low.back()));
  band.high.push_back(static_cast<uint32_t>(second.units.size()));
  return Widen(band, 0, static_cast<uint32_t>(second.units.size()));
}

// Narrows every row by the same proportion until the band is small enough.
Band Limit(const Band& band, size_t max_size, uint32_t last) {
  Band limited = band;
  while (limited.size() > max_size) {
    bool narrowed = false;
    for (uint32_t i = 0; i < limited.rows(); ++i) {
      const uint32_t cut = (limited.high[i] - limited.low[i]) / 4;
      limited.low[i] += cut;
      limited.high[i] -= cut;
      narrowed |= cut > 0;
    }
    limited = Widen(limited, 0, last);
    if (!narrowed) break;
  }
  return limited;
}

StatusOr<Band> BandOfBlocks(const BlockedUnits& first,
                            const BlockedUnits& second,
                            const Translations& translations,
                            const LengthModel& lengths, const StopCheck& stop) {
  std::vector<TextUnit> first_blocks = JoinUnits(first.units, first.starts);
  std::vector<TextUnit> second_blocks = JoinUnits(second.units, second.starts);
  Distil(first_blocks, translations.first);
  Distil(second_blocks, translations.second);
  ASSIGN_OR_RETURN(Band band, FindBand({first_blocks, {}}, {second_blocks, {}},
                                       translations, lengths, stop));
  ASSIGN_OR_RETURN(const PairLattice lattice,
                   PairLattice::Make({.first = first_blocks,
                                      .second = second_blocks,
                                      .translations = translations,
                                      .lengths = lengths,
                                      .blocks = {},
                                      .scale = kBlockScale},
                                     std::move(band), stop));
  return Widen(lattice.Prune(kLeastProbability), kMargin,
               static_cast<uint32_t>(second_blocks.size()));
}

}  // namespace

StatusOr<Band> FindBand(const BlockedUnits& first, const BlockedUnits& second,
                        const Translations& translations,
                        const LengthModel& lengths, const StopCheck& stop) {
  const size_t plane = first.units.size() * second.units.size();
  const auto last = static_cast<uint32_t>(second.units.size());
  const bool has_blocks = first.starts.size() > 1 && second.starts.size() > 1;
  if (plane <= (has_blocks ? kSmallPlane : kMaxPlane)) {
    return FullBand(static_cast<uint32_t>(first.units.size()), last);
  }
  const std::vector<uint32_t> first_runs = Runs(first.units.size());
  const std::vector<uint32_t> second_runs = Runs(second.units.size());
  BlockedUnits first_blocks = first;
  BlockedUnits second_blocks = second;
  if (!has_blocks) {
    first_blocks.starts = first_runs;
    second_blocks.starts = second_runs;
  }
  ASSIGN_OR_RETURN(
      const Band blocks,
      BandOfBlocks(first_blocks, second_blocks, translations, lengths, stop));
  return Limit(Expand(blocks, first_blocks, second_blocks), kMaxBandSize, last);
}

}  // namespace tercet
