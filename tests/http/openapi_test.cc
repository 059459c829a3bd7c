#include "service/http/openapi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "nlohmann/json.hpp"
#include "service/http/gateway.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;
using testing::IsSupersetOf;

// All references of a document.
void CollectReferences(const Json& json, std::vector<std::string>& references) {
  if (json.is_object() && json.contains("$ref")) {
    references.push_back(json["$ref"]);
  }
  if (!json.is_structured()) return;
  for (const Json& part : json) CollectReferences(part, references);
}

TEST(OpenApi, DescribesEveryRoute) {
  const Json api = Json::parse(OpenApiJson("1.2.3"));
  EXPECT_EQ(api["info"]["version"], "1.2.3");
  std::set<std::string> ids;
  for (const Json& path : api["paths"]) {
    for (const Json& operation : path) {
      EXPECT_TRUE(ids.insert(operation["operationId"]).second);
    }
  }
  // Files that can be had by GET come on top.
  EXPECT_EQ(ids.erase("ExportUnitsAsFile"), 1U);
  EXPECT_EQ(ids.size(), ApiRoutes().size());
}

TEST(OpenApi, RefersToWhatIsThere) {
  const Json api = Json::parse(OpenApiJson("1"));
  std::vector<std::string> references;
  CollectReferences(api, references);
  EXPECT_GT(references.size(), 20U);
  for (const std::string& reference : references) {
    EXPECT_TRUE(api.contains(Json::json_pointer(reference.substr(1))))
        << reference;
  }
}

TEST(OpenApi, SaysHowFilesTravelAsTheyAre) {
  const Json paths = Json::parse(OpenApiJson("1"))["paths"];
  const Json& taken = paths["/v1/memories/{memory}:importUnits"]["post"];
  EXPECT_TRUE(
      taken["requestBody"]["content"].contains("application/octet-stream"));
  const Json& given = paths["/v1/memories/{memory}:exportUnits"]["post"];
  EXPECT_TRUE(given["responses"]["200"]["content"].contains(
      "application/octet-stream"));
  for (const Json* operation : {&taken, &given}) {
    EXPECT_TRUE(std::ranges::any_of(
        (*operation)["parameters"],
        [](const auto& one) { return one["name"] == "alt"; }));
  }
}

TEST(OpenApi, TellsWhatGoesIntoTheQueryOfAFile) {
  const Json api = Json::parse(OpenApiJson("1"));
  const auto names = [&](const std::string& path, const std::string& verb) {
    std::multiset<std::string> all;
    for (const auto& one : api["paths"][path][verb]["parameters"]) {
      all.insert(one["name"]);
    }
    return all;
  };
  const std::string memory = "/v1/memories/{memory}";
  const auto import = names(memory + ":importUnits", "post");
  EXPECT_THAT(import, IsSupersetOf({"alt", "format", "totalBytes"}));
  EXPECT_EQ(import.count("memory"), 1U);  // The path's.
  const auto exported = names(memory + ":exportUnits", "get");
  EXPECT_THAT(exported, IsSupersetOf({"alt", "format", "languageCodes"}));
  EXPECT_EQ(exported.count("memory"), 1U);
}

TEST(OpenApi, HasTheCommentsOfTheProtos) {
  const Json api = Json::parse(OpenApiJson("1"));
  const std::string description =
      api["paths"]["/v1/memories/{memory}:lookupSegment"]["post"]
         ["description"];
  EXPECT_EQ(description.find("Finds the best matches of one segment"), 0U);
}

}  // namespace
}  // namespace tercet::http
