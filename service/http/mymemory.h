// The protocol of MyMemory, as MateCat, Weblate and OmegaT speak it
// (docs/tools.md), by GET and by form POST:
//
//   get?q=..&langpair=en|zh-CN[&key=..][&conc=true]
//   set     update    delete_by_id    delete
//   tmx/import (multipart)    v2/import/status?uuid=..
//   createranduser            authkey?key=..
//
// A `key` is the id of a memory, which is made when it is first written to.
// Several, with commas between, are all asked and all written to.
// Without one, all memories are asked, and the configured one is written to.
#ifndef TERCET_SERVICE_HTTP_MYMEMORY_H_
#define TERCET_SERVICE_HTTP_MYMEMORY_H_

#include <memory>

#include "service/http/adapter.h"
#include "service/http/import_jobs.h"
#include "service/http/rpc.h"

namespace tercet::http {

// `rpc` and `jobs` must outlive the adapter.
std::unique_ptr<Adapter> MakeMymemory(const RpcClient& rpc, ImportJobs& jobs,
                                      WriteRule rule);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_MYMEMORY_H_
