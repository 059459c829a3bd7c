// An asynchronous HTTP/1.1 server (Boost.Beast). An idle connection costs a
// socket and a few hundred bytes; only requests that are complete take a
// thread, or streams whose body has begun, so a client that is slow holds
// nobody up. Of streams, those that are slowest make room for others.
//
//   ASSIGN_OR_RETURN(auto server, Server::Start(handler, {.logger = logger}));
//   ...
//   server->Stop(/*patience_seconds=*/10);
#ifndef TERCET_SERVICE_HTTP_HTTP_SERVER_H_
#define TERCET_SERVICE_HTTP_HTTP_SERVER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "service/base/status.h"
#include "service/http/http_message.h"
#include "service/ops/log.h"

namespace tercet::http {

// A request whose body is read, or whose answer is written, piece by piece. All
// calls block, and fail with kCancelled once the client is gone or the server
// stops. One thread may read while another writes.
class Stream {
 public:
  virtual ~Stream() = default;

  // The next bytes of the body as soon as there are some, at most 64 KiB; empty
  // at its end. The answer can still be sent after these errors:
  //   kInvalidArgument, HTTP_MALFORMED   This is no body, or it breaks off.
  //   kDeadlineExceeded, HTTP_TOO_SLOW   The client was silent for too long.
  //   kUnavailable, HTTP_OVERLOADED      The client is slow, and in the way.
  virtual StatusOr<std::string> Read() = 0;
  // Begins the answer; its `body` is the first piece.
  // REQUIRES: not called before.
  virtual Status Start(const Response& head) = 0;
  // Sends a further piece. REQUIRES: Start returned OK.
  virtual Status Write(std::string_view bytes) = 0;
  // Breaks the connection off, so that half an answer does not look like all.
  virtual void Abort() = 0;
};

// What answers. All functions are called by many threads at a time.
class Handler {
 public:
  virtual ~Handler() = default;

  // Whether the request is for Stream rather than Answer; `head` has no body
  // yet. Quick: it is called on the thread that serves all connections.
  virtual bool Streams(const Request& head) const = 0;
  // The answer to a request; may block.
  virtual Response Answer(const Request& request) = 0;
  // Answers by way of `stream`. Returning without having called Start is
  // answered with 500.
  virtual void AnswerStream(const Request& head, Stream& stream) = 0;
};

struct ServerOptions {
  std::string listen = "127.0.0.1:7734";  // HOST:PORT; port 0: any free one.
  size_t max_header_bytes = 64 << 10;     // Beyond: 431.
  size_t max_body_bytes = 16 << 20;  // Of requests for Answer; beyond: 413.
  size_t max_connections = 20'000;   // Further ones are closed at once.
  size_t max_waiting = 4096;         // Requests; further ones get 503.
  int threads = 16;                  // For Answer.
  int stream_threads = 32;           // For AnswerStream; then 503.
  int request_seconds = 30;          // To send a request; a stream's silence.
  int idle_seconds = 120;            // Between two requests.
  // What is still read, and thrown away, of a request that was answered before
  // its end; then the connection is closed.
  size_t max_drop_bytes = size_t{1} << 30;
  int drop_seconds = 30;
  int drop_pause_seconds = 5;  // Without a byte.
  Logger& logger;              // Must outlive the server.
};

class Server {
 public:
  // Fails with kUnavailable, reason LISTEN_FAILED. `handler` must outlive the
  // server.
  static StatusOr<std::unique_ptr<Server>> Start(Handler& handler,
                                                 const ServerOptions& options);

  // Stops without patience.
  ~Server();

  int port() const;

  // Takes no more requests, lets running ones end for at most so long, then
  // closes all connections. A second call does nothing.
  void Stop(int patience_seconds);

 private:
  class Impl;

  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_HTTP_SERVER_H_
