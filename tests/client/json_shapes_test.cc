#include "client/cli/json_shapes.h"

#include <google/protobuf/text_format.h>

#include <string>

#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

// The members and their order are what scripts and docs/cli.md rely on.
TEST(LookupJson, HasThePromisedShape) {
  const auto response = Parse<v1::LookupSegmentResponse>(R"(
    matches {
      unit {
        name: "memories/press/units/a"
        origin { document: "2024/7" }
      }
      kind: NEAR_EXACT score: 95 text_score: 98
      penalties { reason: "aligned" points: 3 }
      source { language_code: "zh-CN" text: "第1次" }
      targets { language_code: "en" text: "first" }
      edits {
        op: REPLACE what: PLACEABLE
        stored_begin: 1 stored_end: 2 query_begin: 1 query_end: 2 cost: 10
      }
      edit_cost: 10 length: 3 scoring_version: 2
      adapted_targets { target: 0 text: "second" }
      placeables {
        kind: NUMBER stored_value: "1" query_value: "2" carries_over: true
        stored_begin: 1 stored_end: 2 query_begin: 1 query_end: 2
      }
    })");
  EXPECT_EQ(LookupJson("第2次", response.matches()).dump(2), R"({
  "query": "第2次",
  "matches": [
    {
      "score": 95,
      "kind": "near-exact",
      "text_score": 98,
      "penalties": [
        {
          "reason": "aligned",
          "points": 3
        }
      ],
      "source": "第1次",
      "source_language": "zh-CN",
      "targets": [
        {
          "language": "en",
          "text": "first",
          "adapted_text": "second"
        }
      ],
      "unit": "memories/press/units/a",
      "document": "2024/7",
      "edits": [
        {
          "op": "replace",
          "what": "placeable",
          "stored": [
            1,
            2
          ],
          "query": [
            1,
            2
          ],
          "cost": 10
        }
      ],
      "edit_cost": 10,
      "length": 3,
      "placeables": [
        {
          "kind": "number",
          "stored_value": "1",
          "query_value": "2",
          "carries_over": true,
          "stored": [
            1,
            2
          ],
          "query": [
            1,
            2
          ]
        }
      ],
      "scoring_version": 2
    }
  ]
})");
}

TEST(LookupJson, HasAnEmptyListForNothing) {
  EXPECT_EQ(LookupJson("x", {}).dump(), R"({"query":"x","matches":[]})");
}

TEST(ToJson, LeavesOutWhatAUnitDoesNotHave) {
  const auto unit = Parse<v1::Unit>(R"(
    name: "memories/press/units/a"
    variants { language_code: "en" text: "flood" }
    state: CONFIRMED)");
  EXPECT_EQ(ToJson(unit).dump(),
            R"({"name":"memories/press/units/a","variants":[{"language":"en",)"
            R"("text":"flood"}],"state":"confirmed"})");
}

TEST(ToJson, ShowsAllThatAUnitHas) {
  const auto unit = Parse<v1::Unit>(R"(
    name: "n" source_language_code: "en" state: DRAFT external_id: "e"
    variants {
      language_code: "en" text: "OK"
      codes {
        kind: PLACEHOLDER offset: 2 content: "<br/>"
        attributes { type: "x" value: "1" }
      }
      notes: "v"
    }
    origin { document: "d" previous: "p" next: "x" key: "k" }
    usage_count: 7
    attribution { creator: "ana" creation_time { seconds: 0 } }
    notes: "n" properties { type: "x-project" value: "y" }
    create_time { seconds: 1 } update_time { seconds: 2 } etag: "t")");
  EXPECT_EQ(
      ToJson(unit).dump(),
      R"({"name":"n","variants":[{"language":"en","text":"OK","codes":[)"
      R"({"kind":"placeholder","offset":2,"content":"<br/>","attributes":)"
      R"([{"type":"x","value":"1"}]}],"notes":["v"]}],"source_language":"en",)"
      R"("document":"d","previous":"p","next":"x","key":"k","state":"draft",)"
      R"("external_id":"e","usage_count":7,"attribution":{"creator":"ana",)"
      R"("creation_time":"1970-01-01T00:00:00Z"},"notes":["n"],"properties":)"
      R"([{"type":"x-project","value":"y"}],)"
      R"("create_time":"1970-01-01T00:00:01Z",)"
      R"("update_time":"1970-01-01T00:00:02Z","etag":"t"})");
}

TEST(ToJson, ShowsAMemory) {
  const auto memory = Parse<v1::Memory>(R"(
    name: "memories/press" display_name: "Press" penalty: 2 unit_count: 7
    language_counts { language_code: "zh" variant_count: 7 } etag: "t")");
  EXPECT_EQ(ToJson(memory).dump(),
            R"({"name":"memories/press","display_name":"Press","penalty":2,)"
            R"("units":7,"languages":[{"language":"zh","variants":7}],)"
            R"("etag":"t"})");
}

TEST(KindName, IsKebabCase) {
  EXPECT_EQ(KindName(v1::Match::EXACT_IN_CONTEXT), "exact-in-context");
  EXPECT_EQ(KindName(v1::Match::FUZZY), "fuzzy");
}

}  // namespace
}  // namespace tercet::cli
