#include "service/http/t5memory_search.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/http/inline_markup.h"
#include "service/http/json_value.h"
#include "service/http/language_pair.h"
#include "service/http/t5memory_entry.h"
#include "service/http/time_text.h"
#include "service/http/tool_lookup.h"
#include "tercet/v1/lookup_service.pb.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFirstPageUnits = 100;  // Few, as a search mostly finds soon.
constexpr int kPageUnits = 1000;
constexpr int kDefaultResults = 20;
constexpr int kMostResults = 1000;
// A search that has found something, but little, stops there; the client asks
// again from there on. One that has found nothing goes on: the client takes an
// empty answer for the end.
constexpr int kMostUnits = 10'000;

char LowerAscii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return LowerAscii(c); });
  return lower;
}

// `contains, CASEINSENSETIVE` and the like, spelt as the client does.
struct SearchMode {
  explicit SearchMode(std::string_view text) {
    const std::string mode = LowerAscii(text);
    exact = mode.find("exact") != mode.npos;
    all_words = mode.find("concordance") != mode.npos;
    with_case = mode.find("casesensetive") != mode.npos ||
                mode.find("casesensitive") != mode.npos;
  }

  bool exact = false;
  bool all_words = false;
  bool with_case = false;
};

// A condition on a document, an author or the like.
class FieldCondition {
 public:
  FieldCondition(const Json& body, const std::string& name)
      : mode_(TextOf(body, name + "SearchMode")),
        wanted_(Shape(TextOf(body, name))) {}

  bool Holds(std::string_view value) const {
    if (wanted_.empty()) return true;
    const std::string shaped = Shape(value);
    return mode_.exact ? shaped == wanted_
                       : shaped.find(wanted_) != shaped.npos;
  }

 private:
  std::string Shape(std::string_view text) const {
    return mode_.with_case ? std::string(text) : LowerAscii(text);
  }

  SearchMode mode_;
  std::string wanted_;
};

// What the texts on one side of a pair must have.
struct Side {
  // Without region, as in lookups: any other English asks for `en-GB`, too.
  // Empty: any.
  std::string language;
  std::string text;
  SearchMode mode;

  bool searched() const { return !text.empty(); }
};

Side SideOf(const Json& body, const std::string& name,
            const std::string& language) {
  Side side{.language = BaseLanguage(TextOf(body, language)),
            .text = ParseMarkup("en", TextOf(body, name)).text(),
            .mode = SearchMode(TextOf(body, name + "SearchMode"))};
  if (side.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    side.text.clear();
  }
  return side;
}

struct SearchRequest {
  std::string memory;
  Side source;
  Side target;
  std::vector<std::pair<FieldCondition, std::string (*)(const v1::Unit&)>>
      fields;
  std::string start_time;  // As CompactTime writes them; empty: any.
  std::string end_time;
};

// A unit and where the searched texts stand in it.
struct FoundUnit {
  v1::Unit unit;
  std::vector<v1::VariantHit> hits;
};

struct UnitPage {
  std::vector<FoundUnit> units;
  std::string next_token;
};

struct PageToRead {
  std::string token;
  int most_units = kPageUnits;
};

void AddCondition(const Side& side, v1::SearchUnitsRequest& request) {
  if (!side.searched()) return;
  v1::TextCondition& condition = *request.add_conditions();
  condition.add_phrases(side.text);
  condition.set_all_words(side.mode.all_words);
  condition.set_form(side.mode.with_case ? v1::TextCondition::EXACT
                                         : v1::TextCondition::FOLDED);
  condition.set_language_code(side.language);
}

StatusOr<UnitPage> SearchPage(const RpcClient& rpc,
                              const SearchRequest& request,
                              const PageToRead& wanted) {
  v1::SearchUnitsRequest search;
  search.set_parent("memories/" + request.memory);
  AddCondition(request.source, search);
  AddCondition(request.target, search);
  search.set_page_size(wanted.most_units);
  search.set_page_token(wanted.token);
  ASSIGN_OR_RETURN(v1::SearchUnitsResponse response,
                   CallByName<v1::SearchUnitsResponse>(
                       rpc, "tercet.v1.LookupService.SearchUnits", search));
  UnitPage page{.next_token = response.next_page_token()};
  for (v1::SearchHit& hit : *response.mutable_hits()) {
    page.units.push_back(
        {.unit = std::move(*hit.mutable_unit()),
         .hits = {hit.variant_hits().begin(), hit.variant_hits().end()}});
  }
  return page;
}

// Where no text is searched for, all units.
StatusOr<UnitPage> ListPage(const RpcClient& rpc, const SearchRequest& request,
                            const PageToRead& wanted) {
  v1::ListUnitsRequest list;
  list.set_parent("memories/" + request.memory);
  list.set_page_size(wanted.most_units);
  list.set_page_token(wanted.token);
  ASSIGN_OR_RETURN(v1::ListUnitsResponse response,
                   CallByName<v1::ListUnitsResponse>(
                       rpc, "tercet.v1.MemoryService.ListUnits", list));
  UnitPage page{.next_token = response.next_page_token()};
  for (v1::Unit& unit : *response.mutable_units()) {
    page.units.push_back({.unit = std::move(unit)});
  }
  return page;
}

int CountCharacters(std::string_view text) {
  int count = 0;
  for (size_t i = 0; i < text.size(); ++count) DecodeUtf8(text, &i);
  return count;
}

// Whether a variant is one that the side asks for. The search has seen to it
// that some variant of the unit has the text.
bool Fits(const Side& side, const FoundUnit& found, int place) {
  const v1::Variant& variant = found.unit.variants(place);
  if (!side.language.empty() &&
      BaseLanguage(variant.language_code()) != side.language) {
    return false;
  }
  if (!side.searched()) return true;
  return std::ranges::any_of(found.hits, [&](const v1::VariantHit& hit) {
    if (hit.variant_index() != place) return false;
    if (!side.mode.exact) return true;
    return hit.spans_size() == 1 && hit.spans(0).begin() == 0 &&
           hit.spans(0).end() == CountCharacters(variant.text());
  });
}

// The variant that a unit was written in.
int WrittenIn(const v1::Unit& unit) {
  for (int i = 0; i < unit.variants_size(); ++i) {
    if (unit.variants(i).language_code() == unit.source_language_code()) {
      return i;
    }
  }
  return 0;
}

// Visits the pairs of the unit that are asked for.
template <typename Visit>
void ForEachPair(const SearchRequest& request, const FoundUnit& found,
                 const Visit& visit) {
  const v1::Unit& unit = found.unit;
  const int written_in = WrittenIn(unit);
  for (int s = 0; s < unit.variants_size(); ++s) {
    if (request.source.language.empty() && s != written_in) continue;
    if (!Fits(request.source, found, s)) continue;
    const std::string source_base =
        BaseLanguage(unit.variants(s).language_code());
    for (int t = 0; t < unit.variants_size(); ++t) {
      if (BaseLanguage(unit.variants(t).language_code()) == source_base)
        continue;
      if (!Fits(request.target, found, t)) continue;
      visit(unit.variants(s), unit.variants(t));
    }
  }
}

bool Holds(const SearchRequest& request, const v1::Unit& unit) {
  const std::string time = CompactTime(unit.update_time().seconds());
  if (!request.start_time.empty() && time < request.start_time) return false;
  if (!request.end_time.empty() && time > request.end_time) return false;
  return std::ranges::all_of(request.fields, [&unit](const auto& field) {
    return field.first.Holds(field.second(unit));
  });
}

// `TOKEN:COUNT`: so many units of the page of that token were looked at. The
// first page is `-`. Clients take positions apart at colons and put them
// together again.
struct Position {
  std::string token;
  size_t skipped = 0;
};

StatusOr<Position> ParsePosition(const std::string& text) {
  if (IsT5memoryBeginning(text)) return Position();
  Position position{.token = text.substr(0, text.find(':'))};
  if (position.token == "-") position.token.clear();
  const std::string_view count =
      std::string_view(text).substr(std::min(text.find(':'), text.size() - 1));
  const char* const end = count.data() + count.size();
  const auto parsed = std::from_chars(count.data() + 1, end, position.skipped);
  if (parsed.ec != std::errc() || parsed.ptr != end) {
    return InvalidFields({{"searchPosition", "is no position of a search"}});
  }
  return position;
}

std::string WritePosition(const Position& position) {
  return fmt::format("{}:{}", position.token.empty() ? "-" : position.token,
                     position.skipped);
}

// The pages of a search, each read when it is this one's turn.
class Pages {
 public:
  Pages(const RpcClient& rpc, const SearchRequest& request,
        T5memoryTurns& turns)
      : rpc_(rpc), request_(request), turns_(turns) {}
  ~Pages() {
    if (count_ > 1) --turns_.long_ones;
  }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  StatusOr<UnitPage> Read(const PageToRead& wanted) {
    if (++count_ == 2 && ++turns_.long_ones > turns_.most_long_ones) {
      // In the words that clients try again after.
      return MakeError(StatusCode::kUnavailable,
                       "Failed to acquire the lock: too many searches are "
                       "running; try again",
                       {.reason = "TOO_MANY_SEARCHES", .retry_delay_ms = 2000});
    }
    turns_.pages.acquire();
    const bool by_text =
        request_.source.searched() || request_.target.searched();
    StatusOr<UnitPage> page = by_text ? SearchPage(rpc_, request_, wanted)
                                      : ListPage(rpc_, request_, wanted);
    turns_.pages.release();
    return page;
  }

 private:
  const RpcClient& rpc_;
  const SearchRequest& request_;
  T5memoryTurns& turns_;
  int count_ = 0;
};

// What was found, and where to go on; no position at the end.
struct Findings {
  Json results = Json::array();
  std::optional<Position> next;
};

StatusOr<Findings> Find(Pages& pages, const SearchRequest& request,
                        Position from, size_t most_results,
                        T5memoryKeys& keys) {
  Findings findings;
  int page_units = static_cast<int>(std::min<size_t>(
      kPageUnits,
      std::min<size_t>(kPageUnits, from.skipped) + kFirstPageUnits));
  for (int looked_at = 0;;) {
    ASSIGN_OR_RETURN(const UnitPage page, pages.Read({from.token, page_units}));
    page_units = kPageUnits;
    for (size_t i = from.skipped; i < page.units.size(); ++i, ++looked_at) {
      if (findings.results.size() >= most_results) {
        findings.next = Position{from.token, i};
        return findings;
      }
      const FoundUnit& found = page.units[i];
      if (!Holds(request, found.unit)) continue;
      ForEachPair(request, found,
                  [&](const v1::Variant& source, const v1::Variant& target) {
                    findings.results.push_back(
                        T5memoryEntry(keys, found.unit, source, target));
                  });
    }
    if (page.next_token.empty()) return findings;
    from = {.token = page.next_token};
    if (looked_at >= kMostUnits && !findings.results.empty()) {
      findings.next = std::move(from);
      return findings;
    }
  }
}

StatusOr<Json> Answer(Pages& pages, const SearchRequest& request,
                      T5memoryKeys& keys, const Json& body) {
  ASSIGN_OR_RETURN(Position from,
                   ParsePosition(TextOf(body, "searchPosition")));
  int most = kDefaultResults;
  const std::string count = TextOf(body, "numResults");
  std::from_chars(count.data(), count.data() + count.size(), most);
  ASSIGN_OR_RETURN(
      Findings findings,
      Find(pages, request, std::move(from),
           static_cast<size_t>(std::clamp(most, 1, kMostResults)), keys));
  // Without `ErrorMsg`: the client takes any, even an empty one, for a failure.
  Json answer = {{"ReturnValue", 0}};
  answer["NewSearchPosition"] =
      findings.next.has_value() ? Json(WritePosition(*findings.next)) : Json();
  answer["results"] = std::move(findings.results);
  return answer;
}

StatusOr<Json> Count(Pages& pages, const SearchRequest& request) {
  int64_t count = 0;
  std::string token;
  do {
    ASSIGN_OR_RETURN(const UnitPage page, pages.Read({.token = token}));
    for (const FoundUnit& found : page.units) {
      if (!Holds(request, found.unit)) continue;
      ForEachPair(
          request, found,
          [&count](const v1::Variant&, const v1::Variant&) { ++count; });
    }
    token = page.next_token;
  } while (!token.empty());
  return Json{{"ReturnValue", 0}, {"NumOfFoundSegments", count}};
}

SearchRequest RequestOf(const std::string& memory, const Json& body) {
  SearchRequest request{.memory = memory,
                        .source = SideOf(body, "source", "sourceLang"),
                        .target = SideOf(body, "target", "targetLang"),
                        .start_time = TextOf(body, "timestampSpanStart"),
                        .end_time = TextOf(body, "timestampSpanEnd")};
  request.fields.emplace_back(
      FieldCondition(body, "document"),
      [](const v1::Unit& unit) { return unit.origin().document(); });
  request.fields.emplace_back(
      FieldCondition(body, "author"),
      [](const v1::Unit& unit) { return unit.attribution().creator(); });
  request.fields.emplace_back(
      FieldCondition(body, "context"),
      [](const v1::Unit& unit) { return unit.origin().key(); });
  // We keep none.
  request.fields.emplace_back(FieldCondition(body, "addInfo"),
                              [](const v1::Unit&) { return std::string(); });
  return request;
}

}  // namespace

StatusOr<Json> T5memorySearch::Search(const std::string& memory,
                                      const Json& body) {
  const SearchRequest request = RequestOf(memory, body);
  Pages pages(rpc_, request, turns_);
  if (TextOf(body, "onlyCountSegments") == "1") return Count(pages, request);
  return Answer(pages, request, keys_, body);
}

StatusOr<Json> T5memorySearch::SearchConcordance(const std::string& memory,
                                                 const Json& body) {
  const std::string name =
      LowerAscii(TextOf(body, "searchType")) == "target" ? "target" : "source";
  Json search = {{name, TextOf(body, "searchString")}};
  search["searchPosition"] = TextOf(body, "searchPosition");
  search["numResults"] = TextOf(body, "numResults");
  if (TextOf(body, "searchString").empty()) {
    return InvalidFields({{"searchString", "is missing"}});
  }
  return Search(memory, search);
}

}  // namespace tercet::http
