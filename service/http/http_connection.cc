#include "service/http/http_connection.h"

#include <algorithm>
#include <exception>
#include <string>
#include <string_view>

#include "fmt/format.h"
#include "service/http/error_json.h"
#include "service/http/http_stream.h"

namespace tercet::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;

// By Beast, in one go.
constexpr size_t kMostReadAtOnce = 64 << 10;

Response Overloaded() {
  Response response = MakeErrorResponse(
      503, StatusCode::kUnavailable, "HTTP_OVERLOADED",
      "more requests are waiting than the server holds; try again");
  response.fields.push_back({"Retry-After", "1"});
  return response;
}

Response Malformed(std::string_view why) {
  return MakeErrorResponse(400, StatusCode::kInvalidArgument, "HTTP_MALFORMED",
                           fmt::format("this is no HTTP request: {}", why));
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
        "/v1/memories/{memory}:importUnits?alt=media, which takes any size");
  }
  if (error == wire::error::buffer_overflow) {
    return Malformed("a chunk's extensions or the trailers are too long");
  }
  if (error == wire::error::end_of_stream ||
      error.category() != make_error_code(wire::error::bad_method).category()) {
    return std::nullopt;
  }
  return Malformed(error.message());
}

// Why it is not beyond doubt where the request ends, or whom it is for; empty
// when it is. A proxy before us may have another idea of it, and what it takes
// for one request's body would be another request here (RFC 9112, 3.2, 6.1).
std::string_view FaultOf(const wire::request<wire::empty_body>& message) {
  if (message.count(wire::field::host) > 1) return "Host is given twice";
  if (message.version() >= 11 && message.count(wire::field::host) == 0) {
    return "Host is missing";
  }
  const size_t encodings = message.count(wire::field::transfer_encoding);
  if (encodings == 0) return "";
  if (message.version() < 11) return "HTTP/1.0 has no Transfer-Encoding";
  if (message.count(wire::field::content_length) > 0) {
    return "Content-Length and Transfer-Encoding exclude each other";
  }
  if (encodings > 1 ||
      !beast::iequals(message[wire::field::transfer_encoding], "chunked")) {
    return "the only Transfer-Encoding is chunked";
  }
  return "";
}

Request MakeRequest(const wire::request<wire::empty_body>& message) {
  Request request{.method = std::string(message.method_string()),
                  .target = std::string(message.target())};
  for (const auto& field : message) {
    request.fields.push_back(
        {std::string(field.name_string()), std::string(field.value())});
  }
  return request;
}

}  // namespace

Connection::Connection(ServerState& server, tcp::socket socket)
    : server_(server), stream_(std::move(socket)) {
  server_.connections.insert(this);
  ClearBuffer();
  error_code ignored;
  stream_.socket().set_option(tcp::no_delay(true), ignored);
}

Connection::~Connection() {
  SetBusy(false);
  server_.connections.erase(this);
}

void Connection::SetBusy(bool busy) {
  if (busy != busy_) server_.busy += busy ? 1 : -1;
  busy_ = busy;
}

void Connection::ClearBuffer() {
  buffer_ =
      beast::flat_buffer(server_.options.max_header_bytes + kMostReadAtOnce);
}

void Connection::ExpectMore() {
  stream_.expires_after(std::chrono::seconds(server_.options.request_seconds));
}

void Connection::AwaitRequest() {
  SetBusy(false);
  if (server_.stopping) return Close();
  if (buffer_.size() > 0) return ReadHeader();
  parser_.reset();
  ClearBuffer();
  idle_since_ = Clock::now();
  stream_.socket().async_wait(
      tcp::socket::wait_read,
      [self = shared_from_this()](const error_code& error) {
        if (error) return self->Close();
        self->ReadHeader();
      });
}

void Connection::Close() {
  error_code ignored;
  stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
  stream_.socket().close(ignored);
}

void Connection::CloseGently() {
  SetBusy(false);
  idle_since_ = Clock::now();
  if (server_.stopping) return Close();
  ClearBuffer();
  drop_until_ =
      idle_since_ + std::chrono::seconds(server_.options.drop_seconds);
  drop_bytes_ = server_.options.max_drop_bytes;
  error_code ignored;
  stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  DropMore();
}

void Connection::DropMore() {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      drop_until_ - Clock::now());
  stream_.expires_after(std::min<std::chrono::milliseconds>(
      left, std::chrono::seconds(server_.options.drop_pause_seconds)));
  stream_.async_read_some(
      asio::buffer(server_.waste),
      [self = shared_from_this()](const error_code& error, size_t count) {
        if (error || count >= self->drop_bytes_ ||
            Clock::now() >= self->drop_until_) {
          return self->Close();
        }
        self->drop_bytes_ -= count;
        self->DropMore();
      });
}

void Connection::ReadHeader() {
  SetBusy(true);
  parser_.emplace();
  parser_->header_limit(
      static_cast<uint32_t>(server_.options.max_header_bytes));
  parser_->body_limit(boost::none);
  ExpectMore();
  wire::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](const error_code& error, size_t) {
        if (error) return self->FailRead(error);
        self->OnHeader();
      });
}

void Connection::OnHeader() {
  head_ = MakeRequest(parser_->get());
  keep_alive_ = parser_->get().keep_alive();
  version_ = parser_->get().version();
  if (const std::string_view fault = FaultOf(parser_->get()); !fault.empty()) {
    return Refuse(Malformed(fault));
  }
  streams_ = server_.handler.Streams(head_);
  const auto length = parser_->content_length();
  if (!streams_ && length && *length > server_.options.max_body_bytes) {
    return FailRead(make_error_code(wire::error::body_limit));
  }
  // HTTP/1.0 knows no answers before the answer.
  if (version_ >= 11 &&
      beast::iequals(head_.FieldValue("Expect"), "100-continue")) {
    return SendContinue();
  }
  ReadBody();
}

void Connection::SendContinue() {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  ExpectMore();
  asio::async_write(
      stream_, asio::buffer(kContinue),
      [self = shared_from_this()](const error_code& error, size_t) {
        if (error) return self->Close();
        self->ReadBody();
      });
}

void Connection::ReadBody() {
  if (streams_) return BeginStream(shared_from_this());
  ReadWholeBody();
}

void Connection::ReadWholeBody() {
  auto parser = std::make_shared<wire::request_parser<wire::string_body>>(
      std::move(*parser_));
  parser->body_limit(server_.options.max_body_bytes);
  ExpectMore();
  wire::async_read(
      stream_, buffer_, *parser,
      [self = shared_from_this(), parser](const error_code& error, size_t) {
        if (error) return self->FailRead(error);
        self->head_.body = std::move(parser->get().body());
        self->Answer();
      });
}

void Connection::FailRead(const error_code& error) {
  std::optional<Response> response = ReadErrorResponse(error);
  if (!response.has_value()) return Close();
  Refuse(*std::move(response));
}

void Connection::Refuse(Response response) {
  keep_alive_ = false;  // What follows cannot be told apart.
  rest_unread_ = true;
  Send(std::move(response));
}

void Connection::RefuseOverloaded() { Refuse(Overloaded()); }

void Connection::Answer() {
  if (server_.running >= server_.options.max_waiting) {
    return Send(Overloaded());
  }
  stream_.expires_never();
  server_.Run(server_.workers, [self = shared_from_this()]() mutable {
    Response response = self->CallHandler();
    asio::io_context& io = self->server_.io;
    asio::post(
        io, [self = std::move(self), response = std::move(response)]() mutable {
          self->Send(std::move(response));
        });
  });
}

Response Connection::CallHandler() {
  try {
    return server_.handler.Answer(head_);
  } catch (const std::exception& error) {
    server_.LogException(error.what());
    return MakeErrorResponse(500, StatusCode::kInternal, "INTERNAL",
                             "the server failed; its log says why");
  }
}

void Connection::OnStreamEnd(StreamEnd end) {
  head_ = {};
  if (end == StreamEnd::kBroken) return Close();
  if (end == StreamEnd::kRestUnread) return CloseGently();
  if (!keep_alive_) return Close();
  AwaitRequest();
}

void Connection::Send(Response response) {
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
      std::make_shared<wire::response_serializer<wire::string_body>>(*message);
  serializer->split(false);
  wire::async_write(
      stream_, *serializer,
      [self = shared_from_this(), message, serializer](
          const error_code& error, size_t) { self->OnSent(error); });
}

void Connection::OnSent(const error_code& error) {
  if (error) return Close();
  if (rest_unread_) return CloseGently();
  if (!keep_alive_) return Close();
  AwaitRequest();
}

}  // namespace tercet::http
