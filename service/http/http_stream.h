// Requests and answers that go over a connection piece by piece, each with a
// worker that waits for its client. Everything here is for the io thread.
//
// Workers are few, so a client gets one only when something of its body is
// there. When none is left, the client that is most behind kLeastBytesPerSecond
// loses its own to the next, if it is waited for and more than kMostLag behind:
// a slow client is welcome as long as it is in nobody's way.
#ifndef TERCET_SERVICE_HTTP_HTTP_STREAM_H_
#define TERCET_SERVICE_HTTP_HTTP_STREAM_H_

#include <chrono>
#include <cstddef>
#include <memory>

#include "service/http/http_connection.h"

namespace tercet::http {

inline constexpr size_t kLeastBytesPerSecond = 16 << 10;
inline constexpr auto kMostLag = std::chrono::seconds(2);

// Reads the body of the request whose head `connection` has, and lets the
// server's handler answer.
void BeginStream(std::shared_ptr<Connection> connection);

// Ends the streams whose clients have been silent for `request_seconds`. To be
// called every second or so.
void SweepStreams(ServerState& server);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_HTTP_STREAM_H_
