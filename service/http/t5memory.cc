#include "service/http/t5memory.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/hash.h"
#include "service/http/error_json.h"
#include "service/http/import_pieces.h"
#include "service/http/inline_markup.h"
#include "service/http/json_value.h"
#include "service/http/t5memory_entry.h"
#include "service/http/t5memory_keys.h"
#include "service/http/t5memory_search.h"
#include "service/http/time_text.h"
#include "service/http/tool_lookup.h"
#include "service/http/upload.h"
#include "service/http/url.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMinScore = 50;
constexpr int kMaxMatches = 20;
constexpr size_t kMaxIdBytes = 63;

bool IsIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

// Errors carry a number that is not 0; clients show the words.
Response Problem(const Status& status) {
  Response response = ErrorResponse(status);
  const Json body = {{"ReturnValue", response.status},
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

Json JobStatus(const std::optional<ImportJob>& job) {
  Json status = {{"status", "open"},
                 {"tmxImportStatus", "available"},
                 {"importProgress", 100}};
  if (!job.has_value()) return status;
  const bool running = job->state == ImportJob::State::kRunning;
  if (running) status["status"] = "import running";
  status["tmxImportStatus"] = running ? "import"
                              : job->state == ImportJob::State::kFailed
                                  ? "failed"
                                  : "available";
  status["importProgress"] = running ? 0 : 100;
  status["importTime"] =
      running ? "not finished" : CompactTime(job->end_micros / 1'000'000);
  const v1::ImportReport& report = job->import.report();
  const int64_t left_out = report.skipped_count() + report.failed_count();
  status["segmentsImported"] = report.read_count() - left_out;
  status["invalidSegments"] = left_out;
  status["tmxSegmentCount"] = report.read_count();
  status["importErrorMsg"] = job->message;
  status["ErrorMsg"] = job->message;
  return status;
}

class T5memory final : public Adapter {
 public:
  T5memory(const RpcClient& rpc, ImportJobs& jobs, const Clock& clock,
           WriteRule rule)
      : rpc_(rpc),
        jobs_(jobs),
        keys_(clock.NowMicros()),
        rule_(std::move(rule)) {}

  // Files come as multipart, and downloads may be long.
  bool Streams(const ToolRequest& request) const override {
    const Path path(request.path);
    return path.verb == "download.tmx" ||
           request.request.FieldValue("Content-Type").starts_with("multipart/");
  }

  Response Answer(const ToolRequest& request) override {
    const StatusOr<Json> answer = TryAnswer(request);
    return answer.ok() ? Answered(*answer) : Problem(answer.status());
  }

  void AnswerStream(const ToolRequest& request, Stream& stream) override {
    const Path path(request.path);
    if (path.verb == "download.tmx") return Download(path, stream);
    const StatusOr<Json> answer = ReceiveFile(path, request, stream);
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
    std::string id() const { return MemoryIdOfName(name); }

    std::string name;
    std::string_view verb;
  };

  StatusOr<Json> TryAnswer(const ToolRequest& request) {
    const Path path(request.path);
    const std::string& method = request.request.method;
    if (path.name.empty()) {
      return method == "POST" ? Create(request) : List();
    }
    if (path.verb.empty() && method == "DELETE") return Delete(path, request);
    if (path.verb == "status") return StatusOf(path);
    if (path.verb == "flush" || path.verb == "reorganize") {
      return Json{{"ReturnValue", 0}};  // Always done.
    }
    if (method == "POST") {
      ASSIGN_OR_RETURN(const Json body, ParseJson(request.request.body));
      if (path.verb == "fuzzysearch") return FuzzySearch(path, body);
      if (path.verb == "search") {
        return SearchT5memory(rpc_, keys_, path.id(), body);
      }
      if (path.verb == "concordancesearch") {
        return SearchT5memoryConcordance(rpc_, keys_, path.id(), body);
      }
      if (path.verb == "entry") return Save(path, request, body);
      if (path.verb == "getentry") {
        return GetT5memoryEntry(rpc_, keys_, path.id(), body);
      }
      if (path.verb == "entrydelete") return DeleteEntry(path, request, body);
      if (path.verb == "clone") return Clone(path, request, body);
    }
    return MakeError(
        StatusCode::kNotFound,
        fmt::format("there is no such function: {} {}", method, request.path),
        {.reason = "HTTP_PATH_UNKNOWN"});
  }

  StatusOr<Json> List() const {
    ASSIGN_OR_RETURN(const std::vector<v1::Memory> memories,
                     ListAllMemories(rpc_));
    Json open = Json::array();
    for (const v1::Memory& memory : memories) {
      const std::string& name = memory.display_name().empty()
                                    ? memory.name().substr(9)
                                    : memory.display_name();
      open.push_back({{"name", name}});
    }
    return Json{{"Open", std::move(open)},
                {"Available on disk", Json::array()}};
  }

  StatusOr<Json> Create(const ToolRequest& request) const {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    ASSIGN_OR_RETURN(const Json body, ParseJson(request.request.body));
    return CreateNamed(TextOf(body, "name"));
  }

  StatusOr<Json> CreateNamed(const std::string& name) const {
    if (name.empty()) return InvalidFields({{"name", "is missing"}});
    v1::CreateMemoryRequest create;
    create.set_memory_id(MemoryIdOfName(name));
    create.mutable_memory()->set_display_name(name);
    RETURN_IF_ERROR(CallByName<v1::Memory>(
                        rpc_, "tercet.v1.MemoryService.CreateMemory", create)
                        .status());
    return Json{{"name", name}};
  }

  StatusOr<Json> Delete(const Path& path, const ToolRequest& request) const {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    RETURN_IF_ERROR(DeleteById(path.id()));
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

  Status RequireMemory(const Path& path) const {
    v1::GetMemoryRequest get;
    get.set_name("memories/" + path.id());
    return CallByName<v1::Memory>(rpc_, "tercet.v1.MemoryService.GetMemory",
                                  get)
        .status();
  }

  StatusOr<Json> StatusOf(const Path& path) const {
    const Status there = RequireMemory(path);
    const std::optional<ImportJob> job = jobs_.LatestInto(path.id());
    const bool running =
        job.has_value() && job->state == ImportJob::State::kRunning;
    if (there.code() == StatusCode::kNotFound && !running) {
      return Json{{"status", "not found"}};
    }
    return JobStatus(job);
  }

  StatusOr<Json> FuzzySearch(const Path& path, const Json& body) {
    const v1::Variant source =
        ParseMarkup(TextOf(body, "sourceLang"), TextOf(body, "source"));
    v1::Query segment = MakeQuery(source.language_code(), source.text());
    *segment.mutable_codes() = source.codes();
    segment.set_key(TextOf(body, "context"));
    ASSIGN_OR_RETURN(
        const std::vector<ToolMatch> matches,
        LookUpForTool(rpc_, {.memories = {path.id()},
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

  StatusOr<Json> Save(const Path& path, const ToolRequest& request,
                      const Json& body) {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    RETURN_IF_ERROR(RequireMemory(path));
    return SaveT5memoryEntry(rpc_, keys_, path.id(), body);
  }

  StatusOr<Json> DeleteEntry(const Path& path, const ToolRequest& request,
                             const Json& body) const {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    return DeleteT5memoryEntry(rpc_, keys_, path.id(), body);
  }

  // Answers when all is copied.
  StatusOr<Json> Clone(const Path& path, const ToolRequest& request,
                       const Json& body) const {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    RETURN_IF_ERROR(RequireMemory(path));
    const std::string name = TextOf(body, "newName");
    const StatusOr<Json> created = CreateNamed(name);
    if (created.status().code() == StatusCode::kAlreadyExists) {
      return MakeError(StatusCode::kAlreadyExists,
                       fmt::format("memory '{}' already exists", name),
                       GetDetails(created.status()));
    }
    RETURN_IF_ERROR(created.status());
    const std::string copy = MemoryIdOfName(name);
    if (const Status copied = CopyUnits(path.id(), copy); !copied.ok()) {
      (void)DeleteById(copy);  // No half copy stays behind.
      return copied;
    }
    return Json{{"ReturnValue", 0},
                {"msg", fmt::format("{} was cloned successfully", path.name)}};
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
  StatusOr<Json> ReceiveFile(const Path& path, const ToolRequest& request,
                             Stream& stream) {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    ASSIGN_OR_RETURN(Upload upload, ReceiveUpload(request.request, stream));
    const std::string data =
        FindParameter(upload.fields, "json_data").value_or("{}");
    ASSIGN_OR_RETURN(const Json fields, ParseJson(data));
    std::string id = path.id();
    Json answer = {{"ReturnValue", 0}};
    if (path.name.empty()) {
      ASSIGN_OR_RETURN(answer, CreateNamed(TextOf(fields, "name")));
      id = MemoryIdOfName(TextOf(fields, "name"));
    } else {
      RETURN_IF_ERROR(RequireMemory(path));
    }
    if (upload.file.has_value()) {
      v1::ImportConfig config;
      config.set_memory("memories/" + id);
      config.set_format(v1::TMX);
      if (TextOf(fields, "saveDifferentTargetsForSameSource") == "0") {
        config.set_write_mode(v1::OVERWRITE);
      }
      RETURN_IF_ERROR(jobs_.Start(config, *std::move(upload.file)).status());
    }
    return answer;
  }

  void Download(const Path& path, Stream& stream) const {
    v1::ExportUnitsRequest request;
    request.set_memory("memories/" + path.id());
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

std::string MemoryIdOfName(std::string_view name) {
  const bool valid = !name.empty() && name.size() <= kMaxIdBytes &&
                     name.front() != '-' && name.back() != '-' &&
                     std::ranges::all_of(name, IsIdCharacter);
  if (valid) return std::string(name);
  std::string id = "t5-";
  for (const char c : name.substr(0, 40)) {
    const char lower =
        c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    id.push_back(IsIdCharacter(lower) ? lower : '-');
  }
  return fmt::format("{}-{:016x}", id, HashBytes64(name));
}

std::unique_ptr<Adapter> MakeT5memory(const RpcClient& rpc, ImportJobs& jobs,
                                      const Clock& clock, WriteRule rule) {
  return std::make_unique<T5memory>(rpc, jobs, clock, std::move(rule));
}

std::unique_ptr<Adapter> MakeT5memoryService() {
  return std::make_unique<T5memoryService>();
}

}  // namespace tercet::http
