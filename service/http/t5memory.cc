#include "service/http/t5memory.h"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/http/error_json.h"
#include "service/http/import_pieces.h"
#include "service/http/inline_markup.h"
#include "service/http/json_value.h"
#include "service/http/t5memory_download.h"
#include "service/http/t5memory_entry.h"
#include "service/http/t5memory_keys.h"
#include "service/http/t5memory_names.h"
#include "service/http/t5memory_search.h"
#include "service/http/t5memory_status.h"
#include "service/http/tool_lookup.h"
#include "service/http/upload.h"
#include "service/http/url.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMinScore = 50;
constexpr int kMaxMatches = 20;
constexpr int kMostPartUnits = 10'000;  // Where the client names no limit.
constexpr size_t kMaxJsonBytes = 1 << 20;
constexpr int kBodyTooLarge = 413;
// `ReturnValue` of what is busy: clients try again.
constexpr int kBusy = 506;

// Errors carry a number that is not 0; clients show the words.
Response Problem(const Status& status) {
  const std::string reason = GetDetails(status).reason;
  Response response = reason == "HTTP_BODY_TOO_LARGE"
                          ? ErrorResponse(kBodyTooLarge, status)
                          : ErrorResponse(status);
  const bool busy = reason == "TOO_MANY_SEARCHES";
  const Json body = {{"ReturnValue", busy ? kBusy : response.status},
                     {"ErrorMsg", std::string(MessageOf(status))}};
  response.body = DumpJson(body);
  return response;
}

Response Answered(const Json& body) {
  return MakeResponse(200, kJsonType, DumpJson(body));
}

std::string_view MatchType(v1::Match::Kind kind) {
  switch (kind) {
    case v1::Match::EXACT_IN_CONTEXT:
      return "ExactExact";
    case v1::Match::EXACT:
      return "Exact";
    default:
      return "Fuzzy";
  }
}

Json ResultJson(T5memoryKeys& keys, const ToolMatch& found) {
  Json result = T5memoryEntry(keys, found.match.unit(), found.match.source(),
                              found.target);
  result["matchType"] = MatchType(found.match.kind());
  result["matchRate"] = found.match.score();
  result["fuzzyWords"] = -1;
  result["fuzzyDiffs"] = -1;
  return result;
}

// The whole body, of a request that is streamed.
StatusOr<std::string> ReadBody(Stream& stream) {
  std::string body;
  while (true) {
    ASSIGN_OR_RETURN(const std::string piece, stream.Read());
    if (piece.empty()) return body;
    body += piece;
    if (body.size() > kMaxJsonBytes) {
      return MakeError(StatusCode::kInvalidArgument,
                       "the body is longer than 1 MiB",
                       {.reason = "HTTP_BODY_TOO_LARGE"});
    }
  }
}

class T5memory final : public Adapter {
 public:
  T5memory(const RpcClient& rpc, ImportJobs& jobs, const Clock& clock,
           WriteRule rule)
      : rpc_(rpc),
        jobs_(jobs),
        keys_(clock.NowMicros()),
        search_(rpc, keys_),
        rule_(std::move(rule)) {}

  // Files come as multipart, and what follows may take long.
  bool Streams(const ToolRequest& request) const override {
    const std::string_view verb = Path(request.path).verb;
    return verb == "download.tmx" || verb == "search" ||
           verb == "concordancesearch" || verb == "clone" ||
           request.request.FieldValue("Content-Type").starts_with("multipart/");
  }

  Response Answer(const ToolRequest& request) override {
    const StatusOr<Json> answer = TryAnswer(request, request.request.body);
    return answer.ok() ? Answered(*answer) : Problem(answer.status());
  }

  void AnswerStream(const ToolRequest& request, Stream& stream) override {
    if (Path(request.path).verb == "download.tmx") {
      return Download(request, stream);
    }
    const StatusOr<Json> answer = TryAnswerStream(request, stream);
    (void)stream.Start(answer.ok() ? Answered(*answer)
                                   : Problem(answer.status()));
  }

 private:
  // `{memory}/{verb}`. The client writes the name as in a form: a space is `+`.
  struct Path {
    explicit Path(std::string_view path) {
      const size_t slash = path.find('/');
      name = DecodeForm(path.substr(0, slash));
      if (slash != path.npos) verb = path.substr(slash + 1);
    }

    std::string name;
    std::string_view verb;
  };

  // What most functions need.
  struct Call {
    const ToolRequest& request;
    T5memoryNames names;
    std::string memory;  // An id: the memory is there.
    Json body;
  };

  StatusOr<Json> TryAnswerStream(const ToolRequest& request, Stream& stream) {
    if (request.request.FieldValue("Content-Type").starts_with("multipart/")) {
      return ReceiveFile(request, stream);
    }
    ASSIGN_OR_RETURN(const std::string body, ReadBody(stream));
    return TryAnswer(request, body);
  }

  StatusOr<Json> TryAnswer(const ToolRequest& request,
                           const std::string& body) {
    const Path path(request.path);
    const std::string& method = request.request.method;
    const T5memoryNames names(rpc_, request.memory);
    if (path.name.empty()) {
      return method == "POST" ? Create(names, request) : List(names);
    }
    if (path.verb.empty() && method == "DELETE") {
      return Delete(names, path, request);
    }
    if (path.verb == "status") return StatusOf(names, path);
    if (path.verb == "flush" || path.verb == "reorganize") {
      RETURN_IF_ERROR(names.Find(path.name).status());
      return Json{{"ReturnValue", 0}};  // Always done.
    }
    if (method == "POST") {
      if (const Function function = FunctionOf(path.verb)) {
        ASSIGN_OR_RETURN(Json json, ParseJson(body));
        ASSIGN_OR_RETURN(const v1::Memory memory, names.Find(path.name));
        return (this->*function)(
            {request, names, MemoryIdOf(memory), std::move(json)});
      }
    }
    return MakeError(
        StatusCode::kNotFound,
        fmt::format("there is no such function: {} {}", method, request.path),
        {.reason = "HTTP_PATH_UNKNOWN"});
  }

  using Function = StatusOr<Json> (T5memory::*)(const Call& call);

  // Null: there is none of that name.
  static Function FunctionOf(std::string_view verb) {
    if (verb == "fuzzysearch") return &T5memory::FuzzySearch;
    if (verb == "search") return &T5memory::Search;
    if (verb == "concordancesearch") return &T5memory::SearchConcordance;
    if (verb == "entry") return &T5memory::Save;
    if (verb == "getentry") return &T5memory::GetEntry;
    if (verb == "entrydelete") return &T5memory::DeleteEntry;
    if (verb == "clone") return &T5memory::Clone;
    return nullptr;
  }

  static StatusOr<Json> List(const T5memoryNames& names) {
    ASSIGN_OR_RETURN(const std::vector<std::string> all, names.List());
    Json open = Json::array();
    for (const std::string& name : all) open.push_back({{"name", name}});
    return Json{{"Open", std::move(open)},
                {"Available on disk", Json::array()}};
  }

  StatusOr<Json> Create(const T5memoryNames& names,
                        const ToolRequest& request) const {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    ASSIGN_OR_RETURN(const Json body, ParseJson(request.request.body));
    const std::string name = TextOf(body, "name");
    RETURN_IF_ERROR(names.Create(name).status());
    return Json{{"name", name}};
  }

  StatusOr<Json> Delete(const T5memoryNames& names, const Path& path,
                        const ToolRequest& request) const {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    const StatusOr<v1::Memory> memory = names.Find(path.name);
    if (memory.status().code() == StatusCode::kNotFound) {
      // The client takes this, and no other failure, for a success.
      return MakeError(StatusCode::kInternal,
                       fmt::format("{} not found(error 48)", path.name),
                       GetDetails(memory.status()));
    }
    RETURN_IF_ERROR(memory.status());
    RETURN_IF_ERROR(DeleteById(MemoryIdOf(*memory)));
    return Json{{fmt::format("{} memory", path.name), "deleted"}};
  }

  Status DeleteById(const std::string& id) const {
    v1::DeleteMemoryRequest del;
    del.set_name("memories/" + id);
    del.set_force(true);
    return CallByName<google::protobuf::Empty>(
               rpc_, "tercet.v1.MemoryService.DeleteMemory", del)
        .status();
  }

  StatusOr<Json> StatusOf(const T5memoryNames& names, const Path& path) const {
    const StatusOr<v1::Memory> memory = names.Find(path.name);
    if (memory.status().code() == StatusCode::kNotFound) {
      return Json{{"status", "not found"}};
    }
    RETURN_IF_ERROR(memory.status());
    return T5memoryStatus(*memory, jobs_.LatestInto(MemoryIdOf(*memory)));
  }

  StatusOr<Json> Search(const Call& call) {
    return search_.Search(call.memory, call.body);
  }
  StatusOr<Json> SearchConcordance(const Call& call) {
    return search_.SearchConcordance(call.memory, call.body);
  }
  StatusOr<Json> GetEntry(const Call& call) {
    return GetT5memoryEntry(rpc_, keys_, call.memory, call.body);
  }

  StatusOr<Json> FuzzySearch(const Call& call) {
    const Json& body = call.body;
    const v1::Variant source =
        ParseMarkup(TextOf(body, "sourceLang"), TextOf(body, "source"));
    v1::Query segment = MakeQuery(source.language_code(), source.text());
    *segment.mutable_codes() = source.codes();
    segment.set_key(TextOf(body, "context"));
    ASSIGN_OR_RETURN(
        const std::vector<ToolMatch> matches,
        LookUpForTool(rpc_, {.memories = {call.memory},
                             .segment = std::move(segment),
                             .target_language = TextOf(body, "targetLang"),
                             .min_score = kMinScore,
                             .max_matches = kMaxMatches}));
    Json results = Json::array();
    for (const ToolMatch& match : matches) {
      results.push_back(ResultJson(keys_, match));
    }
    return Json{{"ReturnValue", 0},
                {"ErrorMsg", ""},
                {"NumOfFoundProposals", matches.size()},
                {"results", std::move(results)}};
  }

  StatusOr<Json> Save(const Call& call) {
    RETURN_IF_ERROR(CheckMayWrite(rule_, call.request));
    return SaveT5memoryEntry(rpc_, keys_, call.memory, call.body);
  }

  StatusOr<Json> DeleteEntry(const Call& call) {
    RETURN_IF_ERROR(CheckMayWrite(rule_, call.request));
    return DeleteT5memoryEntry(rpc_, keys_, call.memory, call.body);
  }

  // Answers when all is copied.
  StatusOr<Json> Clone(const Call& call) {
    RETURN_IF_ERROR(CheckMayWrite(rule_, call.request));
    ASSIGN_OR_RETURN(const v1::Memory created,
                     call.names.Create(TextOf(call.body, "newName")));
    const std::string copy = MemoryIdOf(created);
    if (const Status copied = CopyUnits(call.memory, copy); !copied.ok()) {
      (void)DeleteById(copy);  // No half copy stays behind.
      return copied;
    }
    const std::string name = Path(call.request.path).name;
    return Json{{"ReturnValue", 0},
                {"msg", fmt::format("{} was cloned successfully", name)}};
  }

  Status CopyUnits(const std::string& from, const std::string& to) const {
    v1::ExportUnitsRequest request;
    request.set_memory("memories/" + from);
    request.set_format(v1::JSONL);
    const std::unique_ptr<RpcStream> units = rpc_.Open(
        *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
            "tercet.v1.MemoryService.ExportUnits"));
    if (units->Write(request)) units->WritesDone();
    Status exported;
    const auto next = [&]() -> std::optional<std::string> {
      v1::ExportUnitsResponse response;
      while (units->Read(response)) {
        if (!response.chunk().empty()) return response.chunk();
      }
      exported = units->Finish();
      if (!exported.ok()) return std::nullopt;
      return std::string();
    };
    v1::ImportConfig config;
    config.set_memory("memories/" + to);
    config.set_format(v1::JSONL);
    config.set_source(from);
    v1::Import import;
    const Status imported = ImportPieces(rpc_, config, next, import);
    return exported.ok() ? imported : exported;
  }

  // `importtmx` of a memory, or a memory made with a file.
  StatusOr<Json> ReceiveFile(const ToolRequest& request, Stream& stream) {
    const Path path(request.path);
    const T5memoryNames names(rpc_, request.memory);
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    ASSIGN_OR_RETURN(Upload upload, ReceiveUpload(request.request, stream));
    const std::string data =
        FindParameter(upload.fields, "json_data").value_or("{}");
    ASSIGN_OR_RETURN(const Json fields, ParseJson(data));
    Json answer = {{"ReturnValue", 0}};
    v1::Memory memory;
    if (path.name.empty()) {
      const std::string name = TextOf(fields, "name");
      ASSIGN_OR_RETURN(memory, names.Create(name));
      answer = {{"name", name}};
    } else {
      ASSIGN_OR_RETURN(memory, names.Find(path.name));
    }
    if (upload.file.has_value()) {
      v1::ImportConfig config;
      config.set_memory(memory.name());
      config.set_format(v1::TMX);
      if (TextOf(fields, "saveDifferentTargetsForSameSource") == "0") {
        config.set_write_mode(v1::OVERWRITE);
      }
      RETURN_IF_ERROR(jobs_.Start(config, *std::move(upload.file)).status());
    }
    return answer;
  }

  // All at once, or the part that the body asks for.
  void Download(const ToolRequest& request, Stream& stream) const {
    const T5memoryNames names(rpc_, request.memory);
    const StatusOr<v1::Memory> memory = names.Find(Path(request.path).name);
    if (!memory.ok()) return (void)stream.Start(Problem(memory.status()));
    const StatusOr<Json> wanted = ReadWantedPart(stream);
    if (!wanted.ok()) return (void)stream.Start(Problem(wanted.status()));
    const std::string limit = TextOf(*wanted, "limit");
    const std::string from = TextOf(*wanted, "startFromInternalKey");
    if (limit.empty() && from.empty()) return DownloadAll(*memory, stream);
    int most = 0;
    std::from_chars(limit.data(), limit.data() + limit.size(), most);
    const StatusOr<T5memoryPart> part = ReadT5memoryPart(
        rpc_, MemoryIdOf(*memory), from, most > 0 ? most : kMostPartUnits);
    if (!part.ok()) return (void)stream.Start(Problem(part.status()));
    Response response = MakeResponse(200, "application/xml", part->tmx);
    if (!part->next_key.empty()) {
      response.fields.push_back({"NextInternalKey", part->next_key});
    }
    (void)stream.Start(response);
  }

  static StatusOr<Json> ReadWantedPart(Stream& stream) {
    ASSIGN_OR_RETURN(const std::string body, ReadBody(stream));
    if (body.find_first_not_of(" \t\r\n") == body.npos) return Json::object();
    return ParseJson(body);
  }

  void DownloadAll(const v1::Memory& memory, Stream& stream) const {
    v1::ExportUnitsRequest request;
    request.set_memory(memory.name());
    request.set_format(v1::TMX);
    const std::unique_ptr<RpcStream> rpc = rpc_.Open(
        *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
            "tercet.v1.MemoryService.ExportUnits"));
    if (rpc->Write(request)) rpc->WritesDone();
    v1::ExportUnitsResponse response;
    bool started = false;
    while (rpc->Read(response)) {
      const Status sent = started
                              ? stream.Write(response.chunk())
                              : stream.Start(MakeResponse(
                                    200, "application/xml", response.chunk()));
      started = true;
      if (!sent.ok()) return;
    }
    const Status ended = rpc->Finish();
    if (!started && !ended.ok()) (void)stream.Start(Problem(ended));
    if (started && !ended.ok()) stream.Abort();
  }

  const RpcClient& rpc_;
  ImportJobs& jobs_;
  T5memoryKeys keys_;
  T5memorySearch search_;
  const WriteRule rule_;
};

// Beside the memories: which server this is, and what there is always done.
class T5memoryService final : public Adapter {
 public:
  Response Answer(const ToolRequest& request) override {
    // The client asks for the version to choose among forms of requests.
    if (request.path == "resources") return Answered({{"Version", "0.6.0"}});
    if (request.path == "savetms") return Answered({{"ReturnValue", 0}});
    return Problem(MakeError(StatusCode::kNotFound,
                             "there is only `resources` and `savetms`",
                             {.reason = "HTTP_PATH_UNKNOWN"}));
  }
};

}  // namespace

std::unique_ptr<Adapter> MakeT5memory(const RpcClient& rpc, ImportJobs& jobs,
                                      const Clock& clock, WriteRule rule) {
  return std::make_unique<T5memory>(rpc, jobs, clock, std::move(rule));
}

std::unique_ptr<Adapter> MakeT5memoryService() {
  return std::make_unique<T5memoryService>();
}

}  // namespace tercet::http
