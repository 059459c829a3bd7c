#include "service/http/http_server.h"

#include <sys/resource.h>

#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <exception>
#include <future>
#include <optional>
#include <thread>
#include <unordered_set>
#include <utility>

#include "fmt/format.h"
#include "service/http/error_json.h"
#include "service/http/host_port.h"

namespace tercet::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr size_t kPieceBytes = 64 << 10;
// Between two attempts to accept, when the process is out of descriptors.
constexpr auto kAcceptPause = std::chrono::milliseconds(50);

Response Overloaded() {
  Response response = MakeErrorResponse(
      503, StatusCode::kUnavailable, "HTTP_OVERLOADED",
      "more requests are waiting than the server holds; try again");
  response.fields.push_back({"Retry-After", "1"});
  return response;
}

// What a request that cannot be read is answered; nullopt for a connection that
// is gone.
std::optional<Response> ReadErrorResponse(const error_code& error) {
  if (error == wire::error::header_limit) {
    return MakeErrorResponse(431, StatusCode::kInvalidArgument,
                             "HTTP_HEADER_TOO_LARGE",
                             "the address and header fields are too long");
  }
  if (error == wire::error::body_limit) {
    return MakeErrorResponse(
        413, StatusCode::kInvalidArgument, "HTTP_BODY_TOO_LARGE",
        "the body is too large; send large files to "
        "/v1/memories/{memory}:upload, which takes any size");
  }
  if (error == wire::error::end_of_stream ||
      error == wire::error::partial_message ||
      error.category() != make_error_code(wire::error::bad_method).category()) {
    return std::nullopt;
  }
  return MakeErrorResponse(
      400, StatusCode::kInvalidArgument, "HTTP_MALFORMED",
      fmt::format("this is no HTTP request: {}", error.message()));
}

template <typename Body>
Request MakeRequest(const wire::request<Body>& message) {
  Request request{.method = std::string(message.method_string()),
                  .target = std::string(message.target())};
  for (const auto& field : message) {
    request.fields.push_back(
        {std::string(field.name_string()), std::string(field.value())});
  }
  return request;
}

// Connections cost a descriptor each: take as many as the system grants.
void RaiseDescriptorLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

// Everything that touches a connection runs on `io_`'s one thread, so
// connections need no locks.
class Server::Impl {
 public:
  Impl(Handler& handler, const ServerOptions& options)
      : handler_(handler),
        options_(options),
        acceptor_(io_),
        accept_pause_(io_),
        sweep_(io_),
        work_(asio::make_work_guard(io_)),
        workers_(static_cast<size_t>(options.threads)),
        stream_workers_(static_cast<size_t>(options.stream_threads)) {}

  ~Impl() { Stop(0); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Status Listen();
  void Stop(int patience_seconds);
  int port() const { return port_; }

 private:
  class Connection;
  class ConnectionStream;

  void Accept();
  // Closes, once a second, what has been idle for too long.
  void Sweep();
  // Posts `task` to `pool` and counts it until it ends.
  template <typename Task>
  void Run(asio::thread_pool& pool, Task task) {
    ++running_;
    asio::post(pool, [this, task = std::move(task)]() mutable {
      task();
      --running_;
    });
  }

  Handler& handler_;
  const ServerOptions options_;
  std::unordered_set<Connection*> connections_;  // The io thread's own.
  std::atomic<int> busy_ = 0;  // Connections that are not idle.
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  asio::steady_timer accept_pause_;
  asio::steady_timer sweep_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<size_t> running_ = 0;  // Requests with a worker, or waiting.
  std::atomic<int> streams_ = 0;
  asio::thread_pool workers_;
  asio::thread_pool stream_workers_;
  std::thread io_thread_;
};

// One client. Kept alive by the operation that is under way.
class Server::Impl::Connection
    : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Impl& server, tcp::socket socket)
      : server_(server), stream_(std::move(socket)) {
    server_.connections_.insert(this);
    error_code ignored;
    stream_.socket().set_option(tcp::no_delay(true), ignored);
  }
  ~Connection() {
    SetBusy(false);
    server_.connections_.erase(this);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Waits for the first byte of a request without holding memory for it.
  void AwaitRequest() {
    SetBusy(false);
    if (server_.stopping_) return Close();
    if (buffer_.size() > 0) return ReadHeader();
    parser_.reset();
    buffer_ = beast::flat_buffer();
    idle_since_ = std::chrono::steady_clock::now();
    stream_.socket().async_wait(
        tcp::socket::wait_read,
        [self = shared_from_this()](const error_code& error) {
          if (error) return self->Close();
          self->ReadHeader();
        });
  }

  void Close() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.socket().close(ignored);
  }

  // Closes a connection that has waited for its client since before `time`.
  void CloseIfIdleSince(std::chrono::steady_clock::time_point time) {
    if (!busy_ && idle_since_ <= time) Close();
  }

 private:
  friend class Impl::ConnectionStream;

  void SetBusy(bool busy) {
    if (busy != busy_) server_.busy_ += busy ? 1 : -1;
    busy_ = busy;
  }

  void ExpectMore() {
    stream_.expires_after(
        std::chrono::seconds(server_.options_.request_seconds));
  }

  void ReadHeader() {
    SetBusy(true);
    parser_.emplace();
    parser_->header_limit(
        static_cast<uint32_t>(server_.options_.max_header_bytes));
    parser_->body_limit(boost::none);
    ExpectMore();
    wire::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](const error_code& error, size_t) {
          if (error) return self->FailRead(error);
          self->OnHeader();
        });
  }

  void OnHeader() {
    head_ = MakeRequest(parser_->get());
    keep_alive_ = parser_->get().keep_alive();
    version_ = parser_->get().version();
    if (beast::iequals(head_.FieldValue("Expect"), "100-continue")) {
      return SendContinue();
    }
    OnReadyForBody();
  }

  void SendContinue() {
    static constexpr std::string_view kContinue =
        "HTTP/1.1 100 Continue\r\n\r\n";
    ExpectMore();
    asio::async_write(
        stream_, asio::buffer(kContinue),
        [self = shared_from_this()](const error_code& error, size_t) {
          if (error) return self->Close();
          self->OnReadyForBody();
        });
  }

  void OnReadyForBody() {
    if (server_.handler_.Streams(head_)) return BeginStream();
    ReadBody();
  }

  void ReadBody() {
    auto parser = std::make_shared<wire::request_parser<wire::string_body>>(
        std::move(*parser_));
    parser->body_limit(server_.options_.max_body_bytes);
    if (const auto length = parser->content_length();
        length && *length > server_.options_.max_body_bytes) {
      return FailRead(make_error_code(wire::error::body_limit));
    }
    ExpectMore();
    wire::async_read(
        stream_, buffer_, *parser,
        [self = shared_from_this(), parser](const error_code& error, size_t) {
          if (error) return self->FailRead(error);
          self->head_.body = std::move(parser->get().body());
          self->Answer();
        });
  }

  void Answer() {
    if (server_.running_ >= server_.options_.max_waiting) {
      return Send(Overloaded());
    }
    stream_.expires_never();
    server_.Run(server_.workers_, [self = shared_from_this()]() mutable {
      Response response = self->CallHandler();
      asio::io_context& io = self->server_.io_;
      asio::post(io, [self = std::move(self),
                      response = std::move(response)]() mutable {
        self->Send(std::move(response));
      });
    });
  }

  Response CallHandler() {
    try {
      return server_.handler_.Answer(head_);
    } catch (const std::exception& error) {
      server_.options_.logger.Log(LogLevel::kError, "http_exception",
                                  {{"what", std::string_view(error.what())}});
      return MakeErrorResponse(500, StatusCode::kInternal, "INTERNAL",
                               "the server failed; its log says why");
    }
  }

  template <typename Body>
  void FillHead(const Response& from, wire::response<Body>& to) const {
    to.version(version_);
    to.result(static_cast<unsigned>(from.status));
    to.keep_alive(keep_alive_);
    to.set(wire::field::server, "tercet");
    for (const Field& field : from.fields) to.insert(field.name, field.value);
  }

  void Send(Response response) {
    auto message = std::make_shared<wire::response<wire::string_body>>();
    FillHead(response, *message);
    const bool bodiless = response.status == 204 || response.status == 304;
    if (!bodiless) message->content_length(response.body.size());
    if (head_.method != "HEAD" && !bodiless) {
      message->body() = std::move(response.body);
    }
    head_ = {};
    ExpectMore();
    auto serializer =
        std::make_shared<wire::response_serializer<wire::string_body>>(
            *message);
    serializer->split(false);
    wire::async_write(
        stream_, *serializer,
        [self = shared_from_this(), message, serializer](
            const error_code& error, size_t) { self->OnSent(error); });
  }

  void OnSent(const error_code& error) {
    if (error || !keep_alive_) return Close();
    AwaitRequest();
  }

  void FailRead(const error_code& error) {
    std::optional<Response> response = ReadErrorResponse(error);
    if (!response.has_value()) return Close();
    keep_alive_ = false;  // What follows cannot be told apart.
    Send(*std::move(response));
  }

  void BeginStream();

  Impl& server_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<wire::request_parser<wire::empty_body>> parser_;
  Request head_;
  unsigned version_ = 11;
  bool keep_alive_ = true;
  bool busy_ = false;
  std::chrono::steady_clock::time_point idle_since_;
};

// What a worker holds of a connection: each call runs one operation on the io
// thread and waits for it.
class Server::Impl::ConnectionStream final : public Stream {
 public:
  explicit ConnectionStream(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)),
        parser_(std::move(*connection_->parser_)) {
    parser_.body_limit(boost::none);
  }

  StatusOr<std::string> Read() override {
    if (parser_.is_done()) return std::string();
    std::string piece(kPieceBytes, '\0');
    size_t left = 0;
    const error_code error = Await([&](auto done) {
      auto& body = parser_.get().body();
      body.data = piece.data();
      body.size = piece.size();
      connection_->ExpectMore();
      wire::async_read(connection_->stream_, connection_->buffer_, parser_,
                       [this, done, &left](error_code failure, size_t) {
                         left = parser_.get().body().size;
                         done(failure);
                       });
    });
    if (error && error != wire::error::need_buffer) return Gone(error);
    piece.resize(piece.size() - left);
    if (piece.empty() && !parser_.is_done()) return Read();
    return piece;
  }

  Status Start(const Response& head) override {
    started_ = true;
    wire::response<wire::empty_body> message;
    connection_->keep_alive_ = connection_->keep_alive_ && parser_.is_done();
    connection_->FillHead(head, message);
    // An HTTP/1.0 client is told the end by the connection's.
    chunked_ = connection_->version_ >= 11;
    if (chunked_) {
      message.chunked(true);
    } else {
      message.keep_alive(connection_->keep_alive_ = false);
    }
    wire::response_serializer<wire::empty_body> serializer(message);
    const error_code error = Await([&](auto done) {
      connection_->ExpectMore();
      wire::async_write_header(connection_->stream_, serializer,
                               [done](error_code failure, size_t) {
                                 // need_buffer: the body is for us to write.
                                 done(failure);
                               });
    });
    if (error) return Gone(error);
    return head.body.empty() ? OkStatus() : Write(head.body);
  }

  Status Write(std::string_view bytes) override {
    if (bytes.empty()) return OkStatus();  // It would be the last chunk.
    const error_code error = Await([&](auto done) {
      connection_->ExpectMore();
      const auto handler = [done](error_code failure, size_t) {
        done(failure);
      };
      const auto buffer = asio::buffer(bytes.data(), bytes.size());
      if (chunked_) {
        asio::async_write(connection_->stream_, wire::make_chunk(buffer),
                          handler);
      } else {
        asio::async_write(connection_->stream_, buffer, handler);
      }
    });
    return error ? Gone(error) : OkStatus();
  }

  void Abort() override { gone_ = true; }

  // Ends the answer; false when the connection is of no further use.
  bool Finish() {
    if (!started_ &&
        !Start(MakeErrorResponse(500, StatusCode::kInternal, "INTERNAL",
                                 "the request was not answered"))
             .ok()) {
      return false;
    }
    if (gone_) return false;
    if (chunked_) {
      const error_code error = Await([&](auto done) {
        connection_->ExpectMore();
        asio::async_write(
            connection_->stream_, wire::make_chunk_last(),
            [done](error_code failure, size_t) { done(failure); });
      });
      if (error) return false;
    }
    return connection_->keep_alive_ && parser_.is_done();
  }

 private:
  // Begins an operation on the io thread, waits until it calls `done`.
  template <typename Begin>
  error_code Await(const Begin& begin) {
    std::promise<error_code> promise;
    asio::post(connection_->server_.io_, [&begin, &promise] {
      begin([&promise](const error_code& error) { promise.set_value(error); });
    });
    return promise.get_future().get();
  }

  Status Gone(const error_code& error) {
    gone_ = true;
    return MakeError(StatusCode::kCancelled,
                     fmt::format("the client is gone: {}", error.message()),
                     {.reason = "CANCELLED"});
  }

  const std::shared_ptr<Connection> connection_;
  wire::request_parser<wire::buffer_body> parser_;
  bool started_ = false;
  bool chunked_ = true;
  bool gone_ = false;
};

void Server::Impl::Connection::BeginStream() {
  if (server_.streams_ >= server_.options_.stream_threads) {
    keep_alive_ = false;  // Its body is not read.
    return Send(Overloaded());
  }
  ++server_.streams_;
  server_.Run(server_.stream_workers_, [self = shared_from_this()]() mutable {
    bool reusable = false;
    try {
      ConnectionStream stream(self);
      self->server_.handler_.AnswerStream(self->head_, stream);
      reusable = stream.Finish();
    } catch (const std::exception& error) {
      self->server_.options_.logger.Log(
          LogLevel::kError, "http_exception",
          {{"what", std::string_view(error.what())}});
    }
    --self->server_.streams_;
    asio::io_context& io = self->server_.io_;
    asio::post(io, [self = std::move(self), reusable] {
      self->head_ = {};
      if (!reusable) return self->Close();
      self->AwaitRequest();
    });
  });
}

Status Server::Impl::Listen() {
  RaiseDescriptorLimit();
  const HostPort address = SplitHostPort(options_.listen);
  error_code error;
  const auto found = tcp::resolver(io_).resolve(address.host, address.port,
                                                tcp::resolver::passive, error);
  const auto fail = [&] {
    return MakeError(
        StatusCode::kUnavailable,
        fmt::format("cannot listen on {}: {}; stop the program that uses it, "
                    "or choose another address with --http-listen",
                    options_.listen, error.message()),
        {.reason = "LISTEN_FAILED", .metadata = {{"listen", options_.listen}}});
  };
  if (error) return fail();
  const tcp::endpoint endpoint = found.begin()->endpoint();
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error)
    acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) return fail();
  port_ = acceptor_.local_endpoint().port();
  Accept();
  Sweep();
  io_thread_ = std::thread([this] { io_.run(); });
  return OkStatus();
}

void Server::Impl::Accept() {
  acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
    if (stopping_ || error == asio::error::operation_aborted) return;
    if (error) {  // Out of descriptors, or the client was quick to go.
      accept_pause_.expires_after(kAcceptPause);
      accept_pause_.async_wait([this](const error_code& stopped) {
        if (!stopped) Accept();
      });
      return;
    }
    if (connections_.size() < options_.max_connections) {
      std::make_shared<Connection>(*this, std::move(socket))->AwaitRequest();
    }
    Accept();
  });
}

void Server::Impl::Sweep() {
  sweep_.expires_after(std::chrono::seconds(1));
  sweep_.async_wait([this](const error_code& stopped) {
    if (stopped || stopping_) return;
    const auto since = std::chrono::steady_clock::now() -
                       std::chrono::seconds(options_.idle_seconds);
    for (Connection* const connection : connections_) {
      connection->CloseIfIdleSince(since);
    }
    Sweep();
  });
}

void Server::Impl::Stop(int patience_seconds) {
  if (!io_thread_.joinable()) return;
  stopping_ = true;
  asio::post(io_, [this] {
    error_code ignored;
    acceptor_.close(ignored);
    accept_pause_.cancel();
    sweep_.cancel();
    for (Connection* const connection : connections_) {
      connection->CloseIfIdleSince(std::chrono::steady_clock::now());
    }
  });
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(patience_seconds);
  while (busy_ > 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  // Those that still run see their connection closed, and end.
  asio::post(io_, [this] {
    for (Connection* const connection : connections_) connection->Close();
  });
  workers_.join();
  stream_workers_.join();
  work_.reset();
  io_thread_.join();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() = default;

int Server::port() const { return impl_->port(); }

void Server::Stop(int patience_seconds) { impl_->Stop(patience_seconds); }

StatusOr<std::unique_ptr<Server>> Server::Start(Handler& handler,
                                                const ServerOptions& options) {
  auto impl = std::make_unique<Impl>(handler, options);
  RETURN_IF_ERROR(impl->Listen());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

}  // namespace tercet::http
