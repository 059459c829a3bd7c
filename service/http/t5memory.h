// The REST protocol of t5memory (OpenTM2), as translate5 speaks it
// (docs/tools.md). A memory's name becomes an id: as it is where it can be one,
// else made from it, with a hash so that no two names share one.
#ifndef TERCET_SERVICE_HTTP_T5MEMORY_H_
#define TERCET_SERVICE_HTTP_T5MEMORY_H_

#include <memory>
#include <string>
#include <string_view>

#include "service/base/clock.h"
#include "service/http/adapter.h"
#include "service/http/import_jobs.h"
#include "service/http/rpc.h"

namespace tercet::http {

// The memory id that stands for a t5memory name.
std::string MemoryIdOfName(std::string_view name);

// `rpc` and `jobs` must outlive the adapter.
std::unique_ptr<Adapter> MakeT5memory(const RpcClient& rpc, ImportJobs& jobs,
                                      const Clock& clock, WriteRule rule);
// What a client asks of the server itself, at `/t5memory_service/`.
std::unique_ptr<Adapter> MakeT5memoryService();

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_T5MEMORY_H_
