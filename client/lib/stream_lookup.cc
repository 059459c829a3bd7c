#include "client/lib/stream_lookup.h"

#include <deque>
#include <memory>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "client/lib/grpc_status.h"
#include "service/base/utf8.h"

namespace tercet::client {
namespace {

using Stream =
    grpc::ClientReaderWriterInterface<v1::LookupSegmentRequest,
                                      v1::StreamLookupSegmentsResponse>;

// The requests that wait for their answers, oldest first.
class WaitingRequests {
 public:
  void Push(v1::LookupSegmentRequest request) {
    absl::MutexLock lock(&mutex_);
    requests_.push_back(std::move(request));
  }

  // After this, Pop returns nullopt once all requests are taken.
  void Close() {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
  }

  // Waits for a request.
  std::optional<v1::LookupSegmentRequest> Pop() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &WaitingRequests::CanPop));
    if (requests_.empty()) return std::nullopt;
    v1::LookupSegmentRequest request = std::move(requests_.front());
    requests_.pop_front();
    return request;
  }

 private:
  bool CanPop() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return closed_ || !requests_.empty();
  }

  absl::Mutex mutex_;
  std::deque<v1::LookupSegmentRequest> requests_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

// The answer to a request that must not be sent: a proto string that is not
// UTF-8 would end the whole stream.
std::optional<v1::StreamLookupSegmentsResponse> AnswerWithoutServer(
    const v1::LookupSegmentRequest& request) {
  v1::StreamLookupSegmentsResponse response;
  if (request.query().text().empty()) return response;
  if (IsValidUtf8(request.query().text())) return std::nullopt;
  v1::StreamError& error = *response.mutable_error();
  error.set_code(static_cast<int>(StatusCode::kInvalidArgument));
  error.set_reason("TEXT_NOT_UTF8");
  error.set_message("the text is not valid UTF-8");
  return response;
}

Status SendRequests(Stream& stream, const NextRequest& next,
                    WaitingRequests& waiting, const std::stop_token& stop) {
  while (true) {
    ASSIGN_OR_RETURN(std::optional<v1::LookupSegmentRequest> request,
                     next(stop));
    if (!request.has_value()) break;
    waiting.Push(*request);
    if (AnswerWithoutServer(*request).has_value()) continue;
    // A server that has hung up is reported by the reading side.
    if (!stream.Write(*request)) break;
  }
  stream.WritesDone();
  return OkStatus();
}

void ReadAnswers(Stream& stream, WaitingRequests& waiting,
                 const TakeAnswer& take) {
  while (true) {
    const std::optional<v1::LookupSegmentRequest> request = waiting.Pop();
    if (!request.has_value()) return;
    std::optional<v1::StreamLookupSegmentsResponse> response =
        AnswerWithoutServer(*request);
    if (!response.has_value()) {
      response.emplace();
      if (!stream.Read(&*response)) return;
    }
    take(*request, *response);
  }
}

}  // namespace

Status StreamLookup(Client& client, const NextRequest& next,
                    const TakeAnswer& take) {
  const std::unique_ptr<grpc::ClientContext> context =
      client.NewStreamContext();
  const std::unique_ptr<Stream> stream =
      client.lookup_stub().StreamLookupSegments(context.get());
  WaitingRequests waiting;
  Status sent = OkStatus();
  std::jthread sender([&](const std::stop_token& stop) {
    sent = SendRequests(*stream, next, waiting, stop);
    if (!sent.ok()) stream->WritesDone();
    waiting.Close();
  });
  ReadAnswers(*stream, waiting, take);
  sender.request_stop();
  sender.join();
  const Status received = FromGrpcStatus(stream->Finish());
  RETURN_IF_ERROR(received);
  return sent;
}

}  // namespace tercet::client
