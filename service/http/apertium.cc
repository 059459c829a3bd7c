#include "service/http/apertium.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/http/error_json.h"
#include "service/http/json_value.h"
#include "service/http/language_pair.h"
#include "service/http/tool_lookup.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

Response BadRequest(const Status& status) {
  const Json body = {{"responseStatus", 400},
                     {"responseData", {{"translatedText", nullptr}}},
                     {"responseDetails", std::string(MessageOf(status))},
                     {"message", std::string(MessageOf(status))}};
  return MakeResponse(400, kJsonType, DumpJson(body));
}

class Apertium final : public Adapter {
 public:
  explicit Apertium(const RpcClient& rpc) : rpc_(rpc) {}

  Response Answer(const ToolRequest& request) override {
    const StatusOr<Parameters> parameters = QueryAndForm(request);
    if (!parameters.ok()) return BadRequest(parameters.status());
    const auto text_of = [&parameters](std::string_view name) {
      return FindParameter(*parameters, name).value_or("");
    };
    if (request.path == "suggest") {
      const StatusOr<std::string> best = Best(
          request, {.source = text_of("source"), .target = text_of("target")},
          text_of("text"));
      if (!best.ok()) return ErrorResponse(best.status());
      return MakeResponse(200, kJsonType, DumpJson({{"translation", *best}}));
    }
    if (request.path != "translate") {
      return ErrorResponse(MakeError(StatusCode::kNotFound,
                                     "there is only `translate` and `suggest`",
                                     {.reason = "HTTP_PATH_UNKNOWN"}));
    }
    const StatusOr<LanguagePair> pair = ParseLanguagePair(text_of("langpair"));
    if (!pair.ok()) return BadRequest(pair.status());
    const StatusOr<std::string> best = Best(request, *pair, text_of("q"));
    if (!best.ok()) return BadRequest(best.status());
    const Json body = {{"responseStatus", 200},
                       {"responseData", {{"translatedText", *best}}},
                       {"responseDetails", nullptr}};
    return MakeResponse(200, kJsonType, DumpJson(body));
  }

 private:
  // The best match's target; empty when there is none.
  StatusOr<std::string> Best(const ToolRequest& request,
                             const LanguagePair& pair,
                             std::string_view text) const {
    ASSIGN_OR_RETURN(
        const std::vector<ToolMatch> matches,
        LookUpForTool(rpc_, {.memories = request.memories(),
                             .segment = MakeQuery(pair.source, text),
                             .target_language = pair.target,
                             .max_matches = 1}));
    return matches.empty() ? std::string() : matches.front().target.text();
  }

  const RpcClient& rpc_;
};

}  // namespace

std::unique_ptr<Adapter> MakeApertium(const RpcClient& rpc) {
  return std::make_unique<Apertium>(rpc);
}

}  // namespace tercet::http
