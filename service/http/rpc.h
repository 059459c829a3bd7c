// Calls of our own service by the description of the method alone, over the
// in-process channel: no code per method.
#ifndef TERCET_SERVICE_HTTP_RPC_H_
#define TERCET_SERVICE_HTTP_RPC_H_

#include <memory>
#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "service/base/status.h"

namespace tercet::http {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

// Empty messages of a method's types.
std::unique_ptr<Message> NewRequest(const MethodDescriptor& method);
std::unique_ptr<Message> NewResponse(const MethodDescriptor& method);

// A streaming call, of whatever direction. One thread may write while another
// reads; not thread-safe otherwise.
class RpcStream {
 public:
  virtual ~RpcStream() = default;

  // False when the call has ended; Finish says why.
  virtual bool Write(const Message& request) = 0;
  // No more requests will come.
  virtual void WritesDone() = 0;
  // False after the last response.
  virtual bool Read(Message& response) = 0;
  // How the call ended. REQUIRES: Read returned false.
  virtual Status Finish() = 0;
  // Ends the call as soon as may be. Thread-safe.
  virtual void Cancel() = 0;
};

// Thread-safe.
class RpcClient {
 public:
  explicit RpcClient(std::shared_ptr<grpc::Channel> channel);
  ~RpcClient();

  // REQUIRES: the method is unary, the messages are of its types.
  Status Call(const MethodDescriptor& method, const Message& request,
              Message& response) const;

  std::unique_ptr<RpcStream> Open(const MethodDescriptor& method) const;

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  class Stub;

  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<Stub> stub_;
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_RPC_H_
