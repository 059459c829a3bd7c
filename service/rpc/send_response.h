#ifndef TERCET_SERVICE_RPC_SEND_RESPONSE_H_
#define TERCET_SERVICE_RPC_SEND_RESPONSE_H_

#include "service/base/status.h"
#include "service/rpc/call.h"

namespace tercet {

// Sends a message of a streaming answer; kCancelled when the client is gone.
template <typename Stream, typename Response>
Status SendResponse(Call& call, Stream& stream, const Response& response) {
  call.CountResponse(response);
  if (stream.Write(response)) return OkStatus();
  RETURN_IF_ERROR(call.CheckNow());
  return MakeError(StatusCode::kCancelled, "the client is gone",
                   {.reason = "CANCELLED"});
}

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_SEND_RESPONSE_H_
