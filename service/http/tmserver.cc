#include "service/http/tmserver.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "service/http/error_json.h"
#include "service/http/import_pieces.h"
#include "service/http/json_value.h"
#include "service/http/tool_lookup.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

// Weblate cuts texts there.
constexpr size_t kCutAt = 500;
constexpr size_t kMaxTextBytes = 128 << 10;
constexpr size_t kPieceBytes = 256 << 10;
constexpr int kDefaultScore = 70;
constexpr int kDefaultMatches = 5;

Response Answered(const Json& json) {
  Response response = MakeResponse(200, kJsonType, DumpJson(json));
  response.fields.push_back({"Cache-Control", "no-cache"});
  return response;
}

Status BadText(std::string_view what) {
  return InvalidFields({{"source", std::string(what)}});
}

// Whether nothing is wrong with a request but its languages.
bool HasUnknownLanguages(const Status& status) {
  const std::vector<FieldViolation> wrong = GetDetails(status).violations;
  return !wrong.empty() &&
         std::ranges::all_of(wrong, [](const FieldViolation& violation) {
           return violation.field.find("language_code") != std::string::npos;
         });
}

// A whole number within [least, most]; `fallback` for what is none.
int NumberParameter(const Parameters& query, std::string_view name,
                    int fallback, int most) {
  const std::string text = FindParameter(query, name).value_or("");
  int number = fallback;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return std::clamp(number, 1, most);
}

// All spellings that clients use for a language: Weblate takes the list at its
// word (`zh_hans`), Okapi sends POSIX locales (`zh_CN`).
std::set<std::string> Spellings(const std::string& code) {
  std::string lower = code;
  std::ranges::transform(lower, lower.begin(), [](char c) {
    if (c == '-') return '_';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  std::set<std::string> spellings = {code, lower};
  const std::string base = lower.substr(0, lower.find('_'));
  if (base == "zh") {
    spellings.insert({"zh", "zh_cn", "zh_CN", "zh-CN", "zh_hans", "zh_Hans",
                      "zh-Hans", "zh_tw", "zh_TW", "zh-TW", "zh_hant",
                      "zh_Hant", "zh-Hant"});
  } else if (base == "es") {
    spellings.insert({"es", "es_es", "es_ES", "es-ES", "es_419", "es-419",
                      "es_mx", "es_MX", "es-MX"});
  } else if (base == "en") {
    spellings.insert(
        {"en", "en_us", "en_US", "en-US", "en_gb", "en_GB", "en-GB"});
  } else {
    spellings.insert(base);
  }
  return spellings;
}

// `{source}/{target}/{what}/{rest}`; the rest may hold slashes.
struct PairPath {
  std::string source;
  std::string target;
  std::string_view what;
  std::string rest;
};

std::optional<PairPath> ParsePairPath(std::string_view path) {
  PairPath parsed;
  for (std::string* language : {&parsed.source, &parsed.target}) {
    const size_t slash = path.find('/');
    if (slash == path.npos) return std::nullopt;
    *language = DecodePath(path.substr(0, slash));
    path.remove_prefix(slash + 1);
  }
  const size_t slash = path.find('/');
  parsed.what = path.substr(0, slash);
  if (slash != path.npos) parsed.rest = DecodePath(path.substr(slash + 1));
  if (parsed.what != "unit" && parsed.what != "store") return std::nullopt;
  return parsed;
}

class Tmserver final : public Adapter {
 public:
  Tmserver(const RpcClient& rpc, WriteRule rule)
      : rpc_(rpc), rule_(std::move(rule)) {}

  Response Answer(const ToolRequest& request) override {
    if (request.path == "languages/" || request.path == "languages") {
      return Languages(request);
    }
    const std::optional<PairPath> pair = ParsePairPath(request.path);
    if (!pair.has_value()) {
      return ErrorResponse(
          MakeError(StatusCode::kNotFound,
                    "there is nothing at this address; lookups are at "
                    "{source language}/{target language}/unit/{text}",
                    {.reason = "HTTP_PATH_UNKNOWN"}));
    }
    const std::string& method = request.request.method;
    const bool asks = method == "GET" || method == "HEAD";
    if (asks && pair->what == "unit") return Lookup(request, *pair);
    if (method != "PUT" && method != "POST") return WrongMethod(*pair);
    const bool is_file = method == "PUT" && pair->what == "store";
    const StatusOr<size_t> stored =
        is_file ? StoreFile(request, *pair) : Store(request, *pair);
    if (!stored.ok()) return ErrorResponse(stored.status());
    if (pair->what == "unit") return MakeResponse(200, kJsonType, "");
    return MakeResponse(
        200, "text/plain; charset=utf-8",
        fmt::format("added {} units from {}", *stored, pair->rest));
  }

 private:
  static Response WrongMethod(const PairPath& pair) {
    const std::string allowed =
        pair.what == "unit" ? "GET, HEAD, PUT, POST" : "PUT, POST";
    Response refusal = MakeErrorResponse(405, StatusCode::kInvalidArgument,
                                         "HTTP_METHOD_UNKNOWN",
                                         allowed + " are for this address");
    refusal.fields.push_back({"Allow", allowed});
    return refusal;
  }

  static std::string TextOfAddress(const ToolRequest& request,
                                   const PairPath& pair) {
    if (!pair.rest.empty()) return pair.rest;
    return FindParameter(request.query, "source").value_or("");
  }

  Response Lookup(const ToolRequest& request, const PairPath& pair) const {
    const std::string text = TextOfAddress(request, pair);
    if (text.empty()) return ErrorResponse(BadText("there is no text"));
    if (text.size() > kMaxTextBytes) {
      return ErrorResponse(414, BadText("the text is too long"));
    }
    const StatusOr<std::vector<ToolMatch>> matches = LookUpForTool(
        rpc_, {.memories = request.memories(),
               .segment = MakeQuery(pair.source, text),
               .target_language = pair.target,
               .min_score = NumberParameter(request.query, "min_similarity",
                                            kDefaultScore, 100),
               .max_matches = NumberParameter(request.query, "max_candidates",
                                              kDefaultMatches, 100),
               .cut_at = kCutAt,
               .distinct = true});
    // An unknown language has no matches: clients take any error for a reason
    // to turn the service off.
    if (!matches.ok() && HasUnknownLanguages(matches.status())) {
      return Answered(Json::array());
    }
    if (!matches.ok()) return ErrorResponse(matches.status());
    Json list = Json::array();
    for (const ToolMatch& match : *matches) {
      list.push_back({{"source", match.match.source().text()},
                      {"target", match.target.text()},
                      // Okapi reads a number without a decimal point as another
                      // type, and fails.
                      {"quality", static_cast<double>(match.match.score())},
                      {"rank", 100.0},
                      {"context", match.match.unit().origin().key()}});
    }
    return Answered(list);
  }

  Response Languages(const ToolRequest& request) const {
    const StatusOr<std::vector<v1::Memory>> memories = ListAllMemories(rpc_);
    if (!memories.ok()) return ErrorResponse(memories.status());
    std::set<std::string> spellings;
    for (const v1::Memory& memory : *memories) {
      if (!request.memory.empty() &&
          memory.name() != "memories/" + request.memory) {
        continue;
      }
      for (const v1::LanguageCount& count : memory.language_counts()) {
        spellings.merge(Spellings(count.language_code()));
      }
    }
    return Answered(
        {{"sourceLanguages", spellings}, {"targetLanguages", spellings}});
  }

  StatusOr<size_t> Store(const ToolRequest& request,
                         const PairPath& pair) const {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    ASSIGN_OR_RETURN(Json body, ParseJson(request.request.body));
    if (body.is_object()) body = Json::array({std::move(body)});
    std::vector<ToolUnit> units;
    for (const Json& one : body) {
      std::string source = TextOf(one, "source");
      const std::string target = TextOf(one, "target");
      if (source.empty() && pair.what == "unit")
        source = TextOfAddress(request, pair);
      if (source.empty() || target.empty()) continue;
      ToolUnit unit{.source = MakeVariant(pair.source, source),
                    .target = MakeVariant(pair.target, target)};
      unit.origin.set_key(TextOf(one, "context"));
      if (pair.what == "store") unit.origin.set_document(pair.rest);
      units.push_back(std::move(unit));
    }
    if (units.empty()) {
      return InvalidFields({{"source", "there is no unit with both texts"}});
    }
    RETURN_IF_ERROR(StoreForTool(rpc_, MemoryOf(request), units).status());
    return units.size();
  }

  // A whole file, as translate-toolkit's server takes it. Texts that do not say
  // their language have the pair's.
  StatusOr<size_t> StoreFile(const ToolRequest& request,
                             const PairPath& pair) const {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    v1::ImportConfig config;
    config.set_memory("memories/" + MemoryOf(request));
    config.set_source(pair.rest);
    config.add_default_language_codes(pair.source);
    config.add_default_language_codes(pair.target);
    std::string_view rest = request.request.body;
    v1::Import import;
    RETURN_IF_ERROR(ImportPieces(
        rpc_, config,
        [&rest] {
          std::string piece(rest.substr(0, kPieceBytes));
          rest.remove_prefix(piece.size());
          return piece;
        },
        import));
    const v1::ImportReport& report = import.report();
    return static_cast<size_t>(report.read_count() - report.skipped_count() -
                               report.failed_count());
  }

  const std::string& MemoryOf(const ToolRequest& request) const {
    return request.memory.empty() ? rule_.memory : request.memory;
  }

  const RpcClient& rpc_;
  const WriteRule rule_;
};

}  // namespace

std::unique_ptr<Adapter> MakeTmserver(const RpcClient& rpc, WriteRule rule) {
  return std::make_unique<Tmserver>(rpc, std::move(rule));
}

}  // namespace tercet::http
