#include "service/http/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/http/site_fixture.h"

namespace tercet::http {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class PageTest : public SiteTest {
 protected:
  Response GetWith(const std::string& target, std::vector<Field> fields,
                   const std::string& method = "GET") {
    return Send({.method = method,
                 .target = target,
                 .fields = std::move(fields),
                 .body = ""});
  }
};

TEST_F(PageTest, IsAtTheRoot) {
  for (const char* target : {"/", "/?from=a-bookmark"}) {
    const Response page = Get(target);
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(FieldOf(page, "Content-Type"), "text/html; charset=utf-8");
    EXPECT_THAT(page.body, StartsWith("<!doctype html>"));
  }
}

TEST_F(PageTest, HasItsFilesWithTheirTypes) {
  struct Case {
    const char* target;
    const char* type;
  };
  constexpr Case kCases[] = {
      {"/assets/app.js", "text/javascript; charset=utf-8"},
      {"/assets/app.css", "text/css; charset=utf-8"},
      {"/favicon.svg", "image/svg+xml"},
  };
  for (const Case& c : kCases) {
    const Response file = Get(c.target);
    EXPECT_EQ(file.status, 200) << c.target;
    EXPECT_EQ(FieldOf(file, "Content-Type"), c.type);
    EXPECT_THAT(file.body, Not(IsEmpty())) << c.target;
    EXPECT_THAT(Get("/").body, HasSubstr(c.target));
  }
}

TEST_F(PageTest, HasNothingElse) {
  for (const char* target :
       {"/index.html.gz", "/.gz", "/assets", "/assets/", "/assets/app.js.gz.gz",
        "/assets/../assets/app.js", "/%2e%2e/etc/passwd", "//", "/missing"}) {
    const Response response = Get(target);
    EXPECT_EQ(response.status, 404) << target;
    EXPECT_THAT(response.body, HasSubstr("HTTP_PATH_UNKNOWN")) << target;
  }
}

// Whatever a text of a memory should ever do to the page, it cannot run, and
// not send anything away.
TEST_F(PageTest, MayLoadNothingFromElsewhere) {
  for (const char* target : {"/", "/assets/app.js"}) {
    const Response page = Get(target);
    const std::string policy = FieldOf(page, "Content-Security-Policy");
    EXPECT_THAT(policy, StartsWith("default-src 'none'; script-src 'self'; "));
    EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
    EXPECT_THAT(policy, HasSubstr("base-uri 'none'"));
    EXPECT_THAT(policy, HasSubstr("require-trusted-types-for 'script'"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
    EXPECT_THAT(policy, Not(HasSubstr("http")));
    EXPECT_EQ(FieldOf(page, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(FieldOf(page, "X-Frame-Options"), "DENY");
    EXPECT_EQ(FieldOf(page, "Referrer-Policy"), "no-referrer");
  }
  EXPECT_THAT(Get("/").body, Not(HasSubstr("://")));
}

TEST_F(PageTest, IsCompressedForThoseWhoTakeIt) {
  const Response plain = Get("/assets/app.js");
  EXPECT_EQ(FieldOf(plain, "Content-Encoding"), "");
  for (const char* accepted : {"gzip", "br, gzip", "deflate , gzip;q=0.5"}) {
    const Response small =
        GetWith("/assets/app.js", {{"Accept-Encoding", accepted}});
    EXPECT_EQ(FieldOf(small, "Content-Encoding"), "gzip") << accepted;
    EXPECT_THAT(small.body, StartsWith("\x1f\x8b"));
    EXPECT_LT(small.body.size(), plain.body.size() / 2);
    EXPECT_EQ(FieldOf(small, "Content-Type"), FieldOf(plain, "Content-Type"));
    EXPECT_EQ(FieldOf(small, "Vary"), "Accept-Encoding");
    EXPECT_NE(FieldOf(small, "ETag"), FieldOf(plain, "ETag"));
  }
  for (const char* refused : {"", "br", "gzip;q=0", "gzip; q=0.00", "xgzip"}) {
    const Response same =
        GetWith("/assets/app.js", {{"Accept-Encoding", refused}});
    EXPECT_EQ(same.body, plain.body) << refused;
  }
}

TEST_F(PageTest, IsNotSentAgain) {
  const std::string etag = FieldOf(Get("/"), "ETag");
  EXPECT_EQ(etag.size(), 34);
  EXPECT_EQ(FieldOf(Get("/"), "Cache-Control"), "no-cache");
  for (const std::string& known :
       {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
    const Response same = GetWith("/", {{"If-None-Match", known}});
    EXPECT_EQ(same.status, 304) << known;
    EXPECT_THAT(same.body, IsEmpty());
    EXPECT_EQ(FieldOf(same, "ETag"), etag);
  }
  EXPECT_EQ(GetWith("/", {{"If-None-Match", "\"other\""}}).status, 200);
  EXPECT_EQ(GetWith("/", {{"If-None-Match", etag}, {"Accept-Encoding", "gzip"}})
                .status,
            200);
}

TEST_F(PageTest, CanOnlyBeGot) {
  EXPECT_EQ(GetWith("/", {}, "HEAD").status, 200);
  const Response refused = GetWith("/", {}, "PUT");
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(FieldOf(refused, "Allow"), "GET, HEAD");
  EXPECT_THAT(refused.body, HasSubstr("HTTP_METHOD_UNKNOWN"));
}

TEST(PageFiles, AreEachThereInBothForms) {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : PageFiles()) names.emplace_back(file.path);
  EXPECT_EQ(names.size() % 2, 0);
  for (const std::string& name : names) {
    if (name.ends_with(".gz")) continue;
    EXPECT_THAT(names, Contains(name + ".gz"));
  }
}

}  // namespace
}  // namespace tercet::http
