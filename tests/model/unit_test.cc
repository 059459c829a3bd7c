#include "service/model/unit.h"

#include <functional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/model/limits.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

LanguageTag Language(std::string_view code) {
  return LanguageTag::Parse(code).value();
}

Variant MakeVariant(std::string_view language, std::string text) {
  return {.language = Language(language), .segment = {.text = std::move(text)}};
}

Unit MakeUnit() {
  return {.variants = {MakeVariant("en", "Floods in May"),
                       MakeVariant("zh", "五月水灾")}};
}

// "field: description" of all that is wrong.
std::vector<std::string> Problems(const Unit& unit) {
  std::vector<FieldViolation> violations;
  ValidateUnit(unit, "unit.", violations);
  std::vector<std::string> problems;
  for (const FieldViolation& v : violations) {
    problems.push_back(v.field + ": " + v.description);
  }
  return problems;
}

TEST(ValidateUnit, FindsNothingWrongWithAFullUnit) {
  Unit unit = MakeUnit();
  unit.source_language = Language("zh");
  unit.origin = {.document = "press/1", .previous = "前", .key = "k"};
  unit.state = UnitState::kDraft;
  unit.external_id = "tu-1";
  unit.usage_count = 3;
  unit.attribution = {.creator = "Ana", .creation_micros = 0};
  unit.notes = {"", "check"};
  unit.properties = {{.type = "x-project", .value = ""}};
  unit.variants[1].segment.codes = {
      {.kind = InlineCode::Kind::kBeginPaired, .offset = 0, .content = "<b>"},
      {.kind = InlineCode::Kind::kEndPaired, .offset = 12}};
  EXPECT_THAT(Problems(unit), IsEmpty());
}

TEST(ValidateUnit, NamesEachWrongField) {
  struct Case {
    const char* problem;
    std::function<void(Unit&)> spoil;
  };
  const Case kCases[] = {
      {"unit.variants: must not be empty", [](Unit& u) { u.variants.clear(); }},
      {"unit.variants: has 257 entries; the most is 256",
       [](Unit& u) { u.variants.resize(257, u.variants[0]); }},
      {"unit.variants[1].text: must not be empty",
       [](Unit& u) { u.variants[1].segment.text = ""; }},
      {"unit.variants[0].text: has 131073 bytes; the most is 131072",
       [](Unit& u) { u.variants[0].segment.text.assign(131'073, 'a'); }},
      {"unit.variants[0].text: is not valid UTF-8 at byte 1",
       [](Unit& u) { u.variants[0].segment.text = "a\xC3"; }},
      {"unit.variants[0].language_code: must not be empty",
       [](Unit& u) { u.variants[0].language = LanguageTag(); }},
      {"unit.source_language_code: no variant is in 'es'",
       [](Unit& u) { u.source_language = Language("es"); }},
      {"unit.source_language_code: no variant is in 'en-US'",
       [](Unit& u) { u.source_language = Language("en-US"); }},
      {"unit.origin.document: has 1025 bytes; the most is 1024",
       [](Unit& u) { u.origin.document.assign(1025, 'd'); }},
      {"unit.origin.previous: is not valid UTF-8 at byte 0",
       [](Unit& u) { u.origin.previous = "\xFF"; }},
      {"unit.origin.next: has 131073 bytes; the most is 131072",
       [](Unit& u) { u.origin.next.assign(131'073, 'n'); }},
      {"unit.origin.key: has 257 bytes; the most is 256",
       [](Unit& u) { u.origin.key.assign(257, 'k'); }},
      {"unit.state: is no state",
       [](Unit& u) { u.state = static_cast<UnitState>(4); }},
      {"unit.external_id: has 257 bytes; the most is 256",
       [](Unit& u) { u.external_id.assign(257, 'x'); }},
      {"unit.usage_count: is negative", [](Unit& u) { u.usage_count = -1; }},
      {"unit.attribution.creator: is not valid UTF-8 at byte 0",
       [](Unit& u) { u.attribution.creator = "\x80"; }},
      {"unit.attribution.creation_time: is not in the years 1 to 9999",
       [](Unit& u) {
         u.attribution.creation_micros = 253'402'300'800'000'000;
       }},
      {"unit.variants[1].attribution.change_time: is not in the years 1 to "
       "9999",
       [](Unit& u) {
         u.variants[1].attribution.change_micros = -62'135'596'800'000'001;
       }},
      {"unit.notes: has 257 entries; the most is 256",
       [](Unit& u) { u.notes.resize(257); }},
      {"unit.variants[0].notes[1]: has 65537 bytes; the most is 65536",
       [](Unit& u) {
         u.variants[0].notes = {"", std::string(65'537, 'n')};
       }},
      {"unit.properties: has 1025 entries; the most is 1024",
       [](Unit& u) { u.properties.resize(1025, {.type = "t"}); }},
      {"unit.properties[0].type: must not be empty",
       [](Unit& u) { u.properties = {{.value = "v"}}; }},
      {"unit.properties[0].type: has 257 bytes; the most is 256",
       [](Unit& u) { u.properties = {{.type = std::string(257, 't')}}; }},
      {"unit.variants[0].properties[0].value: has 65537 bytes; the most is "
       "65536",
       [](Unit& u) {
         u.variants[0].properties = {
             {.type = "t", .value = std::string(65'537, 'v')}};
       }},
  };
  for (const Case& c : kCases) {
    Unit unit = MakeUnit();
    c.spoil(unit);
    EXPECT_THAT(Problems(unit), ElementsAre(c.problem));
  }
}

TEST(ValidateUnit, LimitsAllBytesOfAUnit) {
  Unit unit = MakeUnit();
  const std::string text(kMaxTextBytes, 'a');
  for (int i = 0; i < 16; ++i) unit.variants.push_back(MakeVariant("es", text));
  EXPECT_THAT(Problems(unit),
              ElementsAre("unit.variants: the unit has 2097213 bytes in all; "
                          "the most is 2097152"));
}

TEST(ValidateUnit, ListsAllThatIsWrong) {
  Unit unit = MakeUnit();
  unit.variants[0].segment.text = "";
  unit.usage_count = -1;
  unit.notes = {"\xFF"};
  EXPECT_THAT(Problems(unit),
              ElementsAre("unit.variants[0].text: must not be empty",
                          "unit.usage_count: is negative",
                          "unit.notes[0]: is not valid UTF-8 at byte 0"));
}

TEST(ValidateUnit, AcceptsEveryLimitItself) {
  Unit unit = MakeUnit();
  unit.variants.resize(kMaxVariants, unit.variants[0]);
  unit.variants[0].segment.text.assign(kMaxTextBytes, 'a');
  unit.notes.resize(kMaxNotes);
  unit.properties.resize(kMaxProperties,
                         {.type = std::string(kMaxPropertyTypeBytes, 't')});
  unit.external_id.assign(kMaxNameBytes, 'x');
  unit.attribution.creation_micros = 253'402'300'799'999'999;
  unit.attribution.change_micros = -62'135'596'800'000'000;
  EXPECT_THAT(Problems(unit), IsEmpty());
}

std::vector<std::string> Problems(const Segment& segment) {
  std::vector<FieldViolation> violations;
  ValidateSegment(segment, "query.", violations);
  std::vector<std::string> problems;
  for (const FieldViolation& v : violations) {
    problems.push_back(v.field + ": " + v.description);
  }
  return problems;
}

Segment WithCode(InlineCode code) {
  return {.text = "a中b", .codes = {std::move(code)}};
}

TEST(ValidateSegment, ChecksEachCode) {
  using Kind = InlineCode::Kind;
  EXPECT_THAT(Problems(WithCode({.offset = 4})), IsEmpty());
  EXPECT_THAT(Problems(WithCode({.offset = 5})), IsEmpty());
  EXPECT_THAT(Problems(WithCode({.offset = 6})),
              ElementsAre("query.codes[0].offset: is behind the end of the "
                          "text"));
  EXPECT_THAT(Problems(WithCode({.offset = 2})),
              ElementsAre("query.codes[0].offset: is inside a character"));
  EXPECT_THAT(Problems(WithCode({.kind = Kind{0}})),
              ElementsAre("query.codes[0].kind: is not a kind of code"));
  EXPECT_THAT(Problems(WithCode({.kind = Kind{8}})),
              ElementsAre("query.codes[0].kind: is not a kind of code"));
  EXPECT_THAT(Problems(WithCode({.content = "\xFF"})),
              ElementsAre("query.codes[0].content: is not valid UTF-8 at byte "
                          "0"));
  EXPECT_THAT(Problems(WithCode({.attributes = {{.value = "1"}}})),
              ElementsAre("query.codes[0].attributes[0].type: must not be "
                          "empty"));
}

TEST(ValidateSegment, CountsAttributesToTheBytesOfACode) {
  InlineCode code = {.content = std::string(kMaxCodeBytes - 3, 'c'),
                     .attributes = {{.type = "i", .value = "12"}}};
  EXPECT_THAT(Problems(WithCode(code)), IsEmpty());
  code.content += 'c';
  EXPECT_THAT(Problems(WithCode(code)),
              ElementsAre("query.codes[0].content: has 65537 bytes; the most "
                          "is 65536"));
}

TEST(ValidateSegment, WantsCodesInOrder) {
  Segment segment = {.text = "abc", .codes = {{.offset = 2}, {.offset = 2}}};
  EXPECT_THAT(Problems(segment), IsEmpty());
  segment.codes.push_back({.offset = 1});
  EXPECT_THAT(Problems(segment),
              ElementsAre("query.codes[2].offset: is less than that of the "
                          "code before"));
}

TEST(ValidateSegment, LimitsCodes) {
  Segment segment = {.text = "a", .codes = std::vector<InlineCode>(4096)};
  EXPECT_THAT(Problems(segment), IsEmpty());
  segment.codes.emplace_back();
  EXPECT_THAT(Problems(segment),
              ElementsAre("query.codes: has 4097 entries; the most is 4096"));
}

TEST(SourceVariant, IsTheFirstOfTheSourceLanguage) {
  Unit unit = MakeUnit();
  unit.variants.push_back(MakeVariant("zh", "五月洪水"));
  EXPECT_EQ(SourceVariant(unit).segment.text, "Floods in May");
  unit.source_language = Language("zh");
  EXPECT_EQ(SourceVariant(unit).segment.text, "五月水灾");
  unit.source_language = Language("fr");
  EXPECT_EQ(SourceVariant(unit).segment.text, "Floods in May");
}

TEST(IsValidId, WantsLowerCaseLettersDigitsAndInnerHyphens) {
  for (std::string id : {"a", "7", "press-2026", "a--b", "0a"}) {
    EXPECT_TRUE(IsValidId(id)) << id;
  }
  for (std::string id :
       {"", "-", "-a", "a-", "A", "a_b", "a.b", "a/b", "ñ", "a b"}) {
    EXPECT_FALSE(IsValidId(id)) << id;
  }
  EXPECT_TRUE(IsValidId(std::string(63, 'a')));
  EXPECT_FALSE(IsValidId(std::string(64, 'a')));
}

}  // namespace
}  // namespace tercet
