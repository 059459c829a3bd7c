// JSON for every RPC: the routes are those that the protos name, found by
// reflection, so a new RPC needs nothing here (docs/http.md).
//
//   POST /v1/memories/press:lookupSegment {"query": {...}}
//   GET  /v1/memories/press/units?pageSize=10
//
// Streams are JSON lines, one message each. With `alt=media` the body, or the
// answer, of an RPC whose messages carry `chunk`s of a file is that file, and
// the query string holds the rest:
//
//   POST /v1/memories/press:importUnits?alt=media&config.format=TMX
//   GET  /v1/memories/press:exportUnits?alt=media&format=TMX
#ifndef TERCET_SERVICE_HTTP_GATEWAY_H_
#define TERCET_SERVICE_HTTP_GATEWAY_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/http_server.h"
#include "service/http/route.h"
#include "service/http/rpc.h"

namespace tercet::http {

// One RPC as a route.
struct MethodRoute {
  const MethodDescriptor* method = nullptr;
  std::string verb;
  PathTemplate path;
  std::string body;  // As in HttpRoute.
};

// The routes of all services of the API.
std::vector<MethodRoute> ApiRoutes();

// Whether messages of the type carry pieces of a file, as `chunk`.
bool HasChunks(const google::protobuf::Descriptor& message);

// Thread-safe.
class Gateway {
 public:
  // `rpc` must outlive the gateway.
  explicit Gateway(const RpcClient& rpc) : rpc_(rpc), routes_(ApiRoutes()) {}

  // Whether the request is for Stream.
  bool Streams(const Request& head) const;

  Response Answer(const Request& request) const;
  void AnswerStream(const Request& head, Stream& stream) const;

 private:
  struct Call;

  // The route and what the address says; an error response when there is none.
  std::optional<Call> Find(const Request& head, Response& error) const;
  Response CallUnary(const Call& call, const Request& request) const;
  void SendFile(const Call& call, Stream& stream) const;
  void CallStream(const Call& call, Stream& stream) const;

  const RpcClient& rpc_;
  const std::vector<MethodRoute> routes_;
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_GATEWAY_H_
