// One connection to a server, and what may be called over it.
#ifndef TERCET_BENCH_RPC_CLIENT_H_
#define TERCET_BENCH_RPC_CLIENT_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "bench/bench_database.h"
#include "bench/must.h"
#include "service/memory/types.h"
#include "tercet/v1/lookup_service.grpc.pb.h"
#include "tercet/v1/memory_service.grpc.pb.h"

namespace tercet::bench {

// A connection of its own to a server on the loopback interface.
inline std::shared_ptr<grpc::Channel> Connect(int port) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(fmt::format("127.0.0.1:{}", port),
                                   grpc::InsecureChannelCredentials(),
                                   arguments);
}

inline std::string MemoryName() {
  return fmt::format("memories/{}", kMemoryId);
}

inline v1::LookupSegmentRequest RequestOf(const LookupQuery& query) {
  v1::LookupSegmentRequest request;
  request.set_parent(MemoryName());
  request.mutable_query()->set_language_code(query.language.code());
  request.mutable_query()->set_text(query.segment.text);
  request.set_min_score(query.min_score);
  request.set_max_matches(query.max_matches);
  return request;
}

class Client {
 public:
  explicit Client(const std::shared_ptr<grpc::Channel>& channel)
      : lookups_(v1::LookupService::NewStub(channel)),
        memories_(v1::MemoryService::NewStub(channel)) {}

  // The number of matches.
  int Lookup(const v1::LookupSegmentRequest& request) {
    grpc::ClientContext context;
    v1::LookupSegmentResponse response;
    Check(lookups_->LookupSegment(&context, request, &response));
    return response.matches_size();
  }

  // The cheapest call there is: a name in, a few numbers out.
  void CallForNothing() {
    grpc::ClientContext context;
    v1::GetMemoryRequest request;
    request.set_name(MemoryName());
    v1::Memory response;
    Check(memories_->GetMemory(&context, request, &response));
  }

 private:
  static void Check(const grpc::Status& status) {
    if (status.ok()) return;
    Must(MakeError(StatusCode::kInternal, status.error_message(),
                   {.reason = "BENCHMARK"}));
  }

  std::unique_ptr<v1::LookupService::Stub> lookups_;
  std::unique_ptr<v1::MemoryService::Stub> memories_;
};

}  // namespace tercet::bench

#endif  // TERCET_BENCH_RPC_CLIENT_H_
