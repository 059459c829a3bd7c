// The whole service, as the HTTP fuzz targets have it.
#ifndef TERCET_TESTS_FUZZ_HTTP_WORLD_H_
#define TERCET_TESTS_FUZZ_HTTP_WORLD_H_

#include <memory>
#include <string_view>
#include <utility>

#include "service/http/site.h"
#include "service/server/service.h"
#include "tests/fuzz/require.h"
#include "tests/support/temp_dir.h"

namespace tercet::http {

// translate5 knows by this status and these words that there is no memory to
// delete (t5memory).
inline bool IsWanted500(std::string_view answer) {
  return answer.find("not found(error 48)") != answer.npos;
}

// Everybody may write, to the memory `tools`.
struct World {
  TempDir directory;
  std::unique_ptr<Service> service;
  std::unique_ptr<Site> site;

  World() {
    auto started = Service::Start({.data = directory.Join("data"),
                                   .listen = "none",
                                   .drain_seconds = 30,
                                   .sync_writes = false});
    Require(started.ok(), "the service starts");
    service = *std::move(started);
    SiteOptions options;
    options.channel = service->InProcessChannel();
    options.writes.who = WriteRule::Who::kEverybody;
    options.writes.memory = "tools";
    options.version = "fuzz";
    site = std::make_unique<Site>(options);
  }
};

}  // namespace tercet::http

#endif  // TERCET_TESTS_FUZZ_HTTP_WORLD_H_
