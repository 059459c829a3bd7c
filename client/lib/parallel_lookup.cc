#include "client/lib/parallel_lookup.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <stop_token>

#include "client/lib/stream_lookup.h"
#include "service/base/parallel.h"

namespace tercet::client {
namespace {

// A server works on one segment of a stream at a time, on a thread of its own.
constexpr size_t kStreams = 4;
// A stream costs as much as some lookups.
constexpr size_t kLeastRequestsOfStream = 50;

// The error that ends all; OK for one that is the request's own.
Status FatalError(const v1::StreamLookupSegmentsResponse& response) {
  const auto code = static_cast<StatusCode>(response.error().code());
  if (!response.has_error() || code == StatusCode::kInvalidArgument) {
    return OkStatus();
  }
  return MakeError(code, response.error().message(),
                   {.reason = response.error().reason()});
}

// Every `step`-th request from `first` on.
Status LookUpEvery(Client& client,
                   std::span<const v1::LookupSegmentRequest> requests,
                   size_t first, size_t step,
                   std::vector<v1::StreamLookupSegmentsResponse>& responses) {
  size_t sent = first;
  size_t answered = first;
  const auto next = [&](const std::stop_token&)
      -> StatusOr<std::optional<v1::LookupSegmentRequest>> {
    if (sent >= requests.size()) {
      return std::optional<v1::LookupSegmentRequest>();
    }
    const v1::LookupSegmentRequest& request = requests[sent];
    sent += step;
    return std::optional<v1::LookupSegmentRequest>(request);
  };
  Status fatal = OkStatus();
  const auto take = [&](const v1::LookupSegmentRequest&,
                        const v1::StreamLookupSegmentsResponse& response) {
    fatal.Update(FatalError(response));
    responses[answered] = response;
    answered += step;
  };
  RETURN_IF_ERROR(StreamLookup(client, next, take));
  return fatal;
}

}  // namespace

StatusOr<std::vector<v1::StreamLookupSegmentsResponse>> LookUpAll(
    Client& client, std::span<const v1::LookupSegmentRequest> requests) {
  std::vector<v1::StreamLookupSegmentsResponse> responses(requests.size());
  const size_t streams =
      std::clamp<size_t>(requests.size() / kLeastRequestsOfStream, 1, kStreams);
  RETURN_IF_ERROR(ParallelFor(streams, streams, [&](size_t stream) {
    return LookUpEvery(client, requests, stream, streams, responses);
  }));
  return responses;
}

}  // namespace tercet::client
