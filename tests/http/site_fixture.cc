#include "tests/http/site_fixture.h"

#include <utility>

namespace tercet::http {

StatusOr<std::string> FakeStream::Read() {
  if (pieces_.empty()) return std::string();
  std::string piece = std::move(pieces_.front());
  pieces_.pop_front();
  return piece;
}

Status FakeStream::Start(const Response& head) {
  response_ = head;
  return OkStatus();
}

Status FakeStream::Write(std::string_view bytes) {
  response_.body += bytes;
  return OkStatus();
}

SiteTest::SiteTest() {
  auto service = Service::Start({.data = directory_.Join("data"),
                                 .listen = "none",
                                 .drain_seconds = 30,
                                 .sync_writes = false});
  EXPECT_TRUE(service.ok()) << service.status();
  service_ = *std::move(service);
  Restart({.who = WriteRule::Who::kEverybody, .token = "", .memory = "tools"});
  Post("/v1/memories?memoryId=press", "{}");
}

void SiteTest::Restart(WriteRule rule, std::vector<std::string> origins) {
  site_.reset();
  site_ = std::make_unique<Site>(
      SiteOptions{.channel = service_->InProcessChannel(),
                  .writes = std::move(rule),
                  .allowed_origins = std::move(origins),
                  .version = "test"});
}

Response SiteTest::Send(const Request& request) {
  if (!site_->Streams(request)) return site_->Answer(request);
  // In small pieces, as a network might bring it.
  std::vector<std::string> pieces;
  for (size_t i = 0; i < request.body.size(); i += 7) {
    pieces.push_back(request.body.substr(i, 7));
  }
  Request head = request;
  head.body.clear();
  FakeStream stream(std::move(pieces));
  site_->AnswerStream(head, stream);
  EXPECT_FALSE(stream.aborted());
  return stream.response();
}

Response SiteTest::Get(const std::string& target) {
  return Send({.method = "GET", .target = target, .fields = {}, .body = ""});
}

Response SiteTest::Post(const std::string& target, const std::string& body,
                        const std::string& content_type) {
  return Send({.method = "POST",
               .target = target,
               .fields = {{"Content-Type", content_type}},
               .body = body});
}

Json SiteTest::GetJson(const std::string& target) {
  const Response response = Get(target);
  EXPECT_EQ(response.status, 200) << response.body;
  return Json::parse(response.body, nullptr, /*allow_exceptions=*/false);
}

Json SiteTest::PostJson(const std::string& target, const std::string& body) {
  const Response response = Post(target, body);
  EXPECT_EQ(response.status, 200) << response.body;
  return Json::parse(response.body, nullptr, /*allow_exceptions=*/false);
}

void SiteTest::Store(const std::string& source_language,
                     const std::string& source,
                     const std::string& target_language,
                     const std::string& target) {
  const Json unit = {{"variants",
                      {{{"languageCode", source_language}, {"text", source}},
                       {{"languageCode", target_language}, {"text", target}}}}};
  PostJson("/v1/memories/press/units", unit.dump());
}

std::string FieldOf(const Response& response, std::string_view name) {
  return std::string(
      Request{.method = "", .target = "", .fields = response.fields, .body = ""}
          .FieldValue(name));
}

}  // namespace tercet::http
