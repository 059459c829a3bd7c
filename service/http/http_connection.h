// One client of the HTTP server: reads requests, sends answers, and hands
// streams on (http_stream.h). Everything here runs on the server's io thread
// unless it says otherwise, so connections need no locks.
#ifndef TERCET_SERVICE_HTTP_HTTP_CONNECTION_H_
#define TERCET_SERVICE_HTTP_HTTP_CONNECTION_H_

#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "service/http/http_message.h"
#include "service/http/http_server.h"

namespace tercet::http {

class Connection;
class ConnectionStream;

enum class StreamEnd {
  kComplete,    // The request was read, the answer sent.
  kRestUnread,  // The answer was sent before the request was read.
  kBroken,      // Half an answer, or a client that is gone.
};

// What the connections of a server share.
struct ServerState {
  ServerState(Handler& answering, const ServerOptions& server_options)
      : handler(answering),
        options(server_options),
        workers(static_cast<size_t>(options.threads)),
        stream_workers(static_cast<size_t>(options.stream_threads)) {}

  // Posts `task` to `pool` and counts it until it ends. Thread-safe.
  template <typename Task>
  void Run(boost::asio::thread_pool& pool, Task task) {
    ++running;
    boost::asio::post(pool, [this, task = std::move(task)]() mutable {
      task();
      --running;
    });
  }

  void LogException(std::string_view what) const {
    options.logger.Log(LogLevel::kError, "http_exception", {{"what", what}});
  }

  Handler& handler;
  const ServerOptions options;
  // The io thread's own.
  std::unordered_set<Connection*> connections;
  std::unordered_set<ConnectionStream*> streams;  // Those with a worker.
  std::atomic<int> busy = 0;        // Connections that are not idle.
  std::atomic<size_t> running = 0;  // Requests with a worker, or waiting.
  std::atomic<bool> stopping = false;
  // Where all connections put what nobody reads.
  std::array<char, 64 << 10> waste;
  boost::asio::io_context io{1};
  boost::asio::thread_pool workers;
  boost::asio::thread_pool stream_workers;
};

// Kept alive by the operation that is under way.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(ServerState& server, boost::asio::ip::tcp::socket socket);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Waits for the first byte of a request without holding memory for it.
  void AwaitRequest();

  void Close();

  // Closes a connection that has waited for its client since before `time`.
  void CloseIfIdleSince(std::chrono::steady_clock::time_point time) {
    if (!busy_ && idle_since_ <= time) Close();
  }

 private:
  friend class ConnectionStream;
  using ErrorCode = boost::system::error_code;
  using Clock = std::chrono::steady_clock;

  void SetBusy(bool busy);
  void ClearBuffer();
  // Gives the client `request_seconds` for the next operation.
  void ExpectMore();

  void ReadHeader();
  void OnHeader();
  void SendContinue();
  void ReadBody();
  void ReadWholeBody();
  // A request that cannot be read to its end.
  void FailRead(const ErrorCode& error);
  // Sends what is said of a request without reading the rest of it.
  void Refuse(Response response);
  void RefuseOverloaded();

  void Answer();
  // Runs on a worker.
  Response CallHandler();
  void OnStreamEnd(StreamEnd end);
  void Send(Response response);
  void OnSent(const ErrorCode& error);

  // Closes once the client has stopped sending, or has been given the time and
  // the bytes for it: what arrives at a closed connection resets it, which
  // takes from the client the answer that it has not read yet.
  void CloseGently();
  void DropMore();

  template <typename Body>
  void FillHead(const Response& from,
                boost::beast::http::response<Body>& to) const {
    to.version(version_);
    to.result(static_cast<unsigned>(from.status));
    to.keep_alive(keep_alive_);
    to.set(boost::beast::http::field::server, "tercet");
    for (const Field& field : from.fields) to.insert(field.name, field.value);
  }

  ServerState& server_;
  boost::beast::tcp_stream stream_;
  // Bounded, since a chunk's extensions and trailers are not.
  boost::beast::flat_buffer buffer_;
  std::optional<
      boost::beast::http::request_parser<boost::beast::http::empty_body>>
      parser_;
  Request head_;
  unsigned version_ = 11;
  bool keep_alive_ = true;
  bool streams_ = false;      // The request is for Handler::AnswerStream.
  bool rest_unread_ = false;  // Of the request that is answered.
  bool busy_ = false;
  Clock::time_point idle_since_;
  Clock::time_point drop_until_;
  size_t drop_bytes_ = 0;  // That may still come.
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_HTTP_CONNECTION_H_
