// The REST protocol of t5memory (OpenTM2), as translate5 speaks it
// (docs/tools.md).
#ifndef TERCET_SERVICE_HTTP_T5MEMORY_H_
#define TERCET_SERVICE_HTTP_T5MEMORY_H_

#include <memory>

#include "service/base/clock.h"
#include "service/http/adapter.h"
#include "service/http/import_jobs.h"
#include "service/http/rpc.h"

namespace tercet::http {

// `rpc` and `jobs` must outlive the adapter.
std::unique_ptr<Adapter> MakeT5memory(const RpcClient& rpc, ImportJobs& jobs,
                                      const Clock& clock, WriteRule rule);
// What a client asks of the server itself, at `/t5memory_service/`.
std::unique_ptr<Adapter> MakeT5memoryService();

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_T5MEMORY_H_
