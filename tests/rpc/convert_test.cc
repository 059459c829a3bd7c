#include "service/rpc/convert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "google/protobuf/util/message_differencer.h"
#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

using google::protobuf::util::MessageDifferencer;
using testing::ElementsAre;
using testing::IsEmpty;

// A unit in which every field is set.
v1::Unit FullUnit() {
  v1::Unit unit = MakeUnit("Say <hi>", "Di hola");
  v1::Variant& variant = *unit.mutable_variants(1);
  variant.set_text("Dí ñ中");
  v1::InlineCode& code = *variant.add_codes();
  code.set_kind(v1::InlineCode::PLACEHOLDER);
  code.set_offset(5);
  code.set_content("<br/>");
  code.set_content_is_xml(true);
  v1::Property& attribute = *code.add_attributes();
  attribute.set_type("x");
  attribute.set_value("1");
  variant.mutable_attribution()->set_creator("ana");
  variant.add_notes("variant note");
  unit.set_source_language_code("en");
  unit.mutable_origin()->set_document("press/1");
  unit.mutable_origin()->set_previous("before");
  unit.mutable_origin()->set_next("after");
  unit.mutable_origin()->set_key("k");
  unit.set_state(v1::Unit::DRAFT);
  unit.set_external_id("tu1");
  unit.set_usage_count(4);
  unit.mutable_attribution()->set_changer("bo");
  unit.mutable_attribution()->mutable_change_time()->set_seconds(-1);
  unit.mutable_attribution()->mutable_change_time()->set_nanos(999999000);
  unit.add_notes("n1");
  v1::Property& property = *unit.add_properties();
  property.set_type("x-project");
  property.set_value("summit");
  return unit;
}

std::vector<std::string> Wrong(const v1::Unit& unit) {
  std::vector<FieldViolation> violations;
  UnitFromApi(unit, "unit.", violations);
  std::vector<std::string> fields;
  for (const FieldViolation& violation : violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

TEST(Unit, SurvivesBothWays) {
  std::vector<FieldViolation> violations;
  UnitEntry entry = {.memory_id = "press", .id = "a", .etag = "7"};
  entry.unit = UnitFromApi(FullUnit(), "unit.", violations);
  ASSERT_THAT(violations, IsEmpty());
  v1::Unit back = ToApi(entry);
  EXPECT_EQ(back.name(), "memories/press/units/a");
  EXPECT_EQ(back.etag(), "7");
  back.clear_name();
  back.clear_etag();
  back.clear_create_time();
  back.clear_update_time();
  EXPECT_TRUE(MessageDifferencer::Equals(back, FullUnit()))
      << back.DebugString();
}

TEST(Unit, CountsCodePlacesInBytes) {
  std::vector<FieldViolation> violations;
  const Unit unit = UnitFromApi(FullUnit(), "unit.", violations);
  // "D", "í", " ", "ñ", "中": 1 + 2 + 1 + 2 + 3 bytes.
  EXPECT_EQ(unit.variants[1].segment.codes[0].offset, 9u);
}

TEST(Unit, WritesLanguagesInTheStandardSpelling) {
  v1::Unit api = MakeUnit("a", "b");
  api.mutable_variants(0)->set_language_code("EN_us");
  std::vector<FieldViolation> violations;
  EXPECT_EQ(UnitFromApi(api, "", violations).variants[0].language.code(),
            "en-US");
}

TEST(Unit, NamesEveryWrongFieldOnce) {
  v1::Unit unit = FullUnit();
  unit.mutable_variants(0)->set_language_code("not a language");
  unit.mutable_variants(0)->clear_text();
  unit.mutable_variants(1)->mutable_codes(0)->set_offset(6);
  unit.set_source_language_code("?");
  unit.set_state(static_cast<v1::Unit::State>(77));
  unit.set_usage_count(-1);
  unit.mutable_attribution()->mutable_change_time()->set_nanos(-5);
  EXPECT_THAT(
      Wrong(unit),
      testing::UnorderedElementsAre(
          "unit.variants[0].language_code", "unit.variants[0].text",
          "unit.variants[1].codes[0].offset", "unit.source_language_code",
          "unit.state", "unit.usage_count", "unit.attribution.change_time"));
}

TEST(Unit, SaysWhatIsWrongWithALanguage) {
  v1::Unit unit = MakeUnit("a", "b");
  unit.mutable_variants(1)->set_language_code("!!");
  std::vector<FieldViolation> violations;
  UnitFromApi(unit, "", violations);
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_THAT(violations[0].description, testing::HasSubstr("'!!'"));
}

TEST(Unit, RefusesWrongCodes) {
  v1::Unit unit = FullUnit();
  v1::InlineCode& code = *unit.mutable_variants(1)->mutable_codes(0);
  code.set_kind(v1::InlineCode::KIND_UNSPECIFIED);
  EXPECT_THAT(Wrong(unit), ElementsAre("unit.variants[1].codes[0].kind"));
  code.set_kind(static_cast<v1::InlineCode::Kind>(99));
  EXPECT_THAT(Wrong(unit), ElementsAre("unit.variants[1].codes[0].kind"));
  code.set_kind(v1::InlineCode::ISOLATED);
  code.set_offset(-1);
  EXPECT_THAT(Wrong(unit), ElementsAre("unit.variants[1].codes[0].offset"));
  code.set_offset(3);
  *unit.mutable_variants(1)->add_codes() = code;
  unit.mutable_variants(1)->mutable_codes(1)->set_offset(2);
  EXPECT_THAT(Wrong(unit), ElementsAre("unit.variants[1].codes[1].offset"));
}

TEST(Timestamp, RoundsDown) {
  EXPECT_EQ(TimestampFromMicros(1'500'000).seconds(), 1);
  EXPECT_EQ(TimestampFromMicros(1'500'000).nanos(), 500'000'000);
  EXPECT_EQ(TimestampFromMicros(-1).seconds(), -1);
  EXPECT_EQ(TimestampFromMicros(-1).nanos(), 999'999'000);
}

TEST(Memory, ListsItsLanguagesMostFirst) {
  const v1::Memory memory = ToApi(Memory{
      .id = "press", .language_counts = {{"en", 1}, {"es", 3}, {"zh", 1}}});
  EXPECT_EQ(memory.name(), "memories/press");
  ASSERT_EQ(memory.language_counts_size(), 3);
  EXPECT_EQ(memory.language_counts(0).language_code(), "es");
  EXPECT_EQ(memory.language_counts(1).language_code(), "en");
}

TEST(WriteMode, RefusesUnknownOnes) {
  std::vector<FieldViolation> violations;
  EXPECT_EQ(WriteModeFromApi(v1::OVERWRITE, "m", violations),
            WriteMode::kOverwrite);
  EXPECT_EQ(WriteModeFromApi(v1::WRITE_MODE_UNSPECIFIED, "m", violations),
            WriteMode::kAddVariants);
  EXPECT_THAT(violations, IsEmpty());
  WriteModeFromApi(static_cast<v1::WriteMode>(9), "m", violations);
  EXPECT_EQ(violations.size(), 1u);
}

}  // namespace
}  // namespace tercet
