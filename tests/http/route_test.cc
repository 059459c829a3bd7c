#include "service/http/route.h"

#include <gtest/gtest.h>

namespace tercet::http {
namespace {

TEST(PathTemplate, GivesTheVariable) {
  const PathTemplate path("/v1/{name=memories/*/units/*}");
  EXPECT_EQ(path.Match("/v1/memories/press/units/a1"),
            (Parameters{{"name", "memories/press/units/a1"}}));
  EXPECT_EQ(path.Match("/v1/memories/press/units"), std::nullopt);
  EXPECT_EQ(path.Match("/v1/memories//units/a1"), std::nullopt);
  EXPECT_EQ(path.Match("/v2/memories/press/units/a1"), std::nullopt);
}

TEST(PathTemplate, TellsVerbsApart) {
  const PathTemplate get("/v1/{name=memories/*}");
  const PathTemplate lookup("/v1/{parent=memories/*}:lookup");
  EXPECT_EQ(get.Match("/v1/memories/press:lookup"), std::nullopt);
  EXPECT_EQ(lookup.Match("/v1/memories/press:lookup"),
            (Parameters{{"parent", "memories/press"}}));
  EXPECT_EQ(lookup.Match("/v1/memories/press"), std::nullopt);
  EXPECT_EQ(lookup.Match("/v1/memories/-:lookup"),
            (Parameters{{"parent", "memories/-"}}));
}

TEST(PathTemplate, MatchesWithoutVariable) {
  const PathTemplate path("/v1/memories");
  EXPECT_EQ(path.Match("/v1/memories"), Parameters());
  EXPECT_EQ(path.Match("/v1/memories/"), std::nullopt);
}

TEST(PathTemplate, DecodesSegments) {
  const PathTemplate path("/v1/{name=memories/*}");
  EXPECT_EQ(path.Match("/v1/memories/a%2Fb"),
            (Parameters{{"name", "memories/a/b"}}));
}

TEST(PathTemplate, NamesStarsForOpenApi) {
  const PathTemplate path("/v1/{unit.name=memories/*/units/*}:move");
  EXPECT_EQ(path.variable(), "unit.name");
  EXPECT_EQ(path.openapi_path(), "/v1/memories/{memory}/units/{unit}:move");
  EXPECT_EQ(path.openapi_parameters(),
            (std::vector<std::string>{"memory", "unit"}));
}

}  // namespace
}  // namespace tercet::http
