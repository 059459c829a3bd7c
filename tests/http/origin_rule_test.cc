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

// A browser's request that names no origin.
Request Nameless(const std::string& host, const std::string& site) {
  Request request{.method = "GET",
                  .target = "/v1/memories",
                  .fields = {{"host", host}, {"user-agent", "Mozilla/5.0 (X)"}},
                  .body = ""};
  if (!site.empty()) request.fields.push_back({"sec-fetch-site", site});
  return request;
}

TEST(CheckOrigin, GoesByTheHostWhereABrowserNamesNoOrigin) {
  const std::vector<std::string> allowed = {"http://tm.example:7734"};
  for (const std::string site : {"", "none", "same-origin"}) {
    EXPECT_TRUE(CheckOrigin(Nameless("10.0.0.2:7734", site), {}).ok());
    EXPECT_TRUE(CheckOrigin(Nameless("tm.example:7734", site), allowed).ok());
    // Its owner lets the name point here.
    EXPECT_FALSE(
        CheckOrigin(Nameless("evil.example:7734", site), allowed).ok());
  }
  for (const std::string site : {"same-site", "cross-site"}) {
    EXPECT_FALSE(CheckOrigin(Nameless("127.0.0.1:7734", site), allowed).ok());
    EXPECT_FALSE(CheckOrigin(Nameless("tm.example:7734", site), allowed).ok());
  }
  // A program may use any name.
  Request program = Nameless("tm.example", "");
  program.fields.back().value = "curl/7.88.1";
  EXPECT_TRUE(CheckOrigin(program, {}).ok());
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
