// Over real sockets on loopback, with bytes as they might come.
#include "service/http/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "fmt/format.h"
#include "tests/http/raw_client.h"
#include "tests/support/matchers.h"

namespace tercet::http {
namespace {

using testing::AnyOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

// Echoes; `/stream` piece by piece, `/stream/endless` without end,
// `/stream/refused` not at all, `/wait` when told to.
class EchoHandler final : public Handler {
 public:
  bool Streams(const Request& head) const override {
    return head.target.starts_with("/stream");
  }
  Response Answer(const Request& request) override {
    if (request.target == "/wait") {
      entered_.set_value();
      released_.get_future().wait();
    }
    if (request.target == "/throw") throw std::runtime_error("on purpose");
    return MakeResponse(200, "text/plain", request.method + request.body);
  }
  void AnswerStream(const Request& head, Stream& stream) override {
    if (head.target == "/stream/unanswered") return;
    if (head.target == "/stream/refused") {
      (void)stream.Start(MakeResponse(400, "text/plain", "no such file"));
      return;
    }
    (void)stream.Start(MakeResponse(200, "text/plain", "begin "));
    if (head.target == "/stream/endless") {
      while (stream.Write(std::string(1 << 20, '~')).ok()) continue;
      return;
    }
    while (true) {
      const StatusOr<std::string> piece = stream.Read();
      if (!piece.ok()) (void)stream.Write(piece.status().ToString());
      if (!piece.ok() || piece->empty()) break;
      received_ += piece->size();
      (void)stream.Write(*piece);
    }
  }
  void AwaitEntry() { entered_.get_future().wait(); }
  void Release() { released_.set_value(); }
  size_t received() const { return received_; }

 private:
  std::promise<void> entered_;
  std::promise<void> released_;
  std::atomic<size_t> received_ = 0;
};

constexpr std::string_view kChunkedStream =
    "POST /stream HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

// A request whose body is never all there.
constexpr std::string_view kEndless =
    "POST /stream/refused HTTP/1.1\r\nHost: h\r\nContent-Length: "
    "99999999999\r\n\r\nx";

class HttpServerTest : public testing::Test {
 protected:
  struct Limits {
    int request_seconds;
    size_t max_drop_bytes;
    int drop_seconds;
  };
  static constexpr Limits kLimits = {.request_seconds = 5,
                                     .max_drop_bytes = size_t{1} << 30,
                                     .drop_seconds = 30};

  HttpServerTest() { Restart(kLimits); }

  void Restart(const Limits& limits) {
    server_.reset();
    auto server =
        Server::Start(handler_, {.listen = "127.0.0.1:0",
                                 .max_header_bytes = 8192,
                                 .max_body_bytes = 1000,
                                 .request_seconds = limits.request_seconds,
                                 .max_drop_bytes = limits.max_drop_bytes,
                                 .drop_seconds = limits.drop_seconds,
                                 .logger = logger_});
    EXPECT_THAT(server.status(), IsOk());
    server_ = *std::move(server);
  }

  std::string Ask(std::string_view request) {
    RawClient client(server_->port());
    client.Send(request);
    client.EndSending();
    return client.ReadAll();
  }
  void ExpectAlive() {
    EXPECT_THAT(Ask("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
                EndsWith("\r\n\r\nGET"));
  }

  Logger logger_{{.level = LogLevel::kOff}};
  EchoHandler handler_;
  std::unique_ptr<Server> server_;
};

TEST_F(HttpServerTest, KeepsAConnectionOpen) {
  RawClient client(server_->port());
  for (int i = 0; i < 3; ++i) {
    client.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
    EXPECT_THAT(client.ReadUntil("POSTabc"), StartsWith("HTTP/1.1 200 OK\r\n"));
  }
}

TEST_F(HttpServerTest, AnswersRequestsSentTogetherInOrder) {
  RawClient client(server_->port());
  client.Send(
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n1"
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nConnection: "
      "close\r\n\r\n2");
  const std::string answers = client.ReadAll();
  EXPECT_LT(answers.find("POST1"), answers.find("POST2"));
}

TEST_F(HttpServerTest, ReadsChunkedBodies) {
  EXPECT_THAT(
      Ask("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
          "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"),
      EndsWith("POSTabc"));
}

TEST_F(HttpServerTest, SendsContinueWhenAsked) {
  RawClient client(server_->port());
  client.Send(
      "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: "
      "1\r\n\r\n");
  EXPECT_EQ(client.ReadUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.Send("x");
  EXPECT_THAT(client.ReadUntil("POSTx"), HasSubstr("200 OK"));
}

// Before 16 MiB of it have been sent in vain.
TEST_F(HttpServerTest, RefusesATooLargeBodyInPlaceOfContinue) {
  RawClient client(server_->port());
  client.Send(
      "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
      "Content-Length: 1001\r\n\r\n");
  EXPECT_THAT(client.ReadAnswer(), StartsWith("HTTP/1.1 413"));
}

TEST_F(HttpServerTest, SendsHttp10NoContinue) {
  RawClient client(server_->port());
  client.Send(
      "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx");
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.0 200"));
}

TEST_F(HttpServerTest, AnswersHeadWithoutABody) {
  EXPECT_THAT(Ask("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
              AllOf(HasSubstr("Content-Length: 4"), EndsWith("\r\n\r\n")));
}

TEST_F(HttpServerTest, SpeaksHttp10) {
  EXPECT_THAT(Ask("GET / HTTP/1.0\r\n\r\n"), EndsWith("\r\n\r\nGET"));
  EXPECT_THAT(Ask("GET /stream HTTP/1.0\r\n\r\n"), EndsWith("\r\n\r\nbegin "));
}

TEST_F(HttpServerTest, StreamsBothWays) {
  const std::string big(300'000, '~');
  const std::string answer =
      Ask("POST /stream HTTP/1.1\r\nHost: h\r\nConnection: "
          "close\r\nContent-Length: " +
          std::to_string(big.size()) + "\r\n\r\n" + big);
  EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_EQ(std::ranges::count(answer, '~'), 300'000);
  EXPECT_THAT(answer, EndsWith("0\r\n\r\n"));
}

TEST_F(HttpServerTest, AnswersALineBeforeTheNextIsSent) {
  RawClient client(server_->port());
  client.Send(kChunkedStream);
  for (const std::string line : {"one\n", "two\n", "three\n"}) {
    client.Send(fmt::format("{:x}\r\n{}\r\n", line.size(), line));
    EXPECT_THAT(client.ReadUntil(line), HasSubstr(line));
  }
  client.Send("0\r\n\r\n");
  EXPECT_THAT(client.ReadAll(), EndsWith("0\r\n\r\n"));
}

TEST_F(HttpServerTest, WaitsForAClientThatIsSlowButNotSilent) {
  Restart({.request_seconds = 1, .max_drop_bytes = 1, .drop_seconds = 1});
  RawClient client(server_->port());
  client.Send(kChunkedStream);
  for (int i = 0; i < 8; ++i) {
    client.Send("1\r\n~\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
  }
  client.Send("0\r\n\r\n");
  const std::string answer = client.ReadAll();
  EXPECT_EQ(std::ranges::count(answer, '~'), 8) << answer;
  EXPECT_THAT(answer, EndsWith("0\r\n\r\n"));
}

TEST_F(HttpServerTest, TellsASilentClientWhyItsStreamEnds) {
  Restart({.request_seconds = 1, .max_drop_bytes = 1, .drop_seconds = 1});
  RawClient client(server_->port());
  client.Send(kChunkedStream);
  client.Send("1\r\n~\r\n");
  EXPECT_THAT(client.ReadAll(),
              AllOf(HasSubstr("DEADLINE_EXCEEDED: nothing came for 1 seconds"),
                    EndsWith("0\r\n\r\n")));
}

// As many as there are workers for streams, and some.
std::vector<std::unique_ptr<RawClient>> ManyThatSend(int port,
                                                     std::string_view bytes) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 40; ++i) {
    clients.push_back(std::make_unique<RawClient>(port));
    clients.back()->Send(bytes);
  }
  return clients;
}

TEST_F(HttpServerTest, StreamsWithoutABodyYetTakeNobodysPlace) {
  const auto slow = ManyThatSend(server_->port(), kChunkedStream);
  EXPECT_THAT(Ask("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n"),
              StartsWith("HTTP/1.1 200"));
}

// The answer to a client that comes again when told to; how often it may.
std::string AskAgain(int port, std::string_view request) {
  std::string answer;
  for (int i = 0; i < 6; ++i) {
    RawClient client(port);
    client.Send(request);
    client.EndSending();
    answer = client.ReadAll();
    if (answer.find("Retry-After: 1") == answer.npos) break;
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  return answer;
}

TEST_F(HttpServerTest, ClientsThatTrickleGiveTheirPlacesToOthers) {
  Restart({.request_seconds = 600, .max_drop_bytes = 1, .drop_seconds = 1});
  const auto slow =
      ManyThatSend(server_->port(), std::string(kChunkedStream) + "1\r\n~\r\n");
  std::atomic<bool> stop = false;
  std::thread trickle([&] {
    while (!stop) {
      for (const auto& client : slow) client->Send("1\r\n~\r\n");
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(
        AskAgain(server_->port(), "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n"),
        StartsWith("HTTP/1.1 200"));
  }
  stop = true;
  trickle.join();
}

TEST_F(HttpServerTest, ClientsThatDoNotReadGiveTheirPlacesToOthers) {
  Restart({.request_seconds = 600, .max_drop_bytes = 1, .drop_seconds = 1});
  const auto deaf = ManyThatSend(
      server_->port(), "GET /stream/endless HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(
      AskAgain(server_->port(), "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n"),
      StartsWith("HTTP/1.1 200"));
}

// A body behind it would be taken for the next answer.
TEST_F(HttpServerTest, SendsOnlyTheHeadOfAStreamToHead) {
  const std::string answers =
      Ask("HEAD /stream HTTP/1.1\r\nHost: h\r\n\r\nGET /next HTTP/1.1\r\nHost: "
          "h\r\n\r\n");
  EXPECT_THAT(answers, StartsWith("HTTP/1.1 200"));
  const size_t end = answers.find("\r\n\r\n");
  ASSERT_NE(end, answers.npos);
  EXPECT_THAT(answers.substr(end + 4), StartsWith("HTTP/1.1 200")) << answers;
}

TEST_F(HttpServerTest, AnswersARequestThatEndsTooEarly) {
  EXPECT_THAT(Ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nx"),
              AllOf(StartsWith("HTTP/1.1 400"), HasSubstr("HTTP_MALFORMED")));
  EXPECT_THAT(Ask("GET / HTT"), StartsWith("HTTP/1.1 400"));
  EXPECT_EQ(Ask(""), "");
}

TEST_F(HttpServerTest, AnswersWhatAHandlerForgetsOrThrows) {
  EXPECT_THAT(Ask("GET /stream/unanswered HTTP/1.1\r\nHost: h\r\n\r\n"),
              StartsWith("HTTP/1.1 500"));
  EXPECT_THAT(Ask("GET /throw HTTP/1.1\r\nHost: h\r\n\r\n"),
              StartsWith("HTTP/1.1 500"));
  ExpectAlive();
}

TEST_F(HttpServerTest, RefusesWhatIsTooLong) {
  EXPECT_THAT(
      Ask("GET /" + std::string(10'000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n"),
      StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(Ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(Ask("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
                  "chunked\r\n\r\n7d0\r\n" +
                  std::string(2000, 'x') + "\r\n0\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
  ExpectAlive();
}

// A client that reads only when it has sent everything: a browser. A connection
// that is closed while it sends is reset, and the answer lost.
TEST_F(HttpServerTest, AnswersBeforeTheEndReachClientsThatOnlySend) {
  const std::string big(20'000'000, '~');
  for (const std::string target : {"/stream/refused", "/too/large"}) {
    RawClient client(server_->port());
    EXPECT_TRUE(client.Send(
        "POST " + target +
        " HTTP/1.1\r\nHost: h\r\nContent-Length: 20000000\r\n\r\n"));
    EXPECT_TRUE(client.Send(big)) << target;
    EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 4")) << target;
  }
  const std::string head = "GET /" + std::string(1'000'000, 'a');
  RawClient client(server_->port());
  EXPECT_TRUE(client.Send(head));
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 431"));
}

// Sends until the server does not take it any more; how much that was.
size_t SendForEver(RawClient& client) {
  const std::string piece(1 << 16, '~');
  size_t sent = 0;
  while (client.Send(piece)) sent += piece.size();
  return sent;
}

TEST_F(HttpServerTest, ThrowsAwayNoMoreThanSoManyBytes) {
  Restart(
      {.request_seconds = 5, .max_drop_bytes = 64 << 20, .drop_seconds = 1000});
  RawClient client(server_->port());
  client.Send(kEndless);
  const size_t sent = SendForEver(client);
  EXPECT_GE(sent, 64U << 20);
  EXPECT_LT(sent, 128U << 20);  // What is under way comes on top.
  ExpectAlive();
}

TEST_F(HttpServerTest, ThrowsAwayForNoLongerThanSoManySeconds) {
  Restart({.request_seconds = 5,
           .max_drop_bytes = size_t{1} << 50,
           .drop_seconds = 1});
  RawClient client(server_->port());
  client.Send(kEndless);
  SendForEver(client);  // Ends.
  ExpectAlive();
}

TEST_F(HttpServerTest, StopsAtOnceWhereOnlyRestsAreThrownAway) {
  RawClient client(server_->port());
  client.Send(kEndless);
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 400"));
  const auto begin = std::chrono::steady_clock::now();
  server_->Stop(/*patience_seconds=*/20);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(4));
}

TEST_F(HttpServerTest, AnswersWhatIsNoHttpWith400InJson) {
  for (const std::string request :
       {"hello\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nbad header\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
        "chunked\r\n\r\nzz\r\n",
        "GET / HTTP/1.1\r\n\r\n", "GET http://h/ HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS\r\n\r\n"}) {
    const std::string answer = Ask(request);
    EXPECT_THAT(answer,
                AllOf(StartsWith("HTTP/1.1 400"), HasSubstr("HTTP_MALFORMED")))
        << request;
  }
  ExpectAlive();
}

// Whoever takes another part of it for the body takes the rest for a request.
TEST_F(HttpServerTest, RefusesBodiesWhoseEndIsInDoubt) {
  for (const std::string fields :
       {"Transfer-Encoding: gzip", "Transfer-Encoding: identity",
        "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked,",
        "Transfer-Encoding: chunked;q=1", "Transfer-Encoding:",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: 5\r\nTransfer-Encoding: gzip"}) {
    for (const std::string target : {"/", "/stream"}) {
      const std::string answer =
          Ask("POST " + target + " HTTP/1.1\r\nHost: h\r\n" + fields +
              "\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
      EXPECT_THAT(answer,
                  AllOf(StartsWith("HTTP/1.1 400"), HasSubstr("HTTP_MALFORMED"),
                        HasSubstr("Connection: close")))
          << fields;
      EXPECT_EQ(answer.find("HTTP/1.1", 1), answer.npos) << answer;
    }
  }
  EXPECT_THAT(Ask("GET / HTTP/1.0\r\nHost: h\r\nHost: i\r\n\r\n"),
              StartsWith("HTTP/1.0 400"));
  EXPECT_THAT(Ask("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "0\r\n\r\n"),
              StartsWith("HTTP/1.0 400"));
  EXPECT_THAT(Ask("POST / HTTP/1.1\r\nHost: h\r\nTRANSFER-ENCODING:  Chunked "
                  "\r\n\r\n1\r\na\r\n0\r\n\r\n"),
              EndsWith("POSTa"));
}

// A chunk's extensions and the trailers have no limit of their own.
TEST_F(HttpServerTest, KeepsNoEndlessLinesBetweenChunks) {
  for (const std::string target : {"/", "/stream/refused", "/stream"}) {
    for (const std::string body : {"1;", "1\r\na\r\n0\r\nX: "}) {
      RawClient client(server_->port());
      client.Send("POST " + target +
                  " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" +
                  body + std::string(300'000, 'a'));
      const std::string answer = client.ReadAll();
      EXPECT_THAT(answer, AnyOf(StartsWith("HTTP/1.1 400"),
                                HasSubstr("INVALID_ARGUMENT")))
          << target << " " << body;
    }
  }
}

TEST_F(HttpServerTest, TellsAStreamWhatIsWrongWithItsBody) {
  for (const std::string rest : {"zz\r\n", "1\r\n~~\r\n", "5\r\n~"}) {
    EXPECT_THAT(Ask(std::string(kChunkedStream) + "1\r\n~\r\n" + rest),
                AllOf(HasSubstr("INVALID_ARGUMENT: the body is no HTTP"),
                      EndsWith("0\r\n\r\n")))
        << rest;
  }
}

TEST_F(HttpServerTest, SurvivesRandomBytes) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string_view good =
      "POST /stream HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
      "chunked\r\n\r\n2\r\nab\r\n";
  for (int i = 0; i < 200; ++i) {
    std::string bytes(good);
    for (int j = 0; j < 3; ++j) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    bytes.resize(random() % bytes.size());
    Ask(bytes);
  }
  ExpectAlive();
}

TEST_F(HttpServerTest, SlowClientsHoldNobodyUp) {
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(std::make_unique<RawClient>(server_->port()));
    slow.back()->Send(
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nx");
  }
  ExpectAlive();
}

TEST_F(HttpServerTest, StopWaitsForRunningRequests) {
  RawClient client(server_->port());
  client.Send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
  handler_.AwaitEntry();
  RawClient idle(server_->port());
  std::thread stop([this] { server_->Stop(/*patience_seconds=*/20); });
  EXPECT_EQ(idle.ReadAll(), "");  // Is closed at once.
  handler_.Release();
  EXPECT_THAT(client.ReadAll(), EndsWith("GET"));
  stop.join();
}

TEST_F(HttpServerTest, TellsWhyItCannotListen) {
  const auto second = Server::Start(
      handler_, {.listen = "127.0.0.1:" + std::to_string(server_->port()),
                 .logger = logger_});
  EXPECT_THAT(second.status(), ReasonIs("LISTEN_FAILED"));
}

}  // namespace
}  // namespace tercet::http
