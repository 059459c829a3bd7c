#include "service/http/mymemory.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/http/error_json.h"
#include "service/http/json_value.h"
#include "service/http/language_pair.h"
#include "service/http/mymemory_form.h"
#include "service/http/mymemory_json.h"
#include "service/http/tool_lookup.h"
#include "service/http/upload.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMinScore = 50;
constexpr int kDefaultMatches = 3;
constexpr int kMostMatches = 100;
constexpr size_t kCutAt = 500;  // Weblate.

// A match whose memory the caller trusts less.
struct Penalised {
  int score() const {
    const int off = static_cast<int>(std::round(penalty * 100));
    return std::max(0, match.get().match.score() - off);
  }

  std::reference_wrapper<const ToolMatch> match;
  double penalty = 0;  // 0 to 1.
};

// A key that nobody has.
std::string NewKey() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}", random(), random(), random());
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
    if (!parameters.ok()) return MymemoryProblem(parameters.status());
    const MymemoryForm form(*std::move(parameters));
    if (request.path == "get") return Get(request, form);
    if (request.path == "set") return Set(request, form);
    if (request.path == "update") return Update(request, form);
    // MateCat's older versions have the other name.
    if (request.path == "delete_by_id" || request.path == "delete") {
      return Delete(request, form);
    }
    if (request.path == "v2/import/status") return ImportStatus(form);
    if (request.path == "createranduser") return CreateKey();
    if (request.path == "authkey") return CheckKey(form);
    return MymemoryProblem(MakeError(StatusCode::kNotFound,
                                     "there is no such function",
                                     {.reason = "HTTP_PATH_UNKNOWN"}));
  }

  void AnswerStream(const ToolRequest& request, Stream& stream) override {
    const StatusOr<ImportJob> job = ReceiveFile(request, stream);
    if (!job.ok()) {
      (void)stream.Start(MymemoryProblem(job.status()));
      return;
    }
    const Json body = {{"messageType", "tms-import"},
                       {"responseData", MymemoryJob(*job)},
                       {"responseStatus", 202}};
    (void)stream.Start(MakeResponse(202, kJsonType, DumpJson(body)));
  }

 private:
  Response Get(const ToolRequest& request, const MymemoryForm& form) const {
    const StatusOr<LanguagePair> pair = ParseLanguagePair(form.Get("langpair"));
    if (!pair.ok()) return MymemoryProblem(pair.status());
    if (form.Get("mtonly") == "1") return MymemoryMatches({});
    std::vector<std::string> memories;
    if (NamesMemories(request, form)) {
      memories = KnownMemories(request, form);
      if (memories.empty()) return MymemoryMatches({});
    }
    v1::Query segment = MakeQuery(pair->source, form.Get("q"));
    segment.set_previous(form.Get("context_before"));
    segment.set_next(form.Get("context_after"));
    const ToolQuery query{.memories = memories,
                          .segment = std::move(segment),
                          .target_language = pair->target,
                          .min_score = kMinScore,
                          .max_matches = CountOf(form),
                          .cut_at = kCutAt};
    return form.Get("conc") == "true" ? Search(query) : LookUp(query, form);
  }

  static int CountOf(const MymemoryForm& form) {
    int count = kDefaultMatches;
    const std::string wanted = form.Get("numres");
    std::from_chars(wanted.data(), wanted.data() + wanted.size(), count);
    return std::clamp(count, 1, kMostMatches);
  }

  Response LookUp(ToolQuery query, const MymemoryForm& form) const {
    const std::map<std::string, double> penalties = form.Penalties();
    const int count = query.max_matches;
    // Those that a penalty puts behind may be ahead of what is wanted.
    if (!penalties.empty()) query.max_matches = kMostMatches;
    const auto matches = LookUpForTool(rpc_, query);
    if (!matches.ok()) return MymemoryProblem(matches.status());
    std::vector<Penalised> order;
    for (const ToolMatch& match : *matches) {
      const auto penalty = penalties.find(MymemoryKeyOf(match.match.unit()));
      order.push_back(
          {match, penalty == penalties.end() ? 0 : penalty->second});
    }
    std::ranges::stable_sort(order, std::greater<>(), &Penalised::score);
    std::vector<MymemoryFound> found;
    for (const Penalised& one : order) {
      if (std::ssize(found) == count) break;
      const v1::Match& match = one.match.get().match;
      found.push_back(
          {.unit = match.unit(),
           .source = match.source(),
           .target = one.match.get().target,
           .match = one.score() / 100.0,
           .in_context = match.kind() == v1::Match::EXACT_IN_CONTEXT,
           .penalty = one.penalty});
    }
    return MymemoryMatches(found);
  }

  Response Search(const ToolQuery& query) const {
    const auto findings = SearchForTool(rpc_, query);
    if (!findings.ok()) return MymemoryProblem(findings.status());
    std::vector<MymemoryFound> found;
    for (const ToolFinding& one : *findings) {
      found.push_back({.unit = one.unit,
                       .source = one.source,
                       .target = one.target,
                       .match = std::round(one.share * 100) / 100});
    }
    return MymemoryMatches(found);
  }

  static bool NamesMemories(const ToolRequest& request,
                            const MymemoryForm& form) {
    return !request.memory.empty() || !form.Keys().empty();
  }

  // The memories that are named, else the one that is written to, where they
  // exist: a key may be of another server, or of a memory that nothing was
  // written to yet.
  std::vector<std::string> KnownMemories(const ToolRequest& request,
                                         const MymemoryForm& form) const {
    std::vector<std::string> memories =
        request.memory.empty() ? form.Keys() : request.memories();
    if (memories.empty()) memories.push_back(rule_.memory);
    std::erase_if(memories, [this](const std::string& memory) {
      return !GetMemory(memory).ok();
    });
    return memories;
  }

  Status GetMemory(const std::string& memory) const {
    v1::GetMemoryRequest get;
    get.set_name("memories/" + memory);
    return CallByName<v1::Memory>(rpc_, "tercet.v1.MemoryService.GetMemory",
                                  get)
        .status();
  }

  // All that are named, else the configured one.
  std::vector<std::string> MemoriesToWrite(const ToolRequest& request,
                                           const MymemoryForm& form) const {
    if (!request.memory.empty()) return request.memories();
    std::vector<std::string> keys = form.Keys();
    if (keys.empty()) keys.push_back(rule_.memory);
    return keys;
  }

  // A pair of texts as MyMemory sends it.
  struct Pair {
    std::string source;
    std::string target;
    bool overwrite = false;
  };

  // Into all memories; the names of what was stored.
  StatusOr<Json> Write(const ToolRequest& request, const MymemoryForm& form,
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
    Json names = Json::array();
    for (const std::string& memory : MemoriesToWrite(request, form)) {
      ASSIGN_OR_RETURN(const std::vector<v1::Unit> stored,
                       StoreForTool(rpc_, memory, {unit}));
      names.push_back(stored.front().name());
    }
    return names;
  }

  // MateCat reads the id from the list in `responseDetails`.
  Response Set(const ToolRequest& request, const MymemoryForm& form) const {
    const StatusOr<Json> names = Write(
        request, form, {.source = form.Get("seg"), .target = form.Get("tra")});
    return names.ok() ? MymemoryDone("OK", *names)
                      : MymemoryProblem(names.status());
  }

  // The pair `newseg`, `newtra` in the place of `seg`, `tra`; without `tra` in
  // that of all translations of `seg`.
  Response Update(const ToolRequest& request, const MymemoryForm& form) const {
    std::string source = form.Get("newseg");
    if (source.empty()) source = form.Get("seg");
    const std::string target = form.Get("newtra");
    const std::string replaced = form.Get("tra");
    const StatusOr<Json> names = Write(
        request, form,
        {.source = source, .target = target, .overwrite = replaced.empty()});
    if (!names.ok()) return MymemoryProblem(names.status());
    if (source != form.Get("seg") || target != replaced) {
      const StatusOr<bool> removed = RemovePair(request, form);
      if (!removed.ok()) return MymemoryProblem(removed.status());
    }
    return MymemoryDone("OK", *names);
  }

  // MateCat keeps only the digits of an id, but sends the texts as well.
  Response Delete(const ToolRequest& request, const MymemoryForm& form) const {
    if (const Status may = CheckMayWrite(rule_, request); !may.ok()) {
      return MymemoryProblem(may);
    }
    StatusOr<bool> removed = RemoveById(request, form);
    if (removed.ok() && !*removed) removed = RemovePair(request, form);
    if (!removed.ok()) return MymemoryProblem(removed.status());
    return *removed ? MymemoryDone("OK", "OK") : MymemoryNothingToDelete();
  }

  // Takes the target out of the unit of that id, which is in a memory that is
  // named, if one is: the target that is sent, else the first in the target
  // language. Whether there was one.
  StatusOr<bool> RemoveById(const ToolRequest& request,
                            const MymemoryForm& form) const {
    v1::GetUnitRequest get;
    get.set_name(form.Get("id"));
    const auto unit =
        CallByName<v1::Unit>(rpc_, "tercet.v1.MemoryService.GetUnit", get);
    if (!unit.ok()) {
      const bool none = unit.status().code() == StatusCode::kNotFound ||
                        unit.status().code() == StatusCode::kInvalidArgument;
      return none ? StatusOr<bool>(false) : unit.status();
    }
    const std::vector<std::string> named = MemoriesToWrite(request, form);
    if (NamesMemories(request, form) &&
        std::ranges::count(named, MymemoryKeyOf(*unit)) == 0) {
      return false;
    }
    ASSIGN_OR_RETURN(const LanguagePair languages,
                     ParseLanguagePair(form.Get("langpair")));
    const std::string text = form.Get("tra");
    for (int i = 0; i < unit->variants_size(); ++i) {
      const v1::Variant& variant = unit->variants(i);
      if (BaseLanguage(variant.language_code()) !=
          BaseLanguage(languages.target)) {
        continue;
      }
      if (!text.empty() && variant.text() != text) continue;
      RETURN_IF_ERROR(RemoveTargetForTool(rpc_, *unit, i));
      return true;
    }
    return false;
  }

  // Takes the target `tra` out of all units that have the source `seg` in the
  // memories that are named, else in the one that is written to. Whether there
  // was one.
  StatusOr<bool> RemovePair(const ToolRequest& request,
                            const MymemoryForm& form) const {
    ASSIGN_OR_RETURN(const LanguagePair languages,
                     ParseLanguagePair(form.Get("langpair")));
    if (form.Get("seg").empty() || form.Get("tra").empty()) return false;
    const std::vector<std::string> memories = KnownMemories(request, form);
    if (memories.empty()) return false;
    std::set<std::string> removed;
    ASSIGN_OR_RETURN(const std::vector<ToolMatch> matches,
                     LookUpForTool(rpc_, {.memories = memories,
                                          .segment = MakeQuery(languages.source,
                                                               form.Get("seg")),
                                          .target_language = languages.target,
                                          .min_score = kMinScore,
                                          .max_matches = kMostMatches}));
    for (const ToolMatch& match : matches) {
      if (match.match.source().text() != form.Get("seg")) continue;
      if (match.target.text() != form.Get("tra")) continue;
      const v1::Unit& unit = match.match.unit();
      if (!removed.insert(unit.name()).second) continue;
      RETURN_IF_ERROR(
          RemoveTargetForTool(rpc_, unit, PlaceOf(unit, match.target)));
    }
    return !removed.empty();
  }

  // REQUIRES: the target is one of the unit's.
  static int PlaceOf(const v1::Unit& unit, const v1::Variant& target) {
    for (int i = 0; i < unit.variants_size(); ++i) {
      if (unit.variants(i).text() == target.text() &&
          unit.variants(i).language_code() == target.language_code()) {
        return i;
      }
    }
    return unit.variants_size() - 1;
  }

  // The key of a memory that is made when something is written to it.
  static Response CreateKey() {
    const std::string key = NewKey();
    const Json body = {
        {"key", key}, {"error", ""}, {"code", 200}, {"id", key}, {"pass", ""}};
    return MakeResponse(200, kJsonType, DumpJson(body));
  }

  // 1 for a key that there is a memory of, or that one can be made of; else 0.
  Response CheckKey(const MymemoryForm& form) const {
    const std::vector<std::string> keys = form.Keys();
    const StatusCode code = keys.size() == 1 ? GetMemory(keys.front()).code()
                                             : StatusCode::kInvalidArgument;
    const bool writable = rule_.who != WriteRule::Who::kNobody;
    const bool good =
        code == StatusCode::kOk || (code == StatusCode::kNotFound && writable);
    return MakeResponse(200, kJsonType, good ? "1\n" : "0\n");
  }

  StatusOr<ImportJob> ReceiveFile(const ToolRequest& request, Stream& stream) {
    RETURN_IF_ERROR(CheckMayWrite(rule_, request));
    ASSIGN_OR_RETURN(Upload upload, ReceiveUpload(request.request, stream));
    if (!upload.file.has_value()) {
      return InvalidFields({{"tmx", "there is no file of that name"}});
    }
    v1::ImportConfig config;
    config.set_memory(
        "memories/" +
        MemoriesToWrite(request, MymemoryForm(upload.fields)).front());
    config.set_format(v1::TMX);
    return jobs_.Start(config, *std::move(upload.file));
  }

  Response ImportStatus(const MymemoryForm& form) const {
    const std::optional<ImportJob> job = jobs_.Find(form.Get("uuid"));
    if (!job.has_value()) {
      return MymemoryProblem(MakeError(StatusCode::kNotFound,
                                       "there is no import of this uuid",
                                       {.reason = "IMPORT_NOT_FOUND"}));
    }
    return MymemoryDone(MymemoryJob(*job), "");
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
