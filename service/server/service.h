// The whole service in one object: the store, the RPCs, health and reflection.
//
//   ASSIGN_OR_RETURN(auto service, Service::Start({.data = "/tmp/press",
//                                                  .listen = "none"}));
//   auto stub = v1::LookupService::NewStub(service->InProcessChannel());
//
// tercetd listens with it; `tercet --data DIR` has it in its own process.
#ifndef TERCET_SERVICE_SERVER_SERVICE_H_
#define TERCET_SERVICE_SERVER_SERVICE_H_

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "service/base/clock.h"
#include "service/base/status.h"
#include "service/http/adapter.h"
#include "service/ops/log.h"

namespace tercet {

// The HTTP port.
struct HttpOptions {
  std::string listen = "none";  // `HOST:PORT` (port 0: any free one), `none`.
  http::WriteRule writes;
  std::vector<std::string> allowed_origins;
};

struct ServiceOptions {
  std::string data;  // The directory; made when it is missing.
  // `HOST:PORT` (port 0: any free one), `unix:PATH`, or `none`: only
  // in-process.
  std::string listen = "127.0.0.1:7733";
  HttpOptions http;
  int max_threads = 256;   // At least 8. An open call holds one.
  int drain_seconds = 10;  // What Drain grants running calls.
  bool sync_writes = true;
  int snapshot_changes = 20'000;  // Between two snapshots of the index.
  Logger* logger = nullptr;       // Null: silence. Must outlive the service.
  const Clock* clock = &SystemClock();  // Must outlive the service.
};

class Service {
 public:
  // Opens the data and starts to serve it. Fails as Database::Open does, and
  // with kUnavailable, reason LISTEN_FAILED, when it cannot listen there.
  static StatusOr<std::unique_ptr<Service>> Start(
      const ServiceOptions& options);

  // Drains without patience: running calls are cancelled.
  ~Service();

  // A channel that needs no network. It must not be used after Drain.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // The port it listens on; 0 where it has none.
  int port() const;
  // The same of HTTP.
  int http_port() const;

  // Refuses new calls with UNAVAILABLE, waits for running ones, cancels what
  // still runs after `drain_seconds`, and closes the store. A second call does
  // nothing.
  void Drain();

 private:
  struct Parts;

  explicit Service(std::unique_ptr<Parts> parts);
  void Shutdown(int seconds);

  std::unique_ptr<Parts> parts_;  // Null once it is shut down.
  const int port_;
  const int http_port_;
  const int drain_seconds_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_SERVER_SERVICE_H_
