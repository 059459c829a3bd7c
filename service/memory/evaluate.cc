#include "service/memory/evaluate.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "service/match/context.h"
#include "service/match/score.h"
#include "service/match/transfer.h"
#include "service/memory/unit_writer.h"

namespace tercet {
namespace {

// The variants of a unit that a query wants.
struct Targets {
  std::vector<size_t> places;
  bool other_region = false;  // Some wanted language is there only as another
                              // region's.
};

Targets FindTargets(const PreparedQuery& query,
                    const std::vector<Language>& languages, size_t source) {
  Targets targets;
  std::vector<bool> wanted(languages.size(), false);
  if (query.targets.empty()) {
    for (size_t i = 0; i < languages.size(); ++i) {
      wanted[i] = languages[i].base != query.language.base;
    }
  }
  for (const Language& target : query.targets) {
    bool same_region = false;
    bool any = false;
    for (size_t i = 0; i < languages.size(); ++i) {
      if (i == source || languages[i].base != target.base) continue;
      // zh-CN for a zh-TW query: only what was asked for, not what is known.
      if (target.base == query.language.base && languages[i] != target) {
        continue;
      }
      any = true;
      same_region = same_region || languages[i] == target;
      wanted[i] = true;
    }
    targets.other_region = targets.other_region || (any && !same_region);
  }
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]) targets.places.push_back(i);
  }
  return targets;
}

Penalties FindPenalties(const PreparedQuery& query, const StoredMemory& memory,
                        const Unit& unit, const Language& source,
                        const Targets& targets) {
  Penalties penalties;
  if (source != query.language) penalties.push_back(kSourceRegionPenalty);
  if (targets.other_region) penalties.push_back(kTargetRegionPenalty);
  if (const auto penalty = StatePenalty(unit.state)) {
    penalties.push_back(*penalty);
  }
  if (memory.penalty > 0) penalties.push_back({"memory", memory.penalty});
  return penalties;
}

// A variant of a unit as a source, and how good it is.
struct ScoredVariant {
  size_t place = 0;
  Analysis analysis;
  Comparison comparison;
  int score = 0;
  Targets targets;
  Penalties penalties;
};

int PointsOf(const Penalties& penalties) {
  int points = 0;
  for (const Penalty& penalty : penalties) points += penalty.points;
  return points;
}

bool IsBetterVariant(const ScoredVariant& a, const ScoredVariant& b) {
  if (a.score != b.score) return a.score > b.score;
  const TextScore& text_a = a.comparison.text;
  const TextScore& text_b = b.comparison.text;
  if (text_a.kind != text_b.kind) return text_a.kind > text_b.kind;
  return text_a.cost < text_b.cost;
}

std::optional<ScoredVariant> BestVariant(const PreparedQuery& query,
                                         const StoredMemory& memory,
                                         const Unit& unit, int least_score) {
  std::vector<Language> languages;
  for (const Variant& variant : unit.variants) {
    languages.push_back(ResolveLanguage(variant.language));
  }
  std::optional<ScoredVariant> best;
  for (size_t i = 0; i < languages.size(); ++i) {
    if (languages[i].base != query.language.base) continue;
    ScoredVariant scored{.place = i};
    scored.targets = FindTargets(query, languages, i);
    if (query.needs_targets && scored.targets.places.empty()) continue;
    scored.penalties =
        FindPenalties(query, memory, unit, languages[i], scored.targets);
    const int points = PointsOf(scored.penalties);
    scored.analysis = Analyze(unit.variants[i].segment, languages[i].base);
    std::optional<Comparison> comparison =
        CompareTexts(scored.analysis, query.analysis,
                     least_score <= 0 ? 0 : least_score + points);
    if (!comparison.has_value()) continue;
    scored.comparison = *std::move(comparison);
    scored.score = std::max(scored.comparison.text.score - points, 0);
    if (!best.has_value() || IsBetterVariant(scored, *best)) {
      best = std::move(scored);
    }
  }
  return best;
}

}  // namespace

PreparedQuery PrepareQuery(const LookupQuery& query) {
  PreparedQuery prepared{.query = query,
                         .language = ResolveLanguage(query.language)};
  for (const LanguageTag& target : query.targets) {
    prepared.targets.push_back(ResolveLanguage(target));
  }
  prepared.analysis = Analyze(query.segment, prepared.language.base);
  return prepared;
}

std::optional<EvaluatedMatch> Evaluate(const PreparedQuery& query,
                                       const StoredMemory& memory,
                                       UnitEntry entry, int least_score) {
  std::optional<ScoredVariant> best =
      BestVariant(query, memory, entry.unit, least_score);
  if (!best.has_value()) return std::nullopt;
  const TextScore& text = best->comparison.text;
  Match match{.entry = std::move(entry),
              .source = best->place,
              .targets = std::move(best->targets.places),
              .kind = text.kind,
              .score = best->score,
              .text_score = text.score,
              .cost = text.cost,
              .penalties = std::move(best->penalties)};
  if (match.kind == MatchKind::kExact &&
      IsInContext(query.query.context, match.entry.unit.origin)) {
    match.kind = MatchKind::kExactInContext;
  }
  return EvaluatedMatch{std::move(match), std::move(best->analysis),
                        std::move(best->comparison.alignment)};
}

Match ExplainMatch(const PreparedQuery& query, EvaluatedMatch evaluated) {
  Match match = std::move(evaluated.match);
  const Segment& segment = match.entry.unit.variants[match.source].segment;
  const Analysis& stored = evaluated.stored;
  match.length = static_cast<int>(
      std::max(stored.stems.size(), query.analysis.stems.size()));
  match.edits = ExplainTexts(stored, query.analysis, evaluated.alignment);
  match.placeables =
      DiffPlaceables({segment, stored}, {query.query.segment, query.analysis},
                     evaluated.alignment, query.language.base);
  if (match.kind != MatchKind::kNearExact) return match;
  for (const size_t place : match.targets) {
    const Variant& target = match.entry.unit.variants[place];
    const std::string language = ResolveLanguage(target.language).base;
    std::optional<Segment> adapted =
        TransferPlaceables({.stored = segment,
                            .query = query.query.segment,
                            .source_language = query.language.base,
                            .target = target.segment,
                            .target_language = language},
                           match.placeables);
    if (adapted.has_value()) {
      match.adapted.push_back({place, *std::move(adapted)});
    }
  }
  return match;
}

}  // namespace tercet
