// The protocol of amaGama and translate-toolkit's tmserver, as Weblate, Okapi,
// Virtaal and Pootle speak it (docs/tools.md):
//
//   GET  {source}/{target}/unit/{text}   -> [{"source", "target", "quality",
//   GET  {source}/{target}/unit/?source=      "rank", "context"}, ...]
//   GET  languages/                      -> {"sourceLanguages", ...}
//   PUT, POST {source}/{target}/unit/{text}, POST {source}/{target}/store/{id}
#ifndef TERCET_SERVICE_HTTP_TMSERVER_H_
#define TERCET_SERVICE_HTTP_TMSERVER_H_

#include <memory>

#include "service/http/adapter.h"
#include "service/http/rpc.h"

namespace tercet::http {

// `rpc` must outlive the adapter.
std::unique_ptr<Adapter> MakeTmserver(const RpcClient& rpc, WriteRule rule);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_TMSERVER_H_
