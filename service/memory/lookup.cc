#include "service/memory/lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "service/memory/evaluate.h"
#include "service/memory/match_order.h"
#include "service/memory/unit_page.h"
#include "service/memory/unit_writer.h"
#include "service/store/each_unit.h"
#include "service/text/icu.h"

namespace tercet {
namespace {

constexpr int kMaxScore = 100;
constexpr int kAnyScore = 0;
constexpr UnitNumber kLastUnit{std::numeric_limits<uint64_t>::max()};

// The unit, nullopt when the view has none of that number.
StatusOr<std::optional<StoredUnit>> LoadUnit(const LookupScope& scope,
                                             MemoryNumber memory,
                                             UnitNumber unit) {
  ASSIGN_OR_RETURN(
      const std::optional<std::string> record,
      scope.store.Get(UnitKey(memory, unit), scope.view.snapshot.get()));
  if (!record.has_value()) return std::nullopt;
  ASSIGN_OR_RETURN(StoredUnit stored, DecodeUnit(*record));
  return stored;
}

// The units of a memory that have a text with this hash.
StatusOr<std::vector<UnitNumber>> UnitsWithText(const LookupScope& scope,
                                                MemoryNumber memory,
                                                uint64_t text_hash) {
  std::vector<UnitNumber> units;
  const std::string prefix = ExactKeyPrefix(memory, text_hash);
  const auto walk = scope.store.NewIterator(scope.view.snapshot.get());
  for (walk->Seek(prefix); walk->Valid() && walk->key().starts_with(prefix);
       walk->Next()) {
    const std::optional<ParsedExactKey> key = ParseExactKey(walk->key());
    if (key.has_value()) units.push_back(key->unit);
  }
  RETURN_IF_ERROR(walk->status());
  return units;
}

// One lookup in one memory after the other, with the best of all so far.
class MatchFinder {
 public:
  MatchFinder(const LookupScope& scope, const LookupQuery& query,
              const StopCheck& stop)
      : scope_(scope),
        query_(PrepareQuery(query)),
        stop_(stop),
        best_(static_cast<size_t>(query.max_matches)) {}

  Status Search(const MemoryState& memory) {
    if (!memory.is_indexed) return Scan(memory);
    seen_.clear();
    const auto index = memory.indexes.find(query_.language.base);
    if (index == memory.indexes.end()) return OkStatus();
    const Needed needed = NeededOf(memory);
    if (needed.score > kMaxScore) return OkStatus();
    IndexQuery query{.stems = query_.analysis.stems,
                     .print = PrintOf(query_.analysis)};
    query.print.context = ContextPrint(query_.query.context);
    return index->second->Visit(
        query, needed, stop_,
        [this, &memory](const Candidate& candidate) -> StatusOr<Needed> {
          RETURN_IF_ERROR(Try(memory, candidate.ref.unit));
          return NeededOf(memory);
        });
  }

  // The same without the index, by looking at every record: slow.
  Status Scan(const MemoryState& memory) {
    return ForEachUnit(scope_.store, scope_.view.snapshot.get(),
                       memory.record.number,
                       [&](UnitNumber number, StoredUnit unit) -> Status {
                         RETURN_IF_ERROR(stop_());
                         Consider(memory, number, std::move(unit));
                         return OkStatus();
                       });
  }

  std::vector<Match> Take() && {
    std::vector<Match> matches;
    for (EvaluatedMatch& match : std::move(best_).Take()) {
      matches.push_back(ExplainMatch(query_, std::move(match)));
    }
    return matches;
  }

 private:
  // No match with less is kept.
  int LeastScore() const {
    const std::optional<Rank> last = best_.Last();
    return last.has_value() ? last->score : query_.query.min_score;
  }

  // What a match in `memory` must come before, its memory's penalty apart.
  Needed NeededOf(const MemoryState& memory) const {
    const std::optional<Rank> last = best_.Last();
    if (!last.has_value()) {
      return Needed::AtLeast(query_.query.min_score + memory.record.penalty);
    }
    Needed needed{.score = last->score + memory.record.penalty,
                  .kind = last->kind,
                  .cost = last->cost,
                  .unit = last->unit};
    // Of two memories the one decides for all of its units.
    if (memory.record.id > last->memory_id) needed.unit = kLastUnit;
    if (memory.record.id < last->memory_id) ++needed.cost;
    return needed;
  }

  Status Try(const MemoryState& memory, UnitNumber number) {
    if (!seen_.insert(number).second) return OkStatus();
    ASSIGN_OR_RETURN(std::optional<StoredUnit> unit,
                     LoadUnit(scope_, memory.record.number, number));
    if (!unit.has_value()) return OkStatus();
    Consider(memory, number, *std::move(unit));
    return OkStatus();
  }

  void Consider(const MemoryState& memory, UnitNumber number, StoredUnit unit) {
    UnitEntry entry = MakeEntry(memory.record.id, {number, std::move(unit)});
    if (!Matches(query_.query.filter, entry)) return;
    std::optional<EvaluatedMatch> match =
        Evaluate(query_, memory.record, std::move(entry), LeastScore());
    if (match.has_value()) best_.Add(*std::move(match));
  }

  const LookupScope& scope_;
  const PreparedQuery query_;
  const StopCheck& stop_;
  BestMatches best_;
  absl::flat_hash_set<UnitNumber> seen_;  // In the memory at hand.
};

#ifdef TERCET_CHECKED
// Ends the program unless these are the matches that comparing with every
// record gives. REQUIRES: nothing stopped the lookup.
void Check(const LookupScope& scope, const LookupQuery& query,
           const std::vector<Match>& matches) {
  const StopCheck stop = NeverStop();
  MatchFinder finder(scope, query, stop);
  for (const MemoryState* memory : scope.memories) {
    if (!finder.Scan(*memory).ok()) return;  // The disk fails.
  }
  const std::vector<Match> all = std::move(finder).Take();
  const auto is_same = [](const Match& a, const Match& b) {
    const Rank x = RankOf(a);
    const Rank y = RankOf(b);
    return a.source == b.source && a.edits == b.edits && !IsBetter(x, y) &&
           !IsBetter(y, x);
  };
  const auto [found, wanted] = std::ranges::mismatch(matches, all, is_same);
  if (found == matches.end() && wanted == all.end()) return;
  fmt::print(stderr, "match {} of the lookup of '{}' is not that of a scan\n",
             found - matches.begin(), query.segment.text);
  std::abort();
}
#endif

// Whether a unit has the text in the language, whatever the region.
bool HasText(const Unit& unit, const Language& language,
             const std::string& canonical_text) {
  return std::ranges::any_of(unit.variants, [&](const Variant& variant) {
    return ResolveLanguage(variant.language).base == language.base &&
           unicode::ToNfc(variant.segment.text) == canonical_text;
  });
}

std::string PlaceOf(const UnitEntry& entry) {
  // A space sorts before all that ids hold: the order is by memory, then by
  // unit.
  return entry.memory_id + " " + entry.id;
}

// The matches that the units of a page make.
StatusOr<Page<Match>> MatchesOf(const LookupScope& scope,
                                const PreparedQuery& query,
                                Page<UnitEntry> units) {
  Page<Match> matches;
  matches.next_token = std::move(units.next_token);
  for (UnitEntry& entry : units.items) {
    const auto memory = std::ranges::find_if(
        scope.memories, [&entry](const MemoryState* state) {
          return state->record.id == entry.memory_id;
        });
    std::optional<EvaluatedMatch> match =
        Evaluate(query, (*memory)->record, std::move(entry), kAnyScore);
    if (!match.has_value()) continue;  // Not reached: it was one before.
    matches.items.push_back(ExplainMatch(query, *std::move(match)));
  }
  return matches;
}

}  // namespace

StatusOr<std::vector<Match>> FindMatches(const LookupScope& scope,
                                         const LookupQuery& query,
                                         const StopCheck& stop) {
  MatchFinder finder(scope, query, stop);
  for (const MemoryState* memory : scope.memories) {
    RETURN_IF_ERROR(finder.Search(*memory));
  }
  std::vector<Match> matches = std::move(finder).Take();
#ifdef TERCET_CHECKED
  Check(scope, query, matches);
#endif
  return matches;
}

StatusOr<Page<Match>> FindExact(const LookupScope& scope,
                                const LookupQuery& query,
                                const PageRequest& page) {
  PreparedQuery prepared = PrepareQuery(query);
  prepared.needs_targets = !query.targets.empty();
  const std::string canonical_text = unicode::ToNfc(query.segment.text);
  UnitPage units(page.size);
  for (const MemoryState* memory : scope.memories) {
    ASSIGN_OR_RETURN(const std::vector<UnitNumber> numbers,
                     UnitsWithText(scope, memory->record.number,
                                   prepared.analysis.text_hash));
    for (const UnitNumber number : numbers) {
      ASSIGN_OR_RETURN(std::optional<StoredUnit> unit,
                       LoadUnit(scope, memory->record.number, number));
      if (!unit.has_value() ||
          !HasText(unit->unit, prepared.language, canonical_text)) {
        continue;
      }
      UnitEntry entry =
          MakeEntry(memory->record.id, {number, *std::move(unit)});
      std::string place = PlaceOf(entry);
      if (place > page.token && Matches(query.filter, entry) &&
          Evaluate(prepared, memory->record, entry, kAnyScore).has_value()) {
        units.Add(std::move(place), std::move(entry));
      }
    }
  }
  return MatchesOf(scope, prepared, std::move(units).Take());
}

}  // namespace tercet
