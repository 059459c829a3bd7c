// Any request is answered, by whatever protocol it is of: never by an error of
// ours (500), JSON where it says so, errors always in JSON. An input is a
// request with LF for CRLF; its body is what is behind the empty line.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "nlohmann/json.hpp"
#include "service/http/site.h"
#include "tests/fuzz/http_world.h"
#include "tests/fuzz/require.h"

namespace tercet::http {
namespace {

// Gives the body in pieces of seven bytes and keeps the answer.
class BodyStream final : public Stream {
 public:
  explicit BodyStream(std::string body) : body_(std::move(body)) {}

  StatusOr<std::string> Read() override {
    std::string piece = body_.substr(position_, 7);
    position_ += piece.size();
    return piece;
  }
  Status Start(const Response& head) override {
    Require(response_.status == 0, "an answer begins once");
    response_ = head;
    return OkStatus();
  }
  Status Write(std::string_view bytes) override {
    Require(response_.status != 0, "an answer begins with its head");
    response_.body += bytes;
    return OkStatus();
  }
  void Abort() override { aborted_ = true; }

  const Response& response() const { return response_; }
  bool aborted() const { return aborted_; }

 private:
  std::string body_;
  size_t position_ = 0;
  Response response_{.status = 0, .fields = {}, .body = ""};
  bool aborted_ = false;
};

Request ParseRequest(std::string_view bytes) {
  Request request{.method = "GET", .target = "/", .fields = {}, .body = ""};
  const auto take_line = [&bytes] {
    const size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    return line;
  };
  const std::string_view first = take_line();
  const size_t space = first.find(' ');
  request.method = first.substr(0, space);
  if (space != first.npos) request.target = first.substr(space + 1);
  while (!bytes.empty()) {
    const std::string_view line = take_line();
    if (line.empty()) break;
    const size_t colon = std::min(line.find(": "), line.size());
    request.fields.push_back(
        {std::string(line.substr(0, colon)),
         std::string(line.substr(std::min(colon + 2, line.size())))});
  }
  request.body = bytes;
  return request;
}

bool IsJson(const Response& response) {
  for (const Field& field : response.fields) {
    if (SameFieldName(field.name, "Content-Type")) {
      return field.value.starts_with("application/json");
    }
  }
  return false;
}

void Check(const Response& response) {
  Require(response.status >= 200 && response.status < 600, "status");
  Require(response.status != 500 || IsWanted500(response.body),
          "an error of ours");
  const bool is_error = response.status >= 400;
  Require(!is_error || IsJson(response), "errors are in JSON");
  if (response.body.empty() || !IsJson(response)) return;
  Require(nlohmann::json::accept(response.body), "JSON that is none");
}

void Test(std::string_view bytes) {
  static World world;
  Request request = ParseRequest(bytes);
  if (!world.site->Streams(request)) return Check(world.site->Answer(request));
  BodyStream stream(std::exchange(request.body, {}));
  world.site->AnswerStream(request, stream);
  Require(stream.response().status != 0, "a stream is answered");
  if (!stream.aborted()) Check(stream.response());
}

}  // namespace
}  // namespace tercet::http

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tercet::http::Test({reinterpret_cast<const char*>(data), size});
  return 0;
}
