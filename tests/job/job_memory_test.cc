#include "client/job/job_memory.h"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "client/job/unit_message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

v1::Variant MakeVariant(const std::string& language, const std::string& text) {
  v1::Variant variant;
  variant.set_language_code(language);
  variant.set_text(text);
  return variant;
}

// A unit written in Chinese, with two English texts.
v1::Match MakeMatch(const std::string& source, const std::string& target) {
  v1::Match match;
  match.mutable_unit()->set_name("memories/press/units/u7");
  match.mutable_unit()->mutable_origin()->set_document("press/7");
  match.mutable_unit()->mutable_origin()->set_previous("前");
  for (const auto& [language, text] : {std::pair{"zh-CN", "水灾"},
                                       {"en", "flood"},
                                       {"es", "inundación"},
                                       {"en-GB", "floods"}}) {
    const v1::Variant variant = MakeVariant(language, text);
    *match.mutable_unit()->add_variants() = variant;
    if (language == source) *match.mutable_source() = variant;
    if (language == target) *match.add_targets() = variant;
  }
  return match;
}

std::vector<std::string> TextsOf(const Unit& unit) {
  std::vector<std::string> texts;
  for (const Variant& variant : unit.variants) {
    texts.push_back(variant.segment.text);
  }
  return texts;
}

class StringSink final : public ByteSink {
 public:
  Status Write(std::string_view bytes) override {
    text_ += bytes;
    return OkStatus();
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

TEST(UnitForJob, KeepsTheTargetsAndAllTextsOfTheSourcesLanguage) {
  const StatusOr<Unit> unit = UnitForJob(MakeMatch("en", "es"));
  ASSERT_THAT(unit, IsOk());
  EXPECT_THAT(TextsOf(*unit), ElementsAre("flood", "inundación", "floods"));
  EXPECT_EQ(unit->source_language.code(), "en");
}

TEST(UnitForJob, KeepsNeighboursOnlyInTheJobsLanguage) {
  const StatusOr<Unit> same = UnitForJob(MakeMatch("zh-CN", "es"));
  ASSERT_THAT(same, IsOk());
  EXPECT_EQ(same->origin.previous, "前");
  const StatusOr<Unit> turned = UnitForJob(MakeMatch("en", "zh-CN"));
  ASSERT_THAT(turned, IsOk());
  EXPECT_EQ(turned->origin.previous, "");
  EXPECT_EQ(turned->origin.document, "press/7");
}

TEST(UnitOf, CountsCodesInBytes) {
  v1::Unit message;
  *message.add_variants() = MakeVariant("zh", "按按钮。");
  v1::InlineCode& code = *message.mutable_variants(0)->add_codes();
  code.set_kind(v1::InlineCode::BEGIN_PAIRED);
  code.set_offset(1);
  code.set_content("<b>");
  const StatusOr<Unit> unit = UnitOf(message);
  ASSERT_THAT(unit, IsOk());
  const InlineCode& read = unit->variants[0].segment.codes[0];
  EXPECT_EQ(read.offset, 3U);
  EXPECT_EQ(read.kind, InlineCode::Kind::kBeginPaired);
  EXPECT_EQ(read.content, "<b>");
}

TEST(UnitOf, RefusesWhatNoServerSends) {
  v1::Unit message;
  *message.add_variants() = MakeVariant("zh", "按");
  message.mutable_variants(0)->add_codes()->set_offset(2);
  EXPECT_EQ(UnitOf(message).status().code(), StatusCode::kInternal);
  message.mutable_variants(0)->clear_codes();
  message.mutable_variants(0)->set_language_code("e?");
  EXPECT_EQ(UnitOf(message).status().code(), StatusCode::kInternal);
}

TEST(JobMemory, WritesEachUnitOnce) {
  StringSink sink;
  JobMemory memory({.tool_version = "1"}, sink);
  google::protobuf::RepeatedPtrField<v1::Match> matches;
  *matches.Add() = MakeMatch("en", "es");
  EXPECT_THAT(memory.Add(matches), IsOk());
  EXPECT_THAT(memory.Add(matches), IsOk());
  EXPECT_THAT(memory.Add({}), IsOk());
  EXPECT_THAT(memory.Finish(), IsOk());
  EXPECT_EQ(memory.segment_count(), 3);
  EXPECT_EQ(memory.found_count(), 2);
  EXPECT_EQ(memory.unit_count(), 1);
  EXPECT_THAT(sink.text(), HasSubstr("<seg>inundación</seg>"));
  EXPECT_THAT(sink.text(), HasSubstr("tuid=\"u7\""));
  EXPECT_THAT(sink.text(), Not(HasSubstr("水灾")));
  EXPECT_EQ(sink.text().find("inundación"), sink.text().rfind("inundación"));
}

}  // namespace
}  // namespace tercet
