#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/formats/unit_writer.h"
#include "tests/formats/format_helpers.h"

namespace tercet {
namespace {

std::string WriteJson(const std::vector<Unit>& units,
                      WriterOptions options = {}) {
  return WriteAll(FileFormat::kJsonLines, units, std::move(options));
}

TEST(JsonlWriter, WritesOneObjectALine) {
  EXPECT_EQ(WriteJson({MakeUnit({{"en", "a\n"}, {"zh-CN", "中"}}),
                       MakeUnit({{"es", "\"b\""}})}),
            "{\"variants\":[{\"language\":\"en\",\"text\":\"a\\n\"},"
            "{\"language\":\"zh-CN\",\"text\":\"中\"}]}\n"
            "{\"variants\":[{\"language\":\"es\",\"text\":\"\\\"b\\\"\"}]}\n");
}

TEST(JsonlWriter, WritesFieldsInAFixedOrder) {
  Unit unit = MakeUnit({{"en", "中a"}});
  unit.external_id = "u1";
  unit.source_language = Tag("en");
  unit.state = UnitState::kDraft;
  unit.usage_count = 2;
  unit.attribution.creation_micros = 0;
  unit.notes = {"n"};
  unit.properties = {{"t", "v"}};
  unit.variants[0].segment.codes = {
      {.offset = 3, .content = "x", .attributes = {{"x", "1"}}}};
  EXPECT_EQ(WriteJson({unit}),
            "{\"id\":\"u1\",\"source\":\"en\",\"variants\":[{\"language\":"
            "\"en\",\"text\":\"中a\",\"codes\":[{\"kind\":\"ph\",\"offset\":1,"
            "\"content\":\"x\",\"attributes\":[{\"type\":\"x\",\"value\":"
            "\"1\"}]}]}],\"state\":\"draft\",\"usage_count\":2,\"created\":"
            "\"1970-01-01T00:00:00Z\",\"notes\":[\"n\"],\"properties\":"
            "[{\"type\":\"t\",\"value\":\"v\"}]}\n");
}

TEST(JsonlWriter, LeavesOutLanguagesThatAreNotWanted) {
  Unit unit = MakeUnit({{"en", "a"}, {"es", "b"}});
  unit.source_language = Tag("en");
  EXPECT_EQ(
      WriteJson({unit, MakeUnit({{"en", "c"}})}, {.languages = {Tag("es")}}),
      "{\"variants\":[{\"language\":\"es\",\"text\":\"b\"}]}\n");
}

TEST(JsonlWriter, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(WriteJson({MakeUnit({{"en", "a\xFF"}})}),
            "{\"variants\":[{\"language\":\"en\",\"text\":\"a\uFFFD\"}]}\n");
}

}  // namespace
}  // namespace tercet
