#include "service/http/rpc.h"

#include <chrono>
#include <future>
#include <optional>
#include <thread>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "service/http/error_json.h"
#include "service/http/utf8_check.h"

namespace tercet::http {
namespace {

// A unary call that takes longer has gone wrong.
constexpr auto kUnaryPatience = std::chrono::seconds(60);

std::string PathOf(const MethodDescriptor& method) {
  return "/" + method.service()->full_name() + "/" + method.name();
}

grpc::ByteBuffer Serialize(const Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return {&slice, 1};
}

bool Parse(grpc::ByteBuffer& bytes, Message& message) {
  grpc::ProtoBufferReader reader(&bytes);
  return message.ParseFromZeroCopyStream(&reader);
}

std::unique_ptr<Message> NewMessage(
    const google::protobuf::Descriptor& descriptor) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(&descriptor)
          ->New());
}

// A stream over a completion queue whose operations wait. With gRPC's callbacks
// in its place, imports over the in-process channel (1.51) often ended without
// their last message, and calls stayed behind in the server; why was not found.
class RpcStreamImpl final : public RpcStream {
 public:
  RpcStreamImpl(grpc::GenericStub& stub, const MethodDescriptor& method)
      : call_(stub.PrepareCall(&context_, PathOf(method), &queue_)),
        pump_([this] { Pump(); }) {
    call_->StartCall(&started_);
    open_ = Await(started_);
  }

  ~RpcStreamImpl() override {
    context_.TryCancel();
    if (!finished_) (void)Finish();
    queue_.Shutdown();
    pump_.join();
  }

  RpcStreamImpl(const RpcStreamImpl&) = delete;
  RpcStreamImpl& operator=(const RpcStreamImpl&) = delete;

  bool Write(const Message& request) override {
    if (!open_) return false;
    refused_ = CheckUtf8(request);
    if (!refused_.ok()) {
      Cancel();
      return false;
    }
    call_->Write(Serialize(request), &write_);
    return Await(write_);
  }

  void WritesDone() override {
    if (!open_) return;
    call_->WritesDone(&write_);
    Await(write_);
  }

  bool Read(Message& response) override {
    if (!open_) return false;
    grpc::ByteBuffer bytes;
    call_->Read(&bytes, &read_);
    return Await(read_) && Parse(bytes, response);
  }

  Status Finish() override {
    grpc::Status status;
    call_->Finish(&status, &finish_);
    Await(finish_);
    finished_ = true;
    return refused_.ok() ? FromGrpcStatus(status) : refused_;
  }

  void Cancel() override { context_.TryCancel(); }

 private:
  // An operation under way; its address is its tag.
  struct Operation {
    std::optional<bool> ok;
  };

  void Pump() {
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
      absl::MutexLock lock(&mutex_);
      static_cast<Operation*>(tag)->ok = ok;
    }
  }

  // Whether it went well.
  bool Await(Operation& operation) {
    const auto ended = [&operation] { return operation.ok.has_value(); };
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&ended));
    const bool ok = *operation.ok;
    operation.ok.reset();
    return ok;
  }

  absl::Mutex mutex_;  // For what is in the operations.
  Operation started_;
  Operation write_;
  Operation read_;
  Operation finish_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  bool open_ = false;
  bool finished_ = false;
  Status refused_;    // Why a request was not sent.
  std::thread pump_;  // Last: it uses the others.
};

}  // namespace

std::unique_ptr<Message> NewRequest(const MethodDescriptor& method) {
  return NewMessage(*method.input_type());
}

std::unique_ptr<Message> NewResponse(const MethodDescriptor& method) {
  return NewMessage(*method.output_type());
}

class RpcClient::Stub {
 public:
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel)
      : generic(channel) {}

  grpc::GenericStub generic;
};

RpcClient::RpcClient(std::shared_ptr<grpc::Channel> channel)
    : channel_(std::move(channel)), stub_(std::make_unique<Stub>(channel_)) {}

RpcClient::~RpcClient() = default;

Status RpcClient::Call(const MethodDescriptor& method, const Message& request,
                       Message& response) const {
  RETURN_IF_ERROR(CheckUtf8(request));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kUnaryPatience);
  const grpc::ByteBuffer sent = Serialize(request);
  grpc::ByteBuffer received;
  std::promise<grpc::Status> done;
  stub_->generic.UnaryCall(
      &context, PathOf(method), {}, &sent, &received,
      [&done](grpc::Status status) { done.set_value(std::move(status)); });
  RETURN_IF_ERROR(FromGrpcStatus(done.get_future().get()));
  if (Parse(received, response)) return OkStatus();
  return MakeError(StatusCode::kInternal, "the answer cannot be read",
                   {.reason = "INTERNAL"});
}

std::unique_ptr<RpcStream> RpcClient::Open(
    const MethodDescriptor& method) const {
  return std::make_unique<RpcStreamImpl>(stub_->generic, method);
}

}  // namespace tercet::http
