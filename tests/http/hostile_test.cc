// Over real sockets, to the whole server: what is no good request gets a 4xx
// with a JSON error, and whoever sends it hurts nobody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "service/server/service.h"
#include "tests/http/raw_client.h"
#include "tests/support/temp_dir.h"

namespace tercet::http {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kLookup =
    R"({"query": {"languageCode": "en", "text": "Trade rose 5 percent."}})";

std::string PostOf(std::string_view target, std::string_view body,
                   std::string_view fields = "") {
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n{}\r\n{}",
      target, body.size(), fields, body);
}

std::string GetOf(std::string_view target) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", target);
}

// What stands behind the head, put together where it comes in chunks.
std::string BodyOf(const std::string& answer) {
  const size_t head = answer.find("\r\n\r\n");
  if (head == std::string::npos) return "";
  std::string_view rest = std::string_view(answer).substr(head + 4);
  if (answer.find("Transfer-Encoding: chunked") > head) {
    return std::string(rest);
  }
  std::string body;
  while (!rest.empty()) {
    const size_t size = std::stoul(std::string(rest), nullptr, 16);
    if (size == 0) break;
    rest.remove_prefix(rest.find("\r\n") + 2);
    body += rest.substr(0, size);
    rest.remove_prefix(size + 2);
  }
  return body;
}

class HostileTest : public testing::Test {
 protected:
  HostileTest() {
    auto service =
        Service::Start({.data = directory_.Join("data"),
                        .listen = "none",
                        .http = {.listen = "127.0.0.1:0",
                                 .writes = {.who = WriteRule::Who::kEverybody,
                                            .token = "",
                                            .memory = "tools"}},
                        .drain_seconds = 5,
                        .sync_writes = false});
    EXPECT_TRUE(service.ok()) << service.status();
    service_ = *std::move(service);
    Ask(PostOf("/v1/memories?memoryId=press", "{}"));
    Ask(PostOf("/v1/memories/press/units",
               R"({"variants": [{"languageCode": "en", "text":
                   "Trade rose 5 percent."}, {"languageCode": "es", "text":
                   "El comercio creció un 5 %."}]})"));
    ExpectAlive();
  }

  int port() const { return service_->http_port(); }

  std::string Ask(std::string_view request) const {
    RawClient client(port());
    client.Send(request);
    client.EndSending();
    return client.ReadAll();
  }
  void ExpectAlive() const {
    const std::string answer =
        Ask(PostOf("/v1/memories/press:lookupSegment", kLookup));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(answer, HasSubstr("El comercio"));
  }

  TempDir directory_;
  std::unique_ptr<Service> service_;
};

TEST_F(HostileTest, MalformedRequestsGet4xxWithAJsonError) {
  const std::string kRequests[] = {
      // Of HTTP itself.
      "hello\r\n\r\n",
      "GET\r\n\r\n",
      "GET /x HTTP/3.0\r\n\r\n",
      "GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\nno colon\r\n\r\n",
      "GET /x HTTP/1.1\r\nHost: a\r\n : b\r\n\r\n",
      "GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a" + std::string(1, '\0') +
          "b\r\n\r\n",
      "GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "GET /" + std::string(100'000, 'a') +
          " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + std::string(100'000, 'a') +
          "\r\n\r\n",
      "POST /v1/memories HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
      "9x\r\n\r\n",
      "POST /v1/memories HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
      "-1\r\n\r\n",
      "POST /v1/memories HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
      "99999999999999999999\r\n"
      "\r\n",
      "POST /v1/memories HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n"
      "Content-Length: 2\r\n\r\n{}",
      "POST /v1/memories HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
      "999999999\r\n\r\n",
      "POST /v1/memories HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: "
      "chunked\r\n\r\nxyz\r\n",
      "POST /v1/memories HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: "
      "chunked\r\n\r\n"
      "fffffffffffffffff\r\n",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      // Of the protocols.
      GetOf("/nowhere"),
      GetOf("/v1/"),
      GetOf("/v1/memories/%00"),
      GetOf("/v1/memories/%ff%fe:lookupSegment"),
      GetOf("/v1/memories?pageSize=many"),
      GetOf("/v1/memories/press/units?pageToken=%00%01"),
      PostOf("/v1/memories/press:lookupSegment", "{"),
      PostOf("/v1/memories/press:lookupSegment", "\xff\xfe"),
      PostOf("/v1/memories/press:lookupSegment", R"({"query": 7})"),
      PostOf("/v1/memories/press:lookupSegment",
             std::string(100'000, '[') + std::string(100'000, ']')),
      PostOf("/v1/memories/press:searchUnits", R"({"conditions": [{}]})"),
      PostOf("/v1/memories/press:importUnits?alt=media&format=9", "x"),
      GetOf("/tmserver/"),
      GetOf("/tmserver/en/es/nothing/x"),
      GetOf("/tmserver/en/es/unit/"),
      PostOf("/tmserver/en/es/store/a", "[{]"),
      PostOf("/tmserver/en/es/unit/a", "[]"),
      GetOf("/mymemory/get"),
      GetOf("/mymemory/get?q=x&langpair=nonsense"),
      GetOf("/mymemory/nothing"),
      PostOf("/mymemory/tmx/import", "x",
             "Content-Type: multipart/form-data\r\n"),
      PostOf("/mymemory/tmx/import", "x",
             "Content-Type: multipart/form-data; boundary=b\r\n"),
      PostOf("/t5memory", "{"),
      PostOf("/t5memory", R"({"name": 7e999})"),
      PostOf("/t5memory/nothere/fuzzysearch", "{}"),
      PostOf("/t5memory/press/search",
             R"({"source": "x", "searchPosition": "?"})"),
      PostOf("/t5memory/press/importtmx", "--b\r\n",
             "Content-Type: multipart/form-data; boundary=b\r\n"),
      GetOf("/t5memory/nothere/download.tmx"),
      GetOf("/apy/translate?q=x"),
  };
  for (const std::string& request : kRequests) {
    const std::string answer = Ask(request);
    const std::string shown = request.substr(0, 120);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 4")) << shown;
    EXPECT_THAT(answer, HasSubstr("Content-Type: application/json")) << shown;
    const Json body = Json::parse(BodyOf(answer), nullptr, false);
    EXPECT_TRUE(body.is_object()) << shown << "\n" << answer;
    // As our own, t5memory's and MyMemory's clients look for it.
    const bool says_why = body.contains("message") ||
                          body.contains("ErrorMsg") ||
                          body.contains("responseDetails");
    EXPECT_TRUE(says_why) << shown << "\n" << answer;
  }
  ExpectAlive();
}

TEST_F(HostileTest, AnswersALineWhileTheRequestIsOpen) {
  RawClient client(port());
  client.Send(
      "POST /v1/segments:streamLookup?parent=memories/- HTTP/1.1\r\n"
      "Host: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 2; ++i) {
    client.Send(fmt::format("{:x}\r\n{}\n\r\n", kLookup.size() + 1, kLookup));
    EXPECT_THAT(client.ReadUntil("}\n\r\n"), HasSubstr("El comercio"));
  }
}

TEST_F(HostileTest, ABadChunkIsNoClientThatIsGone) {
  const std::string answer =
      Ask("POST /v1/memories/press:importUnits?alt=media&format=TSV HTTP/1.1"
          "\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
          "6\r\nen\tes\n\r\nzz\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(answer, HasSubstr("HTTP_MALFORMED"));
}

// Does harm in one of many ways, as far as one connection can.
void DoHarm(int port, std::mt19937& random,
            std::vector<std::unique_ptr<RawClient>>& left_open) {
  static const std::string kGood =
      PostOf("/v1/memories/press:lookupSegment", kLookup);
  auto client = std::make_unique<RawClient>(port);
  switch (random() % 10) {
    case 0: {  // Random changes.
      std::string bytes = kGood;
      for (int i = 0; i < 4; ++i) {
        bytes[random() % bytes.size()] = static_cast<char>(random());
      }
      client->Send(bytes);
      client->EndSending();
      client->ReadAll();
      return;
    }
    case 1:  // Half a request, and silence.
      client->Send(std::string_view(kGood).substr(0, random() % kGood.size()));
      left_open.push_back(std::move(client));
      return;
    case 2:  // Half a request, and gone.
      client->Send(std::string_view(kGood).substr(0, random() % kGood.size()));
      client->BreakAtEnd();
      return;
    case 3:  // Asks, and does not wait.
      for (int i = 0; i < 20; ++i) client->Send(kGood);
      client->BreakAtEnd();
      return;
    case 4:  // Asks much, and reads nothing.
      for (int i = 0; i < 50; ++i) client->Send(GetOf("/openapi.json"));
      left_open.push_back(std::move(client));
      return;
    case 5:  // An upload that stops.
      client->Send(
          "POST /v1/memories/press:importUnits?alt=media&format=TSV HTTP/1.1"
          "\r\nHost: 127.0.0.1\r\nTransfer-Encoding: "
          "chunked\r\n\r\n7\r\nen\tes\na\r\n");
      if (random() % 4 != 0) {
        client->BreakAtEnd();
      } else if (left_open.size() < 8) {
        left_open.push_back(std::move(client));
      }
      return;
    case 6:  // A head without end.
      client->Send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n");
      for (int i = 0; i < 200; ++i) {
        client->Send("X: " + std::string(1000, 'a') + "\r\n");
      }
      return;
    case 7:  // A search that is as costly as may be.
      client->Send(PostOf("/v1/memories/-:searchUnits",
                          R"({"conditions": [{"phrases": ["."]}]})"));
      client->BreakAtEnd();
      return;
    case 8:  // As much body as may be.
      client->Send(PostOf("/v1/memories/press:lookupSegment",
                          std::string(1 << 20, '{')));
      client->BreakAtEnd();
      return;
    default:  // Nothing.
      left_open.push_back(std::move(client));
      return;
  }
}

TEST_F(HostileTest, HurtsNobodyElse) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::atomic<bool> stop = false;
  std::atomic<int> harm = 0;
  std::vector<std::thread> enemies;
  for (unsigned i = 0; i < 4; ++i) {
    enemies.emplace_back([&, i] {
      std::mt19937 random(seed + i);
      std::vector<std::unique_ptr<RawClient>> left_open;
      while (!stop) {
        DoHarm(port(), random, left_open);
        ++harm;
        if (left_open.size() > 100) left_open.erase(left_open.begin());
      }
    });
  }
  // A client that behaves, over one connection that nobody may break.
  RawClient client(port());
  const std::string lookup =
      PostOf("/v1/memories/press:lookupSegment", kLookup);
  int answered = 0;
  const auto begin = std::chrono::steady_clock::now();
  while (answered < 300 || harm < 500) {
    client.Send(lookup);
    const std::string answer = client.ReadAnswer();
    ASSERT_THAT(answer, StartsWith("HTTP/1.1 200"));
    ASSERT_THAT(answer, HasSubstr("El comercio"));
    ++answered;
    ASSERT_LT(std::chrono::steady_clock::now() - begin,
              std::chrono::minutes(3));
  }
  stop = true;
  for (std::thread& enemy : enemies) enemy.join();
  ExpectAlive();
}

}  // namespace
}  // namespace tercet::http
