// Everything on the HTTP port: which address is whose (docs/http.md).
//
//   /v1/...             JSON for every RPC        /openapi.json
//   /tmserver /api/v1   amaGama, tmserver         /mymemory
//   /t5memory           t5memory                  /apy     Apertium
//   /memories/{memory}/tmserver/...               any of these, in one memory
//   /                   the page
#ifndef TERCET_SERVICE_HTTP_SITE_H_
#define TERCET_SERVICE_HTTP_SITE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "service/base/clock.h"
#include "service/http/adapter.h"
#include "service/http/gateway.h"
#include "service/http/http_server.h"
#include "service/http/import_jobs.h"
#include "service/http/page.h"
#include "service/http/rpc.h"

namespace tercet::http {

struct SiteOptions {
  std::shared_ptr<grpc::Channel> channel;  // To our own service.
  WriteRule writes;                        // For the tools' protocols.
  // Pages of these origins may use the API from a browser; `*`: all.
  std::vector<std::string> allowed_origins;
  std::string version;
  const Clock* clock = &SystemClock();  // Must outlive the site.
};

// Thread-safe.
class Site final : public Handler {
 public:
  explicit Site(const SiteOptions& options);

  bool Streams(const Request& head) const override;
  Response Answer(const Request& request) override;
  void AnswerStream(const Request& head, Stream& stream) override;

 private:
  // An adapter with the request as it sees it; null when it is none's.
  struct Found {
    Adapter* adapter = nullptr;
    ToolRequest request;
  };
  Found FindAdapter(const Request& request) const;
  Response AnswerAllowed(const Request& request);

  const SiteOptions options_;
  const RpcClient rpc_;
  const Gateway gateway_;
  ImportJobs jobs_;
  std::map<std::string, std::unique_ptr<Adapter>, std::less<>> adapters_;
  const std::string openapi_;
  const Page page_;
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_SITE_H_
