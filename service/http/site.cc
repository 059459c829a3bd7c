#include "service/http/site.h"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "service/http/apertium.h"
#include "service/http/error_json.h"
#include "service/http/mymemory.h"
#include "service/http/openapi.h"
#include "service/http/origin_rule.h"
#include "service/http/t5memory.h"
#include "service/http/tmserver.h"

namespace tercet::http {
namespace {

constexpr std::string_view kMemories = "/memories/";
constexpr std::string_view kApi = "/v1/";

// Passes everything on, with what a browser needs in the head.
class OriginStream final : public Stream {
 public:
  OriginStream(const Request& request, Stream& stream)
      : request_(request), stream_(stream) {}

  StatusOr<std::string> Read() override { return stream_.Read(); }
  Status Start(const Response& head) override {
    Response allowed = head;
    AllowOrigin(request_, allowed);
    return stream_.Start(allowed);
  }
  Status Write(std::string_view bytes) override { return stream_.Write(bytes); }
  void Abort() override { stream_.Abort(); }

 private:
  const Request& request_;
  Stream& stream_;
};

bool IsApi(const Request& request) {
  return SplitTarget(request.target).path.starts_with(kApi);
}

}  // namespace

Site::Site(const SiteOptions& options)
    : options_(options),
      rpc_(options.channel),
      gateway_(rpc_),
      jobs_(rpc_, *options.clock),
      openapi_(OpenApiJson(options.version)),
      page_(PageFiles()) {
  adapters_["/tmserver/"] = MakeTmserver(rpc_, options.writes);
  adapters_["/api/v1/"] = MakeTmserver(rpc_, options.writes);
  adapters_["/mymemory/"] = MakeMymemory(rpc_, jobs_, options.writes);
  adapters_["/t5memory/"] =
      MakeT5memory(rpc_, jobs_, *options.clock, options.writes);
  adapters_["/t5memory_service/"] = MakeT5memoryService();
  adapters_["/apy/"] = MakeApertium(rpc_);
}

Site::Found Site::FindAdapter(const Request& request) const {
  const Target target = SplitTarget(request.target);
  std::string_view path = target.path;
  std::string memory;
  if (path.starts_with(kMemories)) {
    path.remove_prefix(kMemories.size());
    const size_t slash = path.find('/');
    memory = DecodePath(path.substr(0, slash));
    path = slash == path.npos ? std::string_view() : path.substr(slash);
  }
  for (const auto& [base, adapter] : adapters_) {
    // `/t5memory` alone is its list.
    const std::string_view bare(base.data(), base.size() - 1);
    if (!path.starts_with(base) && path != bare) continue;
    path.remove_prefix(path == bare ? bare.size() : base.size());
    return {adapter.get(),
            {request, std::move(memory), path, ParseForm(target.query)}};
  }
  return {nullptr, {request, "", "", {}}};
}

bool Site::Streams(const Request& head) const {
  if (IsPreflight(head)) return false;
  if (IsApi(head)) return gateway_.Streams(head);
  const Found found = FindAdapter(head);
  return found.adapter != nullptr && found.adapter->Streams(found.request);
}

Response Site::Answer(const Request& request) {
  if (const Status allowed = CheckOrigin(request, options_.allowed_origins);
      !allowed.ok()) {
    // A link to the page may stand anywhere; what it asks for is asked again.
    const bool may_be_link = request.FieldValue("Origin").empty();
    std::optional<Response> page;
    if (may_be_link) page = page_.Answer(request);
    return page.has_value() ? *std::move(page) : ErrorResponse(allowed);
  }
  Response response =
      IsPreflight(request) ? PreflightResponse() : AnswerAllowed(request);
  AllowOrigin(request, response);
  return response;
}

Response Site::AnswerAllowed(const Request& request) {
  if (IsApi(request)) return gateway_.Answer(request);
  if (SplitTarget(request.target).path == "/openapi.json") {
    return MakeResponse(200, kJsonType, openapi_);
  }
  const Found found = FindAdapter(request);
  if (found.adapter != nullptr) return found.adapter->Answer(found.request);
  if (std::optional<Response> file = page_.Answer(request)) {
    return *std::move(file);
  }
  return ErrorResponse(MakeError(StatusCode::kNotFound,
                                 "there is nothing at this address",
                                 {.reason = "HTTP_PATH_UNKNOWN"}));
}

void Site::AnswerStream(const Request& head, Stream& stream) {
  OriginStream allowed_stream(head, stream);
  if (const Status allowed = CheckOrigin(head, options_.allowed_origins);
      !allowed.ok()) {
    (void)stream.Start(ErrorResponse(allowed));
  } else if (IsApi(head)) {
    gateway_.AnswerStream(head, allowed_stream);
  } else if (const Found found = FindAdapter(head); found.adapter != nullptr) {
    found.adapter->AnswerStream(found.request, allowed_stream);
  }
}

}  // namespace tercet::http
