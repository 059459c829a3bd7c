#include "client/lib/client.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "client/lib/grpc_status.h"

namespace tercet::client {
namespace {

// A page of as many units as a message holds can be larger than gRPC's default
// of 4 MiB; the server sees to it that it is not larger than its own limit.
constexpr int kNoMessageLimit = -1;

// gRPC waits a second before it connects again, longer than all our retries.
constexpr int kReconnectDelayMs = 100;
// How long an attempt may take, whatever that option's name says: a server is
// far away or has much to do.
constexpr int kConnectTimeoutMs = 10'000;

std::chrono::system_clock::time_point ToTimePoint(int64_t micros) {
  return std::chrono::system_clock::time_point(
      std::chrono::microseconds(micros));
}

// Sets the deadline, if there is one, `timeout_ms` after `start_micros`.
void SetDeadline(grpc::ClientContext& context, int64_t start_micros,
                 std::optional<int64_t> timeout_ms) {
  if (!timeout_ms.has_value()) return;
  context.set_deadline(ToTimePoint(start_micros + *timeout_ms * 1000));
}

}  // namespace

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kNoMessageLimit);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectDelayMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectTimeoutMs);
  // A server on this machine is never behind a proxy.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

Client::Client(const std::shared_ptr<grpc::ChannelInterface>& channel,
               ClientOptions options)
    : options_(std::move(options)),
      memory_stub_(v1::MemoryService::NewStub(channel)),
      lookup_stub_(v1::LookupService::NewStub(channel)),
      release_stub_(v1::ReleaseService::NewStub(channel)),
      import_stub_(v1::ImportService::NewStub(channel)),
      server_stub_(v1::ServerService::NewStub(channel)) {}

std::unique_ptr<grpc::ClientContext> Client::NewStreamContext() const {
  auto context = std::make_unique<grpc::ClientContext>();
  SetDeadline(*context, options_.clock->NowMicros(),
              options_.stream_timeout_ms);
  return context;
}

template <typename Response, typename Stub, typename Request>
StatusOr<Response> Client::Call(
    Stub& stub,
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                 Response*),
    const Request& request, Idempotency idempotency) {
  const int64_t start_micros = options_.clock->NowMicros();
  for (int attempts = 1;; ++attempts) {
    grpc::ClientContext context;
    SetDeadline(context, start_micros, options_.call_timeout_ms);
    Response response;
    const Status status =
        FromGrpcStatus((stub.*method)(&context, request, &response));
    if (status.ok()) return response;
    if (idempotency != Idempotency::kIdempotent) return status;
    const std::optional<int64_t> delay_ms =
        RetryDelayMs(options_.retry, attempts, status);
    if (!delay_ms.has_value()) return status;
    const int64_t retry_micros = options_.clock->NowMicros() + *delay_ms * 1000;
    if (options_.call_timeout_ms.has_value() &&
        retry_micros >= start_micros + *options_.call_timeout_ms * 1000) {
      return status;  // Says more than DEADLINE_EXCEEDED would.
    }
    options_.sleep(*delay_ms);
  }
}

StatusOr<v1::ServerInfo> Client::GetServerInfo() {
  return Call(*server_stub_, &v1::ServerService::StubInterface::GetServerInfo,
              v1::GetServerInfoRequest(), Idempotency::kIdempotent);
}

StatusOr<v1::Memory> Client::CreateMemory(
    const v1::CreateMemoryRequest& request) {
  return Call(*memory_stub_, &v1::MemoryService::StubInterface::CreateMemory,
              request, Idempotency::kNotIdempotent);
}

StatusOr<v1::Memory> Client::GetMemory(const std::string& name) {
  v1::GetMemoryRequest request;
  request.set_name(name);
  return Call(*memory_stub_, &v1::MemoryService::StubInterface::GetMemory,
              request, Idempotency::kIdempotent);
}

Pager<v1::Memory> Client::ListMemories() {
  using Page = Pager<v1::Memory>::Page;
  return Pager<v1::Memory>([this](const std::string& token) -> StatusOr<Page> {
    v1::ListMemoriesRequest request;
    request.set_page_token(token);
    ASSIGN_OR_RETURN(
        v1::ListMemoriesResponse response,
        Call(*memory_stub_, &v1::MemoryService::StubInterface::ListMemories,
             request, Idempotency::kIdempotent));
    return Page{{response.memories().begin(), response.memories().end()},
                response.next_page_token()};
  });
}

StatusOr<v1::Memory> Client::UpdateMemory(
    const v1::UpdateMemoryRequest& request) {
  return Call(*memory_stub_, &v1::MemoryService::StubInterface::UpdateMemory,
              request, Idempotency::kNotIdempotent);
}

Status Client::DeleteMemory(const v1::DeleteMemoryRequest& request) {
  return Call(*memory_stub_, &v1::MemoryService::StubInterface::DeleteMemory,
              request, Idempotency::kNotIdempotent)
      .status();
}

StatusOr<v1::Unit> Client::CreateUnit(const v1::CreateUnitRequest& request) {
  return Call(*memory_stub_, &v1::MemoryService::StubInterface::CreateUnit,
              request, Idempotency::kIdempotent);
}

StatusOr<v1::BatchCreateUnitsResponse> Client::BatchCreateUnits(
    const v1::BatchCreateUnitsRequest& request) {
  return Call(*memory_stub_,
              &v1::MemoryService::StubInterface::BatchCreateUnits, request,
              Idempotency::kIdempotent);
}

StatusOr<v1::Unit> Client::GetUnit(const std::string& name) {
  v1::GetUnitRequest request;
  request.set_name(name);
  return Call(*memory_stub_, &v1::MemoryService::StubInterface::GetUnit,
              request, Idempotency::kIdempotent);
}

Pager<v1::Unit> Client::ListUnits(const std::string& parent, int page_size) {
  using Page = Pager<v1::Unit>::Page;
  v1::ListUnitsRequest request;
  request.set_parent(parent);
  request.set_page_size(page_size);
  return Pager<v1::Unit>(
      [this, request](const std::string& token) mutable -> StatusOr<Page> {
        request.set_page_token(token);
        ASSIGN_OR_RETURN(
            v1::ListUnitsResponse response,
            Call(*memory_stub_, &v1::MemoryService::StubInterface::ListUnits,
                 request, Idempotency::kIdempotent));
        return Page{{response.units().begin(), response.units().end()},
                    response.next_page_token()};
      });
}

StatusOr<v1::Unit> Client::UpdateUnit(const v1::UpdateUnitRequest& request) {
  return Call(*memory_stub_, &v1::MemoryService::StubInterface::UpdateUnit,
              request, Idempotency::kNotIdempotent);
}

Status Client::DeleteUnit(const v1::DeleteUnitRequest& request) {
  return Call(*memory_stub_, &v1::MemoryService::StubInterface::DeleteUnit,
              request, Idempotency::kNotIdempotent)
      .status();
}

StatusOr<v1::Import> Client::GetImport(const std::string& name) {
  v1::GetImportRequest request;
  request.set_name(name);
  return Call(*import_stub_, &v1::ImportService::StubInterface::GetImport,
              request, Idempotency::kIdempotent);
}

Pager<v1::Import> Client::ListImports(const std::string& parent) {
  using Page = Pager<v1::Import>::Page;
  v1::ListImportsRequest request;
  request.set_parent(parent);
  return Pager<v1::Import>(
      [this, request](const std::string& token) mutable -> StatusOr<Page> {
        request.set_page_token(token);
        ASSIGN_OR_RETURN(
            v1::ListImportsResponse response,
            Call(*import_stub_, &v1::ImportService::StubInterface::ListImports,
                 request, Idempotency::kIdempotent));
        return Page{{response.imports().begin(), response.imports().end()},
                    response.next_page_token()};
      });
}

StatusOr<v1::LookupSegmentResponse> Client::LookupSegment(
    const v1::LookupSegmentRequest& request) {
  return Call(*lookup_stub_, &v1::LookupService::StubInterface::LookupSegment,
              request, Idempotency::kIdempotent);
}

StatusOr<v1::BatchLookupSegmentsResponse> Client::BatchLookupSegments(
    const v1::BatchLookupSegmentsRequest& request) {
  return Call(*lookup_stub_,
              &v1::LookupService::StubInterface::BatchLookupSegments, request,
              Idempotency::kIdempotent);
}

Pager<v1::Match> Client::LookupExact(const v1::LookupExactRequest& request) {
  using Page = Pager<v1::Match>::Page;
  v1::LookupExactRequest paged = request;
  return Pager<v1::Match>(
      [this, paged](const std::string& token) mutable -> StatusOr<Page> {
        paged.set_page_token(token);
        ASSIGN_OR_RETURN(
            v1::LookupExactResponse response,
            Call(*lookup_stub_, &v1::LookupService::StubInterface::LookupExact,
                 paged, Idempotency::kIdempotent));
        return Page{{response.matches().begin(), response.matches().end()},
                    response.next_page_token()};
      });
}

Pager<v1::SearchHit> Client::SearchUnits(
    const v1::SearchUnitsRequest& request) {
  using Page = Pager<v1::SearchHit>::Page;
  v1::SearchUnitsRequest paged = request;
  return Pager<v1::SearchHit>(
      [this, paged](const std::string& token) mutable -> StatusOr<Page> {
        paged.set_page_token(token);
        ASSIGN_OR_RETURN(
            v1::SearchUnitsResponse response,
            Call(*lookup_stub_, &v1::LookupService::StubInterface::SearchUnits,
                 paged, Idempotency::kIdempotent));
        return Page{{response.hits().begin(), response.hits().end()},
                    response.next_page_token()};
      });
}

}  // namespace tercet::client
