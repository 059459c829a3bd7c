#include "tests/support/brute_force.h"

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tests/support/plain_score.h"

namespace tercet {
namespace {

StatusOr<std::vector<Memory>> ListAllMemories(const Database& database) {
  std::vector<Memory> memories;
  PageRequest request;
  do {
    ASSIGN_OR_RETURN(Page<Memory> page, database.ListMemories(request));
    std::ranges::move(page.items, std::back_inserter(memories));
    request.token = page.next_token;
  } while (!request.token.empty());
  return memories;
}

// Which variants are wanted, and whether only in another region.
struct Wanted {
  std::vector<size_t> places;
  bool other_region = false;
};

Wanted FindWanted(const std::vector<Language>& languages, size_t source,
                  const LookupQuery& query) {
  const Language asked_in = ResolveLanguage(query.language);
  Wanted wanted;
  const auto add = [&wanted](size_t place) {
    if (std::ranges::count(wanted.places, place) == 0) {
      wanted.places.push_back(place);
    }
  };
  if (query.targets.empty()) {
    for (size_t i = 0; i < languages.size(); ++i) {
      if (languages[i].base != asked_in.base) add(i);
    }
  }
  for (const LanguageTag& tag : query.targets) {
    const Language target = ResolveLanguage(tag);
    size_t exact = 0;
    size_t other = 0;
    for (size_t i = 0; i < languages.size(); ++i) {
      if (i == source) continue;
      if (languages[i] == target) {
        ++exact;
        add(i);
      } else if (languages[i].base == target.base &&
                 target.base != asked_in.base) {
        ++other;
        add(i);
      }
    }
    wanted.other_region = wanted.other_region || (exact == 0 && other > 0);
  }
  std::ranges::sort(wanted.places);
  return wanted;
}

bool InContext(const Origin& query, const Origin& unit) {
  const bool key = !query.key.empty() && query.key == unit.key;
  const bool neighbours = (!query.previous.empty() || !query.next.empty()) &&
                          query.previous == unit.previous &&
                          query.next == unit.next;
  return key || neighbours;
}

// Smaller is better.
auto RankOf(const Match& match) {
  return std::tuple(-match.score, -static_cast<int>(match.kind), match.cost,
                    match.entry.memory_id,
                    ~static_cast<uint64_t>(match.entry.number));
}

std::string DescribeMatch(const Match& match) {
  std::string penalties;
  for (const Penalty& penalty : match.penalties) {
    penalties += fmt::format(" {}:{}", penalty.reason, penalty.points);
  }
  return fmt::format(
      "{}/{} variant {} for {}: kind {} score {} text {} cost {}{} etag {} "
      "at {}",
      match.entry.memory_id, match.entry.id, match.source,
      fmt::join(match.targets, ","), static_cast<int>(match.kind), match.score,
      match.text_score, match.cost, penalties, match.entry.etag,
      match.entry.update_micros);
}

}  // namespace

StatusOr<BruteForce> BruteForce::Read(const Database& database) {
  BruteForce twin;
  ASSIGN_OR_RETURN(const std::vector<Memory> memories,
                   ListAllMemories(database));
  for (const Memory& memory : memories) {
    KnownMemory& known = twin.memories_[memory.id];
    known.memory = memory;
    ASSIGN_OR_RETURN(const std::unique_ptr<UnitWalk> walk,
                     database.WalkUnits(memory.id));
    while (true) {
      ASSIGN_OR_RETURN(std::optional<UnitEntry> entry, walk->Next());
      if (!entry.has_value()) break;
      KnownUnit unit{.entry = *std::move(entry)};
      for (const Variant& variant : unit.entry.unit.variants) {
        const Language language = ResolveLanguage(variant.language);
        unit.variants.push_back(
            {language, Analyze(variant.segment, language.base)});
      }
      known.units.push_back(std::move(unit));
    }
  }
  return twin;
}

std::optional<Match> BruteForce::Evaluate(const KnownMemory& memory,
                                          const KnownUnit& unit,
                                          const LookupQuery& query,
                                          const Analysis& query_analysis,
                                          int min_score) {
  const Language asked_in = ResolveLanguage(query.language);
  std::vector<Language> languages;
  for (const KnownVariant& variant : unit.variants) {
    languages.push_back(variant.language);
  }
  std::optional<Match> best;
  for (size_t i = 0; i < languages.size(); ++i) {
    if (languages[i].base != asked_in.base) continue;
    const Wanted wanted = FindWanted(languages, i, query);
    if (wanted.places.empty()) continue;
    const TextScore text =
        PlainScore(unit.entry.unit.variants[i].segment,
                   unit.variants[i].analysis, query.segment, query_analysis);
    Match match{.source = i,
                .targets = wanted.places,
                .kind = text.kind,
                .score = text.score,
                .text_score = text.score,
                .cost = text.cost};
    const auto penalise = [&match](bool applies, Penalty penalty) {
      if (!applies) return;
      match.penalties.push_back(penalty);
      match.score -= penalty.points;
    };
    const UnitState state = unit.entry.unit.state;
    penalise(languages[i] != asked_in, kSourceRegionPenalty);
    penalise(wanted.other_region, kTargetRegionPenalty);
    penalise(state == UnitState::kAligned, kAlignedPenalty);
    penalise(state == UnitState::kDraft, kDraftPenalty);
    penalise(memory.memory.penalty > 0, {"memory", memory.memory.penalty});
    match.score = std::max(0, match.score);
    // The first of those that are equally good.
    if (!best.has_value() || RankOf(match) < RankOf(*best)) best = match;
  }
  if (!best.has_value() || best->score < min_score) return std::nullopt;
  best->entry = unit.entry;
  if (best->kind == MatchKind::kExact &&
      InContext(query.context, unit.entry.unit.origin)) {
    best->kind = MatchKind::kExactInContext;
  }
  return best;
}

std::vector<Match> BruteForce::Rank(std::optional<std::string_view> memory_id,
                                    const LookupQuery& query,
                                    int min_score) const {
  const Analysis analysis =
      Analyze(query.segment, ResolveLanguage(query.language).base);
  std::vector<Match> matches;
  for (const auto& [id, memory] : memories_) {
    if (memory_id.has_value() && id != *memory_id) continue;
    for (const KnownUnit& unit : memory.units) {
      if (!Matches(query.filter, unit.entry)) continue;
      std::optional<Match> match =
          Evaluate(memory, unit, query, analysis, min_score);
      if (match.has_value()) matches.push_back(*std::move(match));
    }
  }
  std::ranges::sort(matches, {}, RankOf);
  return matches;
}

std::vector<Match> BruteForce::Select(const std::vector<Match>& ranking,
                                      int min_score, int max_matches) {
  std::vector<Match> selected;
  for (const Match& match : ranking) {
    if (match.score < min_score ||
        selected.size() == static_cast<size_t>(max_matches)) {
      break;
    }
    selected.push_back(match);
  }
  return selected;
}

std::vector<std::string> Describe(const std::vector<Match>& matches) {
  std::vector<std::string> lines;
  for (const Match& match : matches) lines.push_back(DescribeMatch(match));
  return lines;
}

}  // namespace tercet
