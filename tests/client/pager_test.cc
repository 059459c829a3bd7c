#include "client/lib/pager.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet::client {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;

using Page = Pager<int>::Page;

TEST(Pager, WalksOverEmptyPages) {
  std::vector<std::string> tokens;
  Pager<int> pager([&tokens](const std::string& token) -> StatusOr<Page> {
    tokens.push_back(token);
    if (token.empty()) return Page{{1, 2}, "a"};
    if (token == "a") return Page{{}, "b"};
    return Page{{3}, ""};
  });
  for (int i = 1; i <= 3; ++i) {
    EXPECT_THAT(pager.Next(), IsOkAndHolds(Eq(std::optional<int>(i))));
  }
  EXPECT_THAT(pager.Next(), IsOkAndHolds(Eq(std::optional<int>())));
  EXPECT_THAT(pager.Next(), IsOkAndHolds(Eq(std::optional<int>())));
  EXPECT_THAT(tokens, ElementsAre("", "a", "b"));
}

TEST(Pager, AsksAgainAfterAnError) {
  int calls = 0;
  Pager<int> pager([&calls](const std::string&) -> StatusOr<Page> {
    if (++calls == 1) {
      return MakeError(StatusCode::kUnavailable, "m", {.reason = "R"});
    }
    return Page{{1}, ""};
  });
  EXPECT_THAT(pager.Next(), ReasonIs("R"));
  EXPECT_THAT(pager.Next(), IsOkAndHolds(Eq(std::optional<int>(1))));
}

}  // namespace
}  // namespace tercet::client
