#include "service/http/url.h"

#include <gtest/gtest.h>

namespace tercet::http {
namespace {

TEST(SplitTarget, TakesPathAndQueryApart) {
  EXPECT_EQ(SplitTarget("/a/b?c=d&e").path, "/a/b");
  EXPECT_EQ(SplitTarget("/a/b?c=d&e").query, "c=d&e");
  EXPECT_EQ(SplitTarget("/a#f").path, "/a");
  EXPECT_EQ(SplitTarget("http://host:1/a?b").path, "/a");
  EXPECT_EQ(SplitTarget("http://host").path, "/");
}

TEST(DecodePath, LeavesPlusAndBrokenEscapes) {
  EXPECT_EQ(DecodePath("a%2Fb%0Ac+d"), "a/b\nc+d");
  EXPECT_EQ(DecodePath("100%"), "100%");
  EXPECT_EQ(DecodePath("%4"), "%4");
  EXPECT_EQ(DecodePath("%zz"), "%zz");
  EXPECT_EQ(DecodePath("%E5%9B%BD"), "国");
}

TEST(ParseForm, TakesPlusForSpace) {
  EXPECT_EQ(ParseForm("q=a+b%2B&langpair=en|es&flag"),
            (Parameters{{"q", "a b+"}, {"langpair", "en|es"}, {"flag", ""}}));
  EXPECT_EQ(ParseForm("&&"), Parameters());
}

TEST(FindParameter, GivesTheLast) {
  const Parameters parameters = {{"a", "1"}, {"a", "2"}};
  EXPECT_EQ(FindParameter(parameters, "a"), "2");
  EXPECT_EQ(FindParameter(parameters, "b"), std::nullopt);
}

TEST(EncodePath, IsUndoneByDecodePath) {
  std::string all;
  for (int c = 0; c < 256; ++c) all.push_back(static_cast<char>(c));
  EXPECT_EQ(DecodePath(EncodePath(all)), all);
  EXPECT_EQ(EncodePath("a b/国"), "a%20b%2F%E5%9B%BD");
}

}  // namespace
}  // namespace tercet::http
