// A request or an answer that goes over a connection piece by piece, with a
// worker that waits for it.
#ifndef TERCET_SERVICE_HTTP_HTTP_STREAM_H_
#define TERCET_SERVICE_HTTP_HTTP_STREAM_H_

#include <memory>

#include "service/http/http_connection.h"

namespace tercet::http {

enum class StreamEnd {
  kComplete,    // The request was read, the answer sent.
  kRestUnread,  // The answer was sent before the request was read.
  kBroken,      // Half an answer, or a client that is gone.
};

// Lets the server's handler answer; runs on a worker, and blocks.
StreamEnd RunStream(const std::shared_ptr<Connection>& connection);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_HTTP_STREAM_H_
