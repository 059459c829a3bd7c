#include "service/http/json_message.h"

#include <gtest/gtest.h>

#include "tercet/v1/memory_service.pb.h"
#include "tests/support/matchers.h"

namespace tercet::http {
namespace {

TEST(SetField, SetsByEitherSpelling) {
  v1::UpdateMemoryRequest request;
  EXPECT_TRUE(SetField({"memory.displayName", "Press"}, request).ok());
  EXPECT_TRUE(SetField({"memory.penalty", "7"}, request).ok());
  EXPECT_TRUE(SetField({"update_mask", "displayName,penalty"}, request).ok());
  EXPECT_TRUE(SetField({"validateOnly", "true"}, request).ok());
  EXPECT_EQ(request.memory().display_name(), "Press");
  EXPECT_EQ(request.memory().penalty(), 7);
  EXPECT_EQ(request.update_mask().paths_size(), 2);
  EXPECT_TRUE(request.validate_only());
}

TEST(SetField, AddsToRepeatedFieldsAndReadsEnums) {
  v1::ExportUnitsRequest request;
  EXPECT_TRUE(SetField({"languageCodes", "en"}, request).ok());
  EXPECT_TRUE(SetField({"languageCodes", "es"}, request).ok());
  EXPECT_TRUE(SetField({"format", "TMX"}, request).ok());
  EXPECT_EQ(request.language_codes_size(), 2);
  EXPECT_EQ(request.format(), v1::TMX);
}

TEST(SetField, NamesWhatIsWrong) {
  v1::ListUnitsRequest request;
  for (const Parameter& parameter :
       {Parameter{"pageSize", "many"}, Parameter{"colour", "red"},
        Parameter{"pageSize.x", "1"}, Parameter{"", "1"},
        Parameter{"pageSize", "\xFF"}}) {
    const Status status = SetField(parameter, request);
    EXPECT_EQ(GetDetails(status).violations.at(0).field, parameter.name);
  }
}

TEST(FromJson, RefusesWhatIsNoSuchMessage) {
  v1::CreateMemoryRequest request;
  for (const char* json : {"", "{", "[]", "{\"colour\": 1}", "\xFF"}) {
    EXPECT_EQ(GetDetails(FromJson(json, request)).reason, "HTTP_JSON_INVALID")
        << json;
  }
  const std::string deep(100'000, '[');
  EXPECT_EQ(GetDetails(FromJson(deep, request)).reason, "HTTP_JSON_INVALID");
}

}  // namespace
}  // namespace tercet::http
