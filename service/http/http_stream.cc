#include "service/http/http_stream.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <future>
#include <string>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "service/http/error_json.h"
#include "service/http/pace.h"

namespace tercet::http {
namespace {

namespace asio = boost::asio;
namespace wire = boost::beast::http;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr size_t kPieceBytes = 64 << 10;
// To take the reason why its stream is ended.
constexpr auto kLastPatience = std::chrono::seconds(1);

Status SilentError(int seconds) {
  return MakeError(StatusCode::kDeadlineExceeded,
                   fmt::format("nothing came for {} seconds", seconds),
                   {.reason = "HTTP_TOO_SLOW"});
}

Status LagError() {
  return MakeError(StatusCode::kUnavailable,
                   "the place of this stream, whose client is slow, is needed "
                   "for another; try again",
                   {.reason = "HTTP_OVERLOADED", .retry_delay_ms = 1000});
}

}  // namespace

// What a worker holds of a connection: each call runs one operation on the io
// thread and waits for it.
class ConnectionStream final
    : public Stream,
      public std::enable_shared_from_this<ConnectionStream> {
 public:
  explicit ConnectionStream(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)),
        parser_(std::move(*connection_->parser_)) {
    parser_.body_limit(boost::none);
  }

  // For the io thread.

  // Waits for the first of the body, then for a worker.
  void Begin() {
    connection_->ExpectMore();
    ReadPiece([self = shared_from_this()](const error_code& error) {
      if (error) return self->connection_->FailRead(error);
      self->TakeWorker();
    });
  }

  void Sweep(Clock::time_point now) {
    const int seconds = connection_->server_.options.request_seconds;
    if (!cut_.ok()) {
      if (pace_.Silence(now) >= kLastPatience) connection_->Close();
    } else if (pace_.Silence(now) >= std::chrono::seconds(seconds)) {
      Cut(SilentError(seconds));
    }
  }

  // For the worker, and threads of its own.

  StatusOr<std::string> Read() override {
    if (piece_.empty()) {
      RETURN_IF_ERROR(Await(Pace::kIn, [this](const auto& done) {
        if (!cut_.ok()) return done(TellCut());
        ReadPiece([this, done](const error_code& error) {
          done(error ? ReadError(error) : OkStatus());
        });
      }));
    }
    return std::exchange(piece_, {});
  }

  Status Start(const Response& head) override {
    started_ = true;
    wire::response<wire::empty_body> message;
    // An HTTP/1.0 client is told the end by the connection's.
    chunked_ = connection_->version_ >= 11;
    wire::response_serializer<wire::empty_body> serializer(message);
    RETURN_IF_ERROR(Await(Pace::kOut, [&](const auto& done) {
      if (!MayWrite()) return done(Gone(asio::error::operation_aborted));
      // The io thread may be reading meanwhile.
      connection_->keep_alive_ =
          connection_->keep_alive_ && parser_.is_done() && chunked_;
      connection_->FillHead(head, message);
      if (chunked_) message.chunked(true);
      wire::async_write_header(
          connection_->stream_, serializer,
          [this, done](const error_code& error, size_t bytes) {
            Moved(Pace::kOut, bytes);
            done(error ? Gone(error) : OkStatus());
          });
    }));
    return head.body.empty() ? OkStatus() : Write(head.body);
  }

  Status Write(std::string_view bytes) override {
    if (IsHead()) {
      return MakeError(StatusCode::kCancelled, "only the head is asked for",
                       {.reason = "CANCELLED"});
    }
    if (bytes.empty()) return OkStatus();  // It would be the last chunk.
    const auto buffer = asio::buffer(bytes.data(), bytes.size());
    return chunked_ ? Send(wire::make_chunk(buffer)) : Send(buffer);
  }

  void Abort() override { gone_ = true; }

 private:
  using ReadDone = std::function<void(const error_code&)>;

  // Of the io thread.

  bool TakesPlace() const { return cut_.ok(); }
  // How far the client is behind; zero where ending would not hurry its worker.
  Pace::Duration LagInTheWay(Clock::time_point now) const {
    return TakesPlace() && pace_.waits() ? pace_.Lag(now) : Pace::Duration(0);
  }
  void TakeWorker();
  static bool MakePlace(ServerState& server);

  // Ends the stream where it waits for its client.
  void Cut(Status why) {
    cut_ = std::move(why);
    connection_->stream_.cancel();
  }

  void Moved(Pace::Way way, size_t bytes) {
    pace_.Move(way, bytes, Clock::now());
  }

  // Fills `piece_`; it stays empty at the end of the body.
  void ReadPiece(const ReadDone& done) {
    const error_code malformed = Parse();
    if (malformed || !piece_.empty() || parser_.is_done()) {
      return done(malformed);
    }
    auto& buffer = connection_->buffer_;
    const size_t room = buffer.max_size() - buffer.size();
    if (room == 0) return done(make_error_code(wire::error::buffer_overflow));
    connection_->stream_.async_read_some(
        buffer.prepare(std::min(room, kPieceBytes)),
        [self = shared_from_this(), done](error_code error, size_t bytes) {
          self->connection_->buffer_.commit(bytes);
          self->Moved(Pace::kIn, bytes);
          if (error == asio::error::eof) {
            error = {};
            self->parser_.put_eof(error);
          }
          if (error) return done(error);
          self->ReadPiece(done);
        });
  }

  // Takes from the buffer what is there, without waiting for more: a line may
  // be to be answered before its client sends the next.
  error_code Parse() {
    auto& buffer = connection_->buffer_;
    auto& body = parser_.get().body();
    piece_.resize(std::min(kPieceBytes, buffer.size()));
    body.data = piece_.data();
    body.size = piece_.size();
    error_code error;
    while (!error && body.size > 0 && buffer.size() > 0 && !parser_.is_done()) {
      buffer.consume(parser_.put(buffer.data(), error));
    }
    piece_.resize(piece_.size() - body.size);
    const bool wants_more =
        error == wire::error::need_more || error == wire::error::need_buffer;
    // What came before the fault first; it will be found again.
    return wants_more || !piece_.empty() ? error_code() : error;
  }

  Status ReadError(const error_code& error) {
    if (!cut_.ok()) return TellCut();
    if (error.category() !=
        make_error_code(wire::error::bad_chunk).category()) {
      return Gone(error);
    }
    return MakeError(
        StatusCode::kInvalidArgument,
        fmt::format("the body is no HTTP/1.1: {}", error.message()),
        {.reason = "HTTP_MALFORMED"});
  }

  const Status& TellCut() {
    is_told_ = true;
    return cut_;
  }

  // Once the place is another's, there is but the reason to be sent.
  bool MayWrite() const { return cut_.ok() || is_told_; }

  Status Gone(const error_code& error) {
    gone_ = true;
    return MakeError(StatusCode::kCancelled,
                     fmt::format("the client is gone: {}", error.message()),
                     {.reason = "CANCELLED"});
  }

  // Of the worker.

  StreamEnd Run() {
    try {
      connection_->server_.handler.AnswerStream(connection_->head_, *this);
      return Finish();
    } catch (const std::exception& error) {
      connection_->server_.LogException(error.what());
      return StreamEnd::kBroken;
    }
  }

  // Ends the answer.
  StreamEnd Finish() {
    if (!started_ &&
        !Start(MakeErrorResponse(500, StatusCode::kInternal, "INTERNAL",
                                 "the request was not answered"))
             .ok()) {
      return StreamEnd::kBroken;
    }
    if (gone_) return StreamEnd::kBroken;
    if (chunked_ && !IsHead() && !Send(wire::make_chunk_last()).ok()) {
      return StreamEnd::kBroken;
    }
    return parser_.is_done() ? StreamEnd::kComplete : StreamEnd::kRestUnread;
  }

  bool IsHead() const { return connection_->head_.method == "HEAD"; }

  template <typename Buffers>
  Status Send(const Buffers& buffers) {
    return Await(Pace::kOut, [&](const auto& done) {
      if (!MayWrite()) return done(Gone(asio::error::operation_aborted));
      asio::async_write(
          connection_->stream_, buffers,
          [this, before = size_t{0}](const error_code& error,
                                     size_t bytes) mutable {
            Moved(Pace::kOut, bytes - std::exchange(before, bytes));
            return error ? 0 : kPieceBytes;
          },
          [this, done](const error_code& error, size_t) {
            done(error ? Gone(error) : OkStatus());
          });
    });
  }

  // Begins an operation on the io thread, waits until it calls `done`.
  template <typename Begin>
  Status Await(Pace::Way way, const Begin& begin) {
    std::promise<Status> promise;
    asio::post(connection_->server_.io, [this, way, &begin, &promise] {
      pace_.BeginWait(way, Clock::now());
      begin([this, way, &promise](const Status& status) {
        pace_.EndWait(way, Clock::now());
        promise.set_value(status);
      });
    });
    return promise.get_future().get();
  }

  const std::shared_ptr<Connection> connection_;
  wire::request_parser<wire::buffer_body> parser_;
  std::string piece_;
  Pace pace_{kLeastBytesPerSecond};
  Status cut_;            // Why the stream was ended early.
  bool is_told_ = false;  // The worker knows `cut_`.
  bool started_ = false;
  bool chunked_ = true;
  std::atomic<bool> gone_ = false;
};

bool ConnectionStream::MakePlace(ServerState& server) {
  const auto taken =
      std::ranges::count_if(server.streams, &ConnectionStream::TakesPlace);
  if (taken < server.options.stream_threads) return true;
  const auto now = Clock::now();
  const auto last = std::ranges::max_element(
      server.streams, {}, [now](const ConnectionStream* stream) {
        return stream->LagInTheWay(now);
      });
  if (last == server.streams.end() || (*last)->LagInTheWay(now) < kMostLag) {
    return false;
  }
  (*last)->Cut(LagError());
  return true;
}

void ConnectionStream::TakeWorker() {
  ServerState& server = connection_->server_;
  if (!MakePlace(server)) return connection_->RefuseOverloaded();
  server.streams.insert(this);
  connection_->stream_.expires_never();  // Sweep looks after it.
  server.Run(server.stream_workers, [self = shared_from_this()]() mutable {
    const StreamEnd end = self->Run();
    asio::io_context& io = self->connection_->server_.io;
    asio::post(io, [self = std::move(self), end] {
      self->connection_->server_.streams.erase(self.get());
      self->connection_->OnStreamEnd(end);
    });
  });
}

void BeginStream(std::shared_ptr<Connection> connection) {
  std::make_shared<ConnectionStream>(std::move(connection))->Begin();
}

void SweepStreams(ServerState& server) {
  for (ConnectionStream* const stream : server.streams) {
    stream->Sweep(Clock::now());
  }
}

}  // namespace tercet::http
