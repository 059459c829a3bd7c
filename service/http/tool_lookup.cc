#include "service/http/tool_lookup.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/http/language_pair.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::http {
namespace {

constexpr int kMostMatches = 100;
constexpr int kLeastScore = 1;
constexpr size_t kMaxBatch = 1000;

std::string Parent(std::string_view memory) {
  return fmt::format("memories/{}", memory.empty() ? "-" : memory);
}

// Has the request ask the query's memories.
template <typename Request>
void SetMemories(const ToolQuery& query, Request& request) {
  const bool one = query.memories.size() == 1;
  request.set_parent(Parent(one ? query.memories.front() : ""));
  if (one) return;
  for (const std::string& memory : query.memories) {
    request.mutable_filter()->add_memories(Parent(memory));
  }
}

v1::LookupSegmentRequest MakeRequest(const ToolQuery& query) {
  v1::LookupSegmentRequest request;
  SetMemories(query, request);
  *request.mutable_query() = query.segment;
  request.add_target_language_codes(query.target_language);
  request.set_min_score(query.min_score);
  request.set_max_matches(query.max_matches);
  return request;
}

StatusOr<v1::LookupSegmentResponse> Lookup(
    const RpcClient& rpc, const v1::LookupSegmentRequest& request) {
  return CallByName<v1::LookupSegmentResponse>(
      rpc, "tercet.v1.LookupService.LookupSegment", request);
}

bool IsCut(const ToolQuery& query) {
  if (query.cut_at == 0) return false;
  size_t count = 0;
  for (size_t i = 0; i < query.segment.text().size(); ++count) {
    DecodeUtf8(query.segment.text(), &i);
  }
  return count == query.cut_at;
}

// No phrase has more characters, so none has more words than are allowed.
constexpr size_t kMaxPhraseCharacters = 100;

bool IsSpace(char32_t c) { return c == ' ' || c == '\n' || c == 0x3000; }
bool IsHan(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }

// The beginning of a text that is cut off, as long as a phrase may be: up to a
// place that parts words whatever follows, which is white space, or lies
// between two Han characters. Empty where there is no such place.
std::string_view BeginningOf(std::string_view text) {
  size_t end = 0;
  char32_t last = 0;
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++count) {
    const size_t begin = i;
    const char32_t c = DecodeUtf8(text, &i);
    if (count > kMaxPhraseCharacters) break;
    if (count > 0 && (IsSpace(c) || (IsHan(c) && IsHan(last)))) end = begin;
    last = c;
  }
  return text.substr(0, end);
}

// Clients that cut write CR as a space.
bool BeginsWith(std::string_view stored, std::string_view text) {
  return stored.size() >= text.size() &&
         std::equal(
             text.begin(), text.end(), stored.begin(),
             [](char a, char b) { return a == b || (a == ' ' && b == '\r'); });
}

// The units that may have a text that begins with the query.
v1::SearchUnitsRequest MakeBeginningRequest(const ToolQuery& query) {
  v1::SearchUnitsRequest request;
  SetMemories(query, request);
  v1::TextCondition& condition = *request.add_conditions();
  condition.add_phrases(std::string(BeginningOf(query.segment.text())));
  condition.set_language_code(BaseLanguage(query.segment.language_code()));
  request.mutable_filter()->add_language_codes(
      BaseLanguage(query.target_language));
  request.set_page_size(kMostMatches);
  return request;
}

// Appends the matches of the whole text `source`, as matches of 100.
Status AddMatchesOf(const RpcClient& rpc, const ToolQuery& query,
                    const v1::Variant& source,
                    std::vector<v1::Match>& matches) {
  v1::LookupSegmentRequest request = MakeRequest(query);
  request.mutable_query()->set_text(source.text());
  *request.mutable_query()->mutable_codes() = source.codes();
  request.set_min_score(kLeastScore);
  ASSIGN_OR_RETURN(v1::LookupSegmentResponse found, Lookup(rpc, request));
  for (v1::Match& match : *found.mutable_matches()) {
    if (match.text_score() < 100) break;
    match.set_score(100);
    matches.push_back(std::move(match));
  }
  return OkStatus();
}

// The matches of stored texts that begin with the query, shortest first, as
// many as are asked for or more.
StatusOr<std::vector<v1::Match>> FindLongerMatches(const RpcClient& rpc,
                                                   const ToolQuery& query) {
  std::vector<v1::Match> matches;
  std::set<std::string> sources;
  v1::SearchUnitsRequest search = MakeBeginningRequest(query);
  if (search.conditions(0).phrases(0).empty()) return matches;
  do {
    ASSIGN_OR_RETURN(const v1::SearchUnitsResponse page,
                     CallByName<v1::SearchUnitsResponse>(
                         rpc, "tercet.v1.LookupService.SearchUnits", search));
    for (const v1::SearchHit& hit : page.hits()) {
      for (const v1::VariantHit& place : hit.variant_hits()) {
        const v1::Variant& source = hit.unit().variants(place.variant_index());
        if (!BeginsWith(source.text(), query.segment.text())) continue;
        if (!sources.insert(source.text()).second) continue;
        RETURN_IF_ERROR(AddMatchesOf(rpc, query, source, matches));
        if (matches.size() >= static_cast<size_t>(query.max_matches)) {
          return matches;
        }
      }
    }
    search.set_page_token(page.next_page_token());
  } while (!search.page_token().empty());
  return matches;
}

// Puts the matches of longer texts before the others.
Status AddLongerMatches(const RpcClient& rpc, const ToolQuery& query,
                        v1::LookupSegmentResponse& response) {
  ASSIGN_OR_RETURN(std::vector<v1::Match> longer,
                   FindLongerMatches(rpc, query));
  v1::LookupSegmentResponse all;
  for (v1::Match& match : longer) *all.add_matches() = std::move(match);
  for (v1::Match& match : *response.mutable_matches()) {
    const auto same = [&match](const v1::Match& other) {
      return other.unit().name() == match.unit().name();
    };
    if (std::ranges::none_of(all.matches(), same)) {
      *all.add_matches() = std::move(match);
    }
  }
  response = std::move(all);
  return OkStatus();
}

// How much of a text lies in the spans, which do not overlap.
double ShareOf(const v1::VariantHit& hit, std::string_view text) {
  int found = 0;
  for (const v1::TextSpan& span : hit.spans())
    found += span.end() - span.begin();
  int all = 0;
  for (size_t i = 0; i < text.size(); ++all) DecodeUtf8(text, &i);
  return all == 0 ? 0 : std::min(1.0, static_cast<double>(found) / all);
}

v1::CreateUnitRequest MakeCreateRequest(const ToolUnit& unit) {
  v1::CreateUnitRequest request;
  *request.mutable_unit()->add_variants() = unit.source;
  *request.mutable_unit()->add_variants() = unit.target;
  *request.mutable_unit()->mutable_origin() = unit.origin;
  request.mutable_unit()->mutable_attribution()->set_creator(unit.creator);
  request.set_write_mode(unit.overwrite ? v1::OVERWRITE : v1::ADD_VARIANTS);
  return request;
}

// Makes the memory when there is none.
StatusOr<v1::BatchCreateUnitsResponse> StoreBatch(
    const RpcClient& rpc, std::string_view memory,
    const v1::BatchCreateUnitsRequest& request) {
  const std::string method = "tercet.v1.MemoryService.BatchCreateUnits";
  auto stored = CallByName<v1::BatchCreateUnitsResponse>(rpc, method, request);
  if (stored.ok() || GetDetails(stored.status()).reason != "MEMORY_NOT_FOUND") {
    return stored;
  }
  v1::CreateMemoryRequest create;
  create.set_memory_id(std::string(memory));
  const Status created =
      CallByName<v1::Memory>(rpc, "tercet.v1.MemoryService.CreateMemory",
                             create)
          .status();
  // Another tool may have been quicker.
  if (!created.ok() && created.code() != StatusCode::kAlreadyExists) {
    return created;
  }
  return CallByName<v1::BatchCreateUnitsResponse>(rpc, method, request);
}

bool IsFull(const std::vector<ToolMatch>& matches, const ToolQuery& query) {
  return std::ssize(matches) >= query.max_matches;
}

std::vector<ToolMatch> PairsOf(const v1::LookupSegmentResponse& response,
                               const ToolQuery& query) {
  std::vector<ToolMatch> pairs;
  std::set<std::pair<std::string_view, std::string_view>> texts;
  for (const v1::Match& match : response.matches()) {
    for (const v1::Variant& target : match.targets()) {
      if (IsFull(pairs, query)) return pairs;
      const bool is_new =
          texts.emplace(match.source().text(), target.text()).second;
      if (is_new || !query.distinct) pairs.push_back({match, target});
    }
  }
  return pairs;
}

}  // namespace

v1::Query MakeQuery(std::string_view language, std::string_view text) {
  v1::Query query;
  query.set_language_code(std::string(language));
  query.set_text(std::string(text));
  return query;
}

v1::Variant MakeVariant(std::string_view language, std::string_view text) {
  v1::Variant variant;
  variant.set_language_code(std::string(language));
  variant.set_text(std::string(text));
  return variant;
}

StatusOr<std::vector<ToolMatch>> LookUpForTool(const RpcClient& rpc,
                                               const ToolQuery& query) {
  v1::LookupSegmentRequest request = MakeRequest(query);
  while (true) {
    ASSIGN_OR_RETURN(v1::LookupSegmentResponse response, Lookup(rpc, request));
    const bool has_all = response.matches_size() < request.max_matches() ||
                         request.max_matches() >= kMostMatches;
    if (IsCut(query)) RETURN_IF_ERROR(AddLongerMatches(rpc, query, response));
    std::vector<ToolMatch> matches = PairsOf(response, query);
    if (has_all || !query.distinct || IsFull(matches, query)) return matches;
    // Pairs that several memories have stood in the way of others.
    request.set_max_matches(std::min(4 * request.max_matches(), kMostMatches));
  }
}

StatusOr<std::vector<ToolFinding>> SearchForTool(const RpcClient& rpc,
                                                 const ToolQuery& query) {
  v1::SearchUnitsRequest search;
  SetMemories(query, search);
  v1::TextCondition& condition = *search.add_conditions();
  condition.add_phrases(query.segment.text());
  condition.set_all_words(true);
  condition.set_form(v1::TextCondition::INFLECTED);
  condition.set_language_code(BaseLanguage(query.segment.language_code()));
  const std::string target_base = BaseLanguage(query.target_language);
  search.mutable_filter()->add_language_codes(target_base);
  search.set_page_size(query.max_matches);
  ASSIGN_OR_RETURN(const v1::SearchUnitsResponse found,
                   CallByName<v1::SearchUnitsResponse>(
                       rpc, "tercet.v1.LookupService.SearchUnits", search));
  std::vector<ToolFinding> findings;
  for (const v1::SearchHit& hit : found.hits()) {
    for (const v1::VariantHit& place : hit.variant_hits()) {
      const v1::Variant& source = hit.unit().variants(place.variant_index());
      for (const v1::Variant& target : hit.unit().variants()) {
        if (&target == &source) continue;
        if (BaseLanguage(target.language_code()) != target_base) continue;
        findings.push_back(
            {hit.unit(), source, target, ShareOf(place, source.text())});
      }
    }
  }
  std::ranges::stable_sort(findings, std::greater<>(), &ToolFinding::share);
  findings.resize(
      std::min(findings.size(), static_cast<size_t>(query.max_matches)));
  return findings;
}

StatusOr<std::vector<v1::Unit>> StoreForTool(
    const RpcClient& rpc, std::string_view memory,
    const std::vector<ToolUnit>& units) {
  std::vector<v1::Unit> stored;
  for (size_t begin = 0; begin < units.size(); begin += kMaxBatch) {
    const size_t end = std::min(units.size(), begin + kMaxBatch);
    v1::BatchCreateUnitsRequest request;
    request.set_parent(Parent(memory));
    for (size_t i = begin; i < end; ++i) {
      *request.add_requests() = MakeCreateRequest(units[i]);
    }
    ASSIGN_OR_RETURN(v1::BatchCreateUnitsResponse response,
                     StoreBatch(rpc, memory, request));
    std::ranges::move(*response.mutable_units(), std::back_inserter(stored));
  }
  return stored;
}

Status RemoveTargetForTool(const RpcClient& rpc, const v1::Unit& unit,
                           int place) {
  v1::UpdateUnitRequest update;
  v1::Unit& rest = *update.mutable_unit();
  rest = unit;
  rest.mutable_variants()->DeleteSubrange(place, 1);
  std::set<std::string> languages;
  bool has_source = false;
  for (const v1::Variant& variant : rest.variants()) {
    languages.insert(BaseLanguage(variant.language_code()));
    has_source =
        has_source || variant.language_code() == unit.source_language_code();
  }
  if (languages.size() < 2) {
    v1::DeleteUnitRequest del;
    del.set_name(unit.name());
    del.set_etag(unit.etag());
    return CallByName<google::protobuf::Empty>(
               rpc, "tercet.v1.MemoryService.DeleteUnit", del)
        .status();
  }
  update.mutable_update_mask()->add_paths("variants");
  if (!has_source) {
    rest.set_source_language_code(rest.variants(0).language_code());
    update.mutable_update_mask()->add_paths("source_language_code");
  }
  return CallByName<v1::Unit>(rpc, "tercet.v1.MemoryService.UpdateUnit", update)
      .status();
}

StatusOr<std::vector<v1::Memory>> ListAllMemories(const RpcClient& rpc) {
  std::vector<v1::Memory> memories;
  v1::ListMemoriesRequest request;
  request.set_page_size(1000);
  do {
    ASSIGN_OR_RETURN(v1::ListMemoriesResponse page,
                     CallByName<v1::ListMemoriesResponse>(
                         rpc, "tercet.v1.MemoryService.ListMemories", request));
    for (v1::Memory& memory : *page.mutable_memories()) {
      memories.push_back(std::move(memory));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return memories;
}

}  // namespace tercet::http
