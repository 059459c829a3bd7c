// A Tercet server, called from C++: deadlines, retries, pages, error details.
//
//   Client client(OpenChannel("127.0.0.1:7733"));
//   v1::LookupSegmentRequest request;
//   request.set_parent("memories/press");
//   ...
//   ASSIGN_OR_RETURN(v1::LookupSegmentResponse found,
//                    client.LookupSegment(request));
//
// Every error carries what the server said of it: GetDetails(status).
// Streams are in import.h, export.h and stream_lookup.h.
#ifndef TERCET_CLIENT_LIB_CLIENT_H_
#define TERCET_CLIENT_LIB_CLIENT_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "client/lib/pager.h"
#include "client/lib/retry.h"
#include "service/base/clock.h"
#include "service/base/status.h"
#include "tercet/v1/import_service.grpc.pb.h"
#include "tercet/v1/lookup_service.grpc.pb.h"
#include "tercet/v1/memory_service.grpc.pb.h"
#include "tercet/v1/release_service.grpc.pb.h"
#include "tercet/v1/server_service.grpc.pb.h"

namespace tercet::client {

// A channel to `address` (`HOST:PORT` or `unix:PATH`), without encryption. It
// connects when it is first used, and again when the connection breaks.
std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address);

// How calls are made.
struct ClientOptions {
  // For one call with all its retries; nullopt means for ever.
  std::optional<int64_t> call_timeout_ms = 30'000;
  // For a whole stream.
  std::optional<int64_t> stream_timeout_ms;
  RetryPolicy retry;
  // Must outlive the client.
  const Clock* clock = &SystemClock();
  Sleeper sleep = RealSleeper();
};

// Thread-safe. A call that may be made twice without harm (every read, and the
// creation of units, which the server makes idempotent) is retried as the
// policy says; others are not.
class Client {
 public:
  // shared_ptr because stubs and channel share ownership in gRPC.
  explicit Client(const std::shared_ptr<grpc::ChannelInterface>& channel,
                  ClientOptions options = {});

  StatusOr<v1::ServerInfo> GetServerInfo();

  StatusOr<v1::Memory> CreateMemory(const v1::CreateMemoryRequest& request);
  StatusOr<v1::Memory> GetMemory(const std::string& name);
  Pager<v1::Memory> ListMemories();
  StatusOr<v1::Memory> UpdateMemory(const v1::UpdateMemoryRequest& request);
  Status DeleteMemory(const v1::DeleteMemoryRequest& request);

  StatusOr<v1::Unit> CreateUnit(const v1::CreateUnitRequest& request);
  StatusOr<v1::BatchCreateUnitsResponse> BatchCreateUnits(
      const v1::BatchCreateUnitsRequest& request);
  StatusOr<v1::Unit> GetUnit(const std::string& name);
  // The units of `parent`, page_size of them a call (0: the server's choice).
  Pager<v1::Unit> ListUnits(const std::string& parent, int page_size = 0);
  StatusOr<v1::Unit> UpdateUnit(const v1::UpdateUnitRequest& request);
  Status DeleteUnit(const v1::DeleteUnitRequest& request);

  StatusOr<v1::Import> GetImport(const std::string& name);
  // Those of `parent`; `memories/-`: of all memories.
  Pager<v1::Import> ListImports(const std::string& parent);

  StatusOr<v1::LookupSegmentResponse> LookupSegment(
      const v1::LookupSegmentRequest& request);
  StatusOr<v1::BatchLookupSegmentsResponse> BatchLookupSegments(
      const v1::BatchLookupSegmentsRequest& request);
  // All matches that `request` finds; its page_token is ignored.
  Pager<v1::Match> LookupExact(const v1::LookupExactRequest& request);
  // All units that `request` finds; its page_token is ignored.
  Pager<v1::SearchHit> SearchUnits(const v1::SearchUnitsRequest& request);

  // For streams: the stubs, and a context with the stream's deadline.
  v1::MemoryService::StubInterface& memory_stub() { return *memory_stub_; }
  v1::LookupService::StubInterface& lookup_stub() { return *lookup_stub_; }
  v1::ReleaseService::StubInterface& release_stub() { return *release_stub_; }
  v1::ImportService::StubInterface& import_stub() { return *import_stub_; }
  std::unique_ptr<grpc::ClientContext> NewStreamContext() const;

 private:
  enum class Idempotency { kIdempotent, kNotIdempotent };

  template <typename Response, typename Stub, typename Request>
  StatusOr<Response> Call(Stub& stub,
                          grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                       const Request&,
                                                       Response*),
                          const Request& request, Idempotency idempotency);

  ClientOptions options_;
  std::unique_ptr<v1::MemoryService::StubInterface> memory_stub_;
  std::unique_ptr<v1::LookupService::StubInterface> lookup_stub_;
  std::unique_ptr<v1::ReleaseService::StubInterface> release_stub_;
  std::unique_ptr<v1::ImportService::StubInterface> import_stub_;
  std::unique_ptr<v1::ServerService::StubInterface> server_stub_;
};

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_CLIENT_H_
