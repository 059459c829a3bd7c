#include "service/http/mymemory.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/http/error_json.h"
#include "service/http/json_value.h"
#include "service/http/language_pair.h"
#include "service/http/multipart.h"
#include "service/http/time_text.h"
#include "service/http/tool_lookup.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMinScore = 50;
constexpr int kDefaultMatches = 3;
constexpr int kMostMatches = 100;
constexpr size_t kCutAt = 500;  // Weblate.

// What clients read even of an error: a number, and words.
Response Problem(const Status& status) {
  const Response plain = ErrorResponse(status);
  const Json body = {{"responseData", {{"translatedText", ""}, {"match", 0.0}}},
                     {"responseStatus", plain.status},
                     {"responseDetails", std::string(MessageOf(status))},
                     {"message", std::string(MessageOf(status))},
                     {"matches", Json::array()}};
  return MakeResponse(plain.status, kJsonType, DumpJson(body));
}

Response Done(std::string_view details, Json data = Json::object()) {
  const Json body = {{"responseData", std::move(data)},
                     {"responseStatus", 200},
                     {"responseDetails", std::string(details)}};
  return MakeResponse(200, kJsonType, DumpJson(body));
}

// The fields of a call.
class Form {
 public:
  explicit Form(Parameters parameters) : parameters_(std::move(parameters)) {}

  std::string Get(std::string_view name) const {
    return FindParameter(parameters_, name).value_or("");
  }

  // The first of several keys; MateCat sends `key=k1,k2`.
  std::string Key() const {
    const std::string key = Get("key");
    return key.substr(0, key.find(','));
  }

 private:
  Parameters parameters_;
};

Json MatchJson(const ToolMatch& found) {
  const v1::Unit& unit = found.match.unit();
  const int64_t changed = unit.update_time().seconds();
  const std::string creator = unit.attribution().creator().empty()
                                  ? "Tercet"
                                  : unit.attribution().creator();
  Json properties = Json::array();
  for (const v1::Property& property : unit.properties()) {
    properties.push_back(
        {{"type", property.type()}, {"value", property.value()}});
  }
  const std::string name = unit.name();
  return {{"id", name},
          {"segment", found.match.source().text()},
          {"translation", found.target.text()},
          {"source", found.match.source().language_code()},
          {"target", found.target.language_code()},
          {"quality", "74"},
          {"reference", unit.origin().document()},
          {"usage-count", std::max<int64_t>(1, unit.usage_count())},
          {"subject", "All"},
          {"created-by", creator},
          {"last-updated-by", unit.attribution().changer().empty()
                                  ? creator
                                  : unit.attribution().changer()},
          {"create-date", SpacedTime(unit.create_time().seconds())},
          {"last-update-date", SpacedTime(changed)},
          {"match", found.match.score() / 100.0},
          // memories/{this}/units/...
          {"key", name.substr(9, name.find('/', 9) - 9)},
          {"ICE", found.match.kind() == v1::Match::EXACT_IN_CONTEXT},
          {"penalty", nullptr},
          {"tm_properties", DumpJson(properties)},
          {"prop", Json::array()},
          {"source_note", nullptr},
          {"target_note", ""}};
}

Json JobJson(const ImportJob& job) {
  const bool done = job.state != ImportJob::State::kRunning;
  const v1::ImportReport& report = job.import.report();
  const int64_t left_out = report.skipped_count() + report.failed_count();
  return {{"uuid", job.id},
          {"id", nullptr},
          {"creation_date", SpacedTime(job.begin_micros / 1'000'000)},
          {"totals", done ? Json(report.read_count()) : Json(nullptr)},
          {"completed", report.read_count() - left_out},
          {"skipped", left_out},
          {"status", job.state == ImportJob::State::kRunning ? 0
                     : job.state == ImportJob::State::kDone  ? 1
                                                             : 2},
          {"log", job.message}};
}

class Mymemory final : public Adapter {
 public:
  Mymemory(const RpcClient& rpc, ImportJobs& jobs, WriteRule rule)
      : rpc_(rpc), jobs_(jobs), rule_(std::move(rule)) {}

  bool Streams(const ToolRequest& request) const override {
    return request.path == "tmx/import";
  }

  Response Answer(const ToolRequest& request) override {
    StatusOr<Parameters> parameters = QueryAndForm(request);
    if (!parameters.ok()) return Problem(parameters.status());
    const Form form(*std::move(parameters));
    if (request.path == "get") return Get(request, form);
    if (request.path == "set") return Set(request, form);
    if (request.path == "update") return Update(request, form);
    if (request.path == "delete_by_id") return Delete(request, form);
    if (request.path == "v2/import/status") return ImportStatus(form);
    return Problem(MakeError(StatusCode::kNotFound, "there is no such function",
                             {.reason = "HTTP_PATH_UNKNOWN"}));
  }

  void AnswerStream(const ToolRequest& request, Stream& stream) override {
    const StatusOr<ImportJob> job = ReceiveFile(request, stream);
    if (!job.ok()) {
      (void)stream.Start(Problem(job.status()));
      return;
    }
    const Json body = {{"messageType", "tms-import"},
                       {"responseData", JobJson(*job)},
                       {"responseStatus", 202}};
    (void)stream.Start(MakeResponse(202, kJsonType, DumpJson(body)));
  }

 private:
  Response Get(const ToolRequest& request, const Form& form) const {
    const StatusOr<LanguagePair> pair = ParseLanguagePair(form.Get("langpair"));
    if (!pair.ok()) return Problem(pair.status());
    int count = kDefaultMatches;
    const std::string wanted = form.Get("numres");
    std::from_chars(wanted.data(), wanted.data() + wanted.size(), count);
    v1::Query segment = MakeQuery(pair->source, form.Get("q"));
    segment.set_previous(form.Get("context_before"));
    segment.set_next(form.Get("context_after"));
    const StatusOr<std::vector<ToolMatch>> matches =
        LookUpForTool(rpc_, {.memory = MemoryOf(request, form),
                             .segment = std::move(segment),
                             .target_language = pair->target,
                             .min_score = kMinScore,
                             .max_matches = std::clamp(count, 1, kMostMatches),
                             .cut_at = kCutAt});
    if (!matches.ok() && matches.status().code() == StatusCode::kNotFound) {
      return Matches({});  // A key of another server: nothing is there.
    }
    if (!matches.ok()) return Problem(matches.status());
    return Matches(*matches);
  }

  static Response Matches(const std::vector<ToolMatch>& matches) {
    Json list = Json::array();
    for (const ToolMatch& match : matches) list.push_back(MatchJson(match));
    const bool any = !matches.empty();
    const Json body = {
        {"responseData",
         {{"translatedText",
           any ? Json(matches.front().target.text()) : Json("")},
          {"match", any ? matches.front().match.score() / 100.0 : 0.0}}},
        {"quotaFinished", false},
        {"mtLangSupported", true},
        {"responseDetails", ""},
        {"responseStatus", 200},
        {"responderId", "1"},
        {"matches", std::move(list)}};
    return MakeResponse(200, kJsonType, DumpJson(body));
  }

  std::string MemoryOf(const ToolRequest& request, const Form& form) const {
    return request.memory.empty() ? form.Key() : request.memory;
  }

  // A pair of texts as MyMemory sends it.
  struct Pair {
    std::string source;
    std::string target;
    bool overwrite = false;
  };

  Response Write(const ToolRequest& request, const Form& form,
                 const Pair& pair) const {
    const StatusOr<std::string> id = TryWrite(request, form, pair);
    return id.ok() ? Done("OK", Json::array({*id})) : Problem(id.status());
  }

  StatusOr<std::string> TryWrite(const ToolRequest& request, const Form& form,
                                 const Pair& pair) const {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    ASSIGN_OR_RETURN(const LanguagePair languages,
                     ParseLanguagePair(form.Get("langpair")));
    ToolUnit unit{.source = MakeVariant(languages.source, pair.source),
                  .target = MakeVariant(languages.target, pair.target),
                  .creator = form.Get("de"),
                  .overwrite = pair.overwrite};
    unit.origin.set_previous(form.Get("context_before"));
    unit.origin.set_next(form.Get("context_after"));
    std::string memory = MemoryOf(request, form);
    if (memory.empty()) memory = rule_.memory;
    ASSIGN_OR_RETURN(const std::vector<v1::Unit> stored,
                     StoreForTool(rpc_, memory, {std::move(unit)}));
    return stored.front().name();
  }

  Response Set(const ToolRequest& request, const Form& form) const {
    return Write(request, form,
                 {.source = form.Get("seg"), .target = form.Get("tra")});
  }

  // The pair `newseg`, `newtra` in the place of `seg`, `tra`.
  Response Update(const ToolRequest& request, const Form& form) const {
    const std::string source = form.Get("newseg");
    return Write(request, form,
                 {.source = source.empty() ? form.Get("seg") : source,
                  .target = form.Get("newtra"),
                  .overwrite = true});
  }

  Response Delete(const ToolRequest& request, const Form& form) const {
    if (const Status may = CheckMayWrite(rule_, request); !may.ok()) {
      return Problem(may);
    }
    v1::DeleteUnitRequest del;
    del.set_name(form.Get("id"));
    const auto deleted = CallByName<google::protobuf::Empty>(
        rpc_, "tercet.v1.MemoryService.DeleteUnit", del);
    if (deleted.ok()) return Done("OK");
    // As MateCat looks for it.
    const Json body = {{"responseData", Json::object()},
                       {"responseStatus", 404},
                       {"responseDetails", "NO ID FOUND"}};
    return MakeResponse(404, kJsonType, DumpJson(body));
  }

  StatusOr<ImportJob> ReceiveFile(const ToolRequest& request, Stream& stream) {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    SpoolFile file;
    MultipartReader reader(request.request.FieldValue("Content-Type"),
                           [&file](std::string_view bytes, const Parameters&) {
                             return file.Add(bytes);
                           });
    while (true) {
      ASSIGN_OR_RETURN(const std::string piece, stream.Read());
      if (piece.empty()) break;
      RETURN_IF_ERROR(reader.Add(piece));
    }
    RETURN_IF_ERROR(reader.Finish());
    if (!reader.has_file()) {
      return InvalidFields({{"tmx", "there is no file of that name"}});
    }
    std::string memory = MemoryOf(request, Form(reader.fields()));
    if (memory.empty()) memory = rule_.memory;
    return jobs_.Start(memory, v1::TMX, std::move(file));
  }

  Response ImportStatus(const Form& form) const {
    const std::optional<ImportJob> job = jobs_.Find(form.Get("uuid"));
    if (!job.has_value()) {
      return Problem(MakeError(StatusCode::kNotFound,
                               "there is no import of this uuid",
                               {.reason = "IMPORT_NOT_FOUND"}));
    }
    return Done("", JobJson(*job));
  }

  const RpcClient& rpc_;
  ImportJobs& jobs_;
  const WriteRule rule_;
};

}  // namespace

std::unique_ptr<Adapter> MakeMymemory(const RpcClient& rpc, ImportJobs& jobs,
                                      WriteRule rule) {
  return std::make_unique<Mymemory>(rpc, jobs, std::move(rule));
}

}  // namespace tercet::http
