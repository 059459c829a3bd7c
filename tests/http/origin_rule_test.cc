#include "service/http/origin_rule.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/support/matchers.h"

namespace tercet::http {
namespace {

Request From(const std::string& origin, const std::string& host) {
  return {.method = "POST",
          .target = "/",
          .fields = {{"origin", origin}, {"host", host}},
          .body = ""};
}

TEST(CheckOrigin, LetsProgramsAndOwnPagesIn) {
  EXPECT_TRUE(CheckOrigin({}, {}).ok());
  for (const std::string host :
       {"127.0.0.1:7734", "localhost:7734", "[::1]:1"}) {
    EXPECT_TRUE(CheckOrigin(From("http://" + host, host), {}).ok()) << host;
  }
}

TEST(CheckOrigin, KeepsOtherPagesOut) {
  for (const Request& request :
       {From("http://evil.example", "127.0.0.1:7734"),
        From("http://127.0.0.1:80", "127.0.0.1:7734"),
        From("null", "localhost"),
        // A name that its owner lets point to this machine.
        From("http://evil.example:7734", "evil.example:7734")}) {
    EXPECT_EQ(GetDetails(CheckOrigin(request, {})).reason, "ORIGIN_DENIED");
  }
}

TEST(CheckOrigin, LetsAllowedPagesIn) {
  const std::vector<std::string> one = {"https://pootle.example"};
  const std::vector<std::string> any = {"*"};
  const Request request = From("https://pootle.example", "tm.example");
  EXPECT_TRUE(CheckOrigin(request, one).ok());
  EXPECT_TRUE(CheckOrigin(request, any).ok());
  EXPECT_FALSE(CheckOrigin(From("https://x.example", "tm.example"), one).ok());
}

}  // namespace
}  // namespace tercet::http
