#include "service/memory/search.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/memory/search_place.h"
#include "service/memory/text_conditions.h"
#include "service/memory/unit_page.h"
#include "service/memory/unit_writer.h"
#include "service/store/each_unit.h"

namespace tercet {
namespace {

// The index of a language of a memory, and how far it has been walked.
struct Source {
  const SegmentIndex* index = nullptr;
  ContainingQuery words;
  // The length of the next segment that may be found; nullopt at the end.
  std::optional<uint32_t> next = 0;
};

// A memory on its way through the walk.
struct WalkedMemory {
  const MemoryState* state = nullptr;
  std::vector<Source> sources;
  // For each condition but the first the units that may meet it, by number;
  // nullopt: any.
  std::vector<std::optional<std::vector<UnitNumber>>> others;
};

// One page of a search.
class Searcher {
 public:
  Searcher(const LookupScope& scope, const SearchQuery& query,
           SearchResume resume, int page_size, const StopCheck& stop)
      : scope_(scope),
        query_(query),
        resume_(std::move(resume)),
        after_(EncodeSearchPlace(resume_.after)),
        stop_(stop),
        conditions_(query),
        page_(page_size) {}

  // Whether the indexes can tell which segments to look at.
  bool CanWalk() {
    return std::ranges::all_of(scope_.memories, [&](const MemoryState* memory) {
      return memory->is_indexed &&
             std::ranges::all_of(memory->indexes, [&](const auto& entry) {
               return !conditions_.Words(0, entry.first).empty();
             });
    });
  }

  // Takes the units in order of their places, so it ends when the page is full.
  Status Walk() {
    std::vector<WalkedMemory> memories;
    for (const MemoryState* state : scope_.memories) {
      ASSIGN_OR_RETURN(memories.emplace_back(), Prepare(*state));
    }
    std::optional<uint32_t> length = resume_.after.length;
    while (length.has_value() && !page_.is_full()) {
      std::optional<uint32_t> next;
      for (WalkedMemory& memory : memories) {
        RETURN_IF_ERROR(Walk(memory, *length));
        for (const Source& source : memory.sources) {
          if (source.next.has_value()) {
            next = std::min(next.value_or(*source.next), *source.next);
          }
        }
      }
      length = next;
    }
    return OkStatus();
  }

  // Looks at every record: slow, and needs no index.
  Status ScanRecords(const MemoryState& memory) {
    return ForEachUnit(
        scope_.store, scope_.view.snapshot.get(), memory.record.number,
        [&](UnitNumber number, StoredUnit unit) -> Status {
          RETURN_IF_ERROR(stop_());
          Consider(memory, {number, std::move(unit)}, std::nullopt);
          return OkStatus();
        });
  }

  Page<SearchHit> Take() && {
    Page<UnitEntry> units = std::move(page_).Take();
    Page<SearchHit> hits;
    for (UnitEntry& entry : units.items) {
      std::vector<VariantHit> variants = conditions_.Find(entry.unit);
      hits.items.push_back(
          {.entry = std::move(entry), .variants = std::move(variants)});
    }
    if (!units.next_token.empty()) {
      resume_.after = *DecodeSearchPlace(units.next_token);
      hits.next_token = EncodeSearchResume(resume_);
    }
    return hits;
  }

 private:
  // The units that may meet condition `i`; nullopt: any.
  StatusOr<std::optional<std::vector<UnitNumber>>> FindUnits(
      const MemoryState& state, size_t i) {
    std::vector<UnitNumber> units;
    for (const auto& [language, index] : state.indexes) {
      if (!conditions_.Wants(i, language)) continue;
      const ContainingQuery words{.words = conditions_.Words(i, language)};
      if (words.words.empty()) return std::optional<std::vector<UnitNumber>>();
      RETURN_IF_ERROR(index->VisitContaining(
          words, {}, stop_, [&units](const LengthPlace& place) {
            units.push_back(place.ref.unit);
            return true;
          }));
    }
    std::ranges::sort(units);
    return std::optional(std::move(units));
  }

  StatusOr<WalkedMemory> Prepare(const MemoryState& state) {
    WalkedMemory memory{.state = &state};
    for (const auto& [language, index] : state.indexes) {
      if (!conditions_.Wants(0, language)) continue;
      memory.sources.push_back(
          {.index = index.get(),
           .words = {.words = conditions_.Words(0, language)}});
    }
    for (size_t i = 1; i < query_.conditions.size(); ++i) {
      ASSIGN_OR_RETURN(memory.others.emplace_back(), FindUnits(state, i));
    }
    return memory;
  }

  // Looks at the units of a memory that have a segment of `length` stems, until
  // the page is full.
  Status Walk(WalkedMemory& memory, uint32_t length) {
    std::vector<UnitNumber> units;
    for (Source& source : memory.sources) {
      if (!source.next.has_value() || *source.next > length) continue;
      source.next = std::nullopt;
      RETURN_IF_ERROR(
          source.index->VisitContaining(source.words, {.length = length}, stop_,
                                        [&](const LengthPlace& place) {
                                          if (place.length == length) {
                                            units.push_back(place.ref.unit);
                                            return true;
                                          }
                                          source.next = place.length;
                                          return false;
                                        }));
    }
    // Some have several variants of this length.
    std::ranges::sort(units, std::greater());
    units.erase(std::unique(units.begin(), units.end()), units.end());
    for (const UnitNumber unit : units) {
      if (page_.is_full()) return OkStatus();
      RETURN_IF_ERROR(Try(memory, unit, length));
    }
    return OkStatus();
  }

  Status Try(const WalkedMemory& memory, UnitNumber unit, uint32_t length) {
    RETURN_IF_ERROR(stop_());
    const StoredMemory& record = memory.state->record;
    if (EncodeSearchPlace({length, record.id, unit}) <= after_) {
      return OkStatus();
    }
    for (const auto& units : memory.others) {
      if (units.has_value() && !std::ranges::binary_search(*units, unit)) {
        return OkStatus();
      }
    }
    ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                     scope_.store.Get(UnitKey(record.number, unit),
                                      scope_.view.snapshot.get()));
    if (!bytes.has_value()) return OkStatus();
    ASSIGN_OR_RETURN(StoredUnit stored, DecodeUnit(*bytes));
    Consider(*memory.state, {unit, std::move(stored)}, length);
    return OkStatus();
  }

  // Takes the unit if it is found, and not on a page before. A walk that is at
  // `length` takes those whose place it has, and no others.
  void Consider(const MemoryState& memory, FoundUnit found,
                std::optional<uint32_t> length) {
    // One that was written since the first page may have been on it, at
    // another place.
    if (found.stored.revision > resume_.revision) return;
    UnitEntry entry = MakeEntry(memory.record.id, std::move(found));
    if (!Matches(query_.filter, entry)) return;
    if (conditions_.Find(entry.unit).empty()) return;
    const SearchPlace place = {.length = conditions_.LengthOf(entry.unit),
                               .memory_id = memory.record.id,
                               .unit = entry.number};
    if (place.length != length.value_or(place.length)) return;
    std::string bytes = EncodeSearchPlace(place);
    if (bytes > after_) page_.Add(std::move(bytes), std::move(entry));
  }

  const LookupScope& scope_;
  const SearchQuery& query_;
  SearchResume resume_;
  const std::string after_;  // The place where the page before ended.
  const StopCheck& stop_;
  TextConditions conditions_;
  UnitPage page_;
};

// Where the page goes on; for the first page, before all units there are.
StatusOr<SearchResume> ReadResume(const LookupScope& scope,
                                  const std::string& token) {
  if (token.empty()) return SearchResume{.revision = scope.view.revision};
  std::optional<SearchResume> resume = DecodeSearchResume(token);
  if (!resume.has_value()) {
    return InvalidFields(
        {{.field = "page_token", .description = "is not of a search"}});
  }
  return *std::move(resume);
}

}  // namespace

StatusOr<Page<SearchHit>> SearchUnits(const LookupScope& scope,
                                      const SearchQuery& query,
                                      const PageRequest& page,
                                      const StopCheck& stop) {
  ASSIGN_OR_RETURN(SearchResume resume, ReadResume(scope, page.token));
  Searcher searcher(scope, query, std::move(resume), page.size, stop);
  if (searcher.CanWalk()) {
    RETURN_IF_ERROR(searcher.Walk());
    return std::move(searcher).Take();
  }
  for (const MemoryState* memory : scope.memories) {
    RETURN_IF_ERROR(searcher.ScanRecords(*memory));
  }
  return std::move(searcher).Take();
}

}  // namespace tercet
