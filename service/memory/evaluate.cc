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
  TextScore text;
  int score = 0;
  Targets targets;
  Penalties penalties;
};

bool IsBetterVariant(const ScoredVariant& a, const ScoredVariant& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.text.kind != b.text.kind) return a.text.kind > b.text.kind;
  return a.text.cost < b.text.cost;
}

std::optional<ScoredVariant> BestVariant(const PreparedQuery& query,
                                         const StoredMemory& memory,
                                         const Unit& unit) {
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
    scored.text = ScoreTexts(
        Analyze(unit.variants[i].segment, languages[i].base), query.analysis);
    scored.score = scored.text.score;
    for (const Penalty& penalty : scored.penalties) {
      scored.score -= penalty.points;
    }
    scored.score = std::max(scored.score, 0);
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

std::optional<Match> Evaluate(const PreparedQuery& query,
                              const StoredMemory& memory, UnitEntry entry) {
  std::optional<ScoredVariant> best = BestVariant(query, memory, entry.unit);
  if (!best.has_value() || best->score < query.query.min_score) {
    return std::nullopt;
  }
  Match match{.entry = std::move(entry),
              .source = best->place,
              .targets = std::move(best->targets.places),
              .kind = best->text.kind,
              .score = best->score,
              .text_score = best->text.score,
              .cost = best->text.cost,
              .penalties = std::move(best->penalties)};
  if (match.kind == MatchKind::kExact &&
      IsInContext(query.query.context, match.entry.unit.origin)) {
    match.kind = MatchKind::kExactInContext;
  }
  return match;
}

void ExplainMatch(const PreparedQuery& query, Match& match) {
  const Segment& segment = match.entry.unit.variants[match.source].segment;
  const Analysis stored = Analyze(segment, query.language.base);
  match.length = static_cast<int>(
      std::max(stored.stems.size(), query.analysis.stems.size()));
  match.edits = ExplainTexts(stored, query.analysis);
  match.placeables =
      DiffPlaceables({segment, stored}, {query.query.segment, query.analysis},
                     query.language.base);
  if (match.kind != MatchKind::kNearExact) return;
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
}

}  // namespace tercet
