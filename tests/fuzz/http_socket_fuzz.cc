// Any bytes on a socket: what comes back is HTTP, never an error of ours (500),
// errors in JSON; the connection ends once the client has nothing more to say;
// and a bystander on another connection is answered as before.
//
// An input begins with a digit: its lower three bits, plus one, say in how many
// pieces the rest is sent; with the fourth the client goes without a word.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "nlohmann/json.hpp"
#include "service/http/http_server.h"
#include "tests/fuzz/http_world.h"
#include "tests/fuzz/require.h"
#include "tests/http/raw_client.h"

namespace tercet::http {
namespace {

constexpr std::string_view kBystander =
    "GET /v1/memories HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

struct Port {
  World world;
  Logger logger{{.level = LogLevel::kOff}};
  std::unique_ptr<Server> server;
  std::unique_ptr<RawClient> bystander;

  Port() {
    auto started = Server::Start(
        *world.site, {.listen = "127.0.0.1:0", .threads = 4, .logger = logger});
    Require(started.ok(), "the server starts");
    server = *std::move(started);
    bystander = std::make_unique<RawClient>(server->port());
  }
};

bool IsHttp(std::string_view answer) {
  const auto is_digit = [](char c) { return '0' <= c && c <= '9'; };
  return answer.starts_with("HTTP/1.") && answer.size() > 12 &&
         std::ranges::all_of(answer.substr(9, 3), is_digit);
}

// The body of an answer in chunks, up to its end or where it breaks off.
std::string Unchunked(std::string_view rest) {
  std::string body;
  while (true) {
    const size_t line = std::min(rest.find("\r\n"), rest.size());
    const size_t size = std::strtoul(std::string(rest.substr(0, line)).c_str(),
                                     nullptr, /*base=*/16);
    rest.remove_prefix(std::min(line + 2, rest.size()));
    if (size == 0) return body;
    body += rest.substr(0, size);
    rest.remove_prefix(std::min(size + 2, rest.size()));
  }
}

// The body behind `head`; `rest` may have further answers behind it.
std::string BodyOf(std::string_view head, std::string_view rest) {
  static constexpr std::string_view kLength = "Content-Length: ";
  const size_t length = head.find(kLength);
  if (length != head.npos) {
    const std::string number(head.substr(length + kLength.size()));
    return std::string(rest.substr(0, std::stoul(number)));
  }
  const bool is_chunked = head.find("Transfer-Encoding: chunked") != head.npos;
  return is_chunked ? Unchunked(rest) : std::string(rest);
}

// The first answer; the lengths of those behind it hang on what was asked.
void CheckAnswer(std::string_view answer, bool may_be_head) {
  Require(IsHttp(answer), "an answer that is no HTTP");
  const std::string_view status = answer.substr(9, 3);
  Require(status != "500" || IsWanted500(answer), "an error of ours");
  const size_t end = answer.find("\r\n\r\n");
  Require(end != answer.npos, "a head that does not end");
  if (status < "400" || may_be_head) return;
  const std::string_view head = answer.substr(0, end);
  Require(head.find("Content-Type: application/json") != head.npos,
          "errors are in JSON");
  Require(nlohmann::json::accept(BodyOf(head, answer.substr(end + 4))),
          "JSON that is none");
}

// The system may be out of ports for a while: each stays taken for a minute.
std::unique_ptr<RawClient> Connect(int port) {
  for (int seconds = 0; seconds < 90; ++seconds) {
    auto client = std::make_unique<RawClient>(port);
    if (client->connected()) return client;
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  Require(false, "the server takes connections");
  return nullptr;
}

void Test(std::string_view input) {
  static Port port;
  if (input.empty()) return;
  const auto how = static_cast<unsigned char>(input.front());
  input.remove_prefix(1);
  {
    const std::unique_ptr<RawClient> connected = Connect(port.server->port());
    RawClient& client = *connected;
    const size_t piece = input.size() / (how % 8 + 1) + 1;
    bool is_taken = true;
    for (size_t at = 0; at < input.size() && is_taken; at += piece) {
      is_taken = client.Send(input.substr(at, piece));
    }
    if ((how & 8) != 0) {
      client.BreakAtEnd();
    } else {
      client.EndSending();
      const std::string answer = client.ReadAll();
      Require(client.ended(), "the connection ends");
      if (!answer.empty()) {
        CheckAnswer(answer, input.find("HEAD") != input.npos);
      }
    }
  }
  Require(port.bystander->Send(kBystander), "a bystander is heard");
  Require(port.bystander->ReadAnswer().starts_with("HTTP/1.1 200 "),
          "a bystander is answered");
}

}  // namespace
}  // namespace tercet::http

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tercet::http::Test({reinterpret_cast<const char*>(data), size});
  return 0;
}
