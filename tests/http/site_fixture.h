// The site over the whole service in its own process, with the memory `press`.
#ifndef TERCET_TESTS_HTTP_SITE_FIXTURE_H_
#define TERCET_TESTS_HTTP_SITE_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nlohmann/json.hpp"
#include "service/http/site.h"
#include "service/server/service.h"
#include "tests/support/temp_dir.h"

namespace tercet::http {

using Json = nlohmann::ordered_json;

// A stream whose body is there already, and which keeps what is answered.
class FakeStream final : public Stream {
 public:
  explicit FakeStream(std::vector<std::string> pieces)
      : pieces_(pieces.begin(), pieces.end()) {}

  StatusOr<std::string> Read() override;
  Status Start(const Response& head) override;
  Status Write(std::string_view bytes) override;
  void Abort() override { aborted_ = true; }

  const Response& response() const { return response_; }
  bool aborted() const { return aborted_; }

 private:
  std::deque<std::string> pieces_;
  Response response_;
  bool aborted_ = false;
};

class SiteTest : public testing::Test {
 protected:
  SiteTest();

  // As a tool sends it, whether it is streamed or not.
  Response Send(const Request& request);
  Response Get(const std::string& target);
  Response Post(const std::string& target, const std::string& body,
                const std::string& content_type = "application/json");
  // The JSON of a 200; expects that it is one.
  Json GetJson(const std::string& target);
  Json PostJson(const std::string& target, const std::string& body);

  // A unit of two texts in `press`.
  void Store(const std::string& source_language, const std::string& source,
             const std::string& target_language, const std::string& target);
  // The site anew, with writing as told.
  void Restart(WriteRule rule, std::vector<std::string> origins = {});

  TempDir directory_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<Site> site_;
};

// The value of a response's header field; empty when there is none.
std::string FieldOf(const Response& response, std::string_view name);

}  // namespace tercet::http

#endif  // TERCET_TESTS_HTTP_SITE_FIXTURE_H_
