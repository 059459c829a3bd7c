#include "service/http/openapi.h"

#include <gtest/gtest.h>

#include "nlohmann/json.hpp"
#include "service/http/gateway.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

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
  size_t operations = 0;
  for (const Json& path : api["paths"]) operations += path.size();
  EXPECT_EQ(operations, ApiRoutes().size());
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
    EXPECT_EQ((*operation)["parameters"].back()["name"], "alt");
  }
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
