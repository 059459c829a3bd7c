#include "service/http/http_stream.h"

#include <exception>
#include <future>
#include <string>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "service/http/error_json.h"

namespace tercet::http {
namespace {

constexpr size_t kPieceBytes = 64 << 10;

}  // namespace

namespace asio = boost::asio;
namespace wire = boost::beast::http;
using boost::system::error_code;

// What a worker holds of a connection: each call runs one operation on the io
// thread and waits for it.
class ConnectionStream final : public Stream {
 public:
  explicit ConnectionStream(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)),
        parser_(std::move(*connection_->parser_)) {
    parser_.body_limit(boost::none);
  }

  const Request& head() const { return connection_->head_; }
  ServerState& server() const { return connection_->server_; }

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
    if (IsHead()) {
      return MakeError(StatusCode::kCancelled, "only the head is asked for",
                       {.reason = "CANCELLED"});
    }
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

  // Ends the answer.
  StreamEnd Finish() {
    if (!started_ &&
        !Start(MakeErrorResponse(500, StatusCode::kInternal, "INTERNAL",
                                 "the request was not answered"))
             .ok()) {
      return StreamEnd::kBroken;
    }
    if (gone_) return StreamEnd::kBroken;
    if (chunked_ && !IsHead()) {
      const error_code error = Await([&](auto done) {
        connection_->ExpectMore();
        asio::async_write(
            connection_->stream_, wire::make_chunk_last(),
            [done](error_code failure, size_t) { done(failure); });
      });
      if (error) return StreamEnd::kBroken;
    }
    return parser_.is_done() ? StreamEnd::kComplete : StreamEnd::kRestUnread;
  }

 private:
  bool IsHead() const { return connection_->head_.method == "HEAD"; }

  // Begins an operation on the io thread, waits until it calls `done`.
  template <typename Begin>
  error_code Await(const Begin& begin) {
    std::promise<error_code> promise;
    asio::post(connection_->server_.io, [&begin, &promise] {
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

StreamEnd RunStream(const std::shared_ptr<Connection>& connection) {
  ConnectionStream stream(connection);
  try {
    stream.server().handler.AnswerStream(stream.head(), stream);
    return stream.Finish();
  } catch (const std::exception& error) {
    stream.server().LogException(error.what());
    return StreamEnd::kBroken;
  }
}

}  // namespace tercet::http
