#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/formats/unit_reader.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

FileContent ReadJson(std::string_view bytes) {
  return ReadAll(FileFormat::kJsonLines, bytes);
}

auto HasReason(std::string_view reason, int64_t line, bool skipped) {
  return AllOf(Field(&ReadProblem::reason, std::string(reason)),
               Field(&ReadProblem::line, line),
               Field(&ReadProblem::skipped, skipped));
}

TEST(JsonlReader, ReadsEveryField) {
  const FileContent content = ReadJson(
      R"({"id":"u1","source":"es","document":"d","previous":"p","next":"n",)"
      R"("key":"k","state":"aligned","usage_count":7,"creator":"anna",)"
      R"("created":"2026-11-23T09:15:37Z","changer":"ben",)"
      R"("changed":"1970-01-01T00:00:00.000001Z","notes":["x","y"],)"
      R"("properties":[{"type":"t","value":"v"}],"variants":[)"
      R"({"language":"en_us","text":"a中b","creator":"carl","notes":["z"],)"
      R"("properties":[{"type":"q","value":"w"}],"codes":[{"kind":"bpt",)"
      R"("offset":2,"content":"<b>","xml":true,"attributes":[{"type":"i",)"
      R"("value":"1"}]},{"kind":"/hi","offset":3}]},)"
      R"({"language":"es","text":"c"}]})");
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems, IsEmpty());

  Unit expected = MakeUnit({{"en-US", "a中b"}, {"es", "c"}});
  expected.external_id = "u1";
  expected.source_language = Tag("es");
  expected.origin = {.document = "d", .previous = "p", .next = "n", .key = "k"};
  expected.state = UnitState::kAligned;
  expected.usage_count = 7;
  expected.attribution = {.creator = "anna",
                          .creation_micros = 1'795'425'337'000'000,
                          .changer = "ben",
                          .change_micros = 1};
  expected.notes = {"x", "y"};
  expected.properties = {{"t", "v"}};
  Variant& english = expected.variants[0];
  english.attribution.creator = "carl";
  english.notes = {"z"};
  english.properties = {{"q", "w"}};
  english.segment.codes = {
      {.kind = InlineCode::Kind::kBeginPaired,
       .offset = 4,  // Bytes.
       .content = "<b>",
       .content_is_xml = true,
       .attributes = {{"i", "1"}}},
      {.kind = InlineCode::Kind::kHighlightEnd, .offset = 5}};
  EXPECT_THAT(content.values(), ElementsAre(expected));
}

TEST(JsonlReader, ReadsTheShortFormInItsOrder) {
  Unit unit = MakeUnit({{"zh-CN", "中"}, {"en", "a"}});
  unit.origin.document = "d";
  unit.external_id = "7";
  const FileContent content = ReadJson(
      "{\"zh_CN\":\"中\",\"document\":\"d\",\"en\":\"a\",\"es\":\"\","
      "\"id\":\"7\"}\n");
  EXPECT_THAT(content.values(), ElementsAre(unit));
  EXPECT_THAT(content.problems, IsEmpty());
}

TEST(JsonlReader, PassesOnWhatTheFileTellsOfItsSources) {
  const FileContent content = ReadJson(
      R"({"en":"a","zh":"b"})"
      "\n"
      R"({"problem":{"file":"a.html","reason":"PAGE_EMPTY","message":"m"}})"
      "\n"
      R"({"problem":{"file":"b.html","reason":"made up"}})"
      "\n"
      R"({"problem":"no object","en":"c"})");
  EXPECT_THAT(content.units, SizeIs(2));
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("PAGE_EMPTY", 2, false),
                          HasReason("FIELD_INVALID", 3, true),
                          HasReason("FIELD_UNKNOWN", 4, false)));
  EXPECT_EQ(content.problems[0].file, "a.html");
  EXPECT_EQ(content.problems[0].message, "m");
  EXPECT_TRUE(content.problems[0].of_file);
}

TEST(JsonlReader, DoesNotTakeEveryWordForALanguage) {
  const FileContent content =
      ReadJson("{\"en\":\"a\",\"comment\":\"b\",\"fr\":7}");
  EXPECT_THAT(content.values(), ElementsAre(MakeUnit({{"en", "a"}})));
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("FIELD_UNKNOWN", 1, false),
                          HasReason("FIELD_UNKNOWN", 1, false)));
}

TEST(JsonlReader, TakesSeveralTextsOfALanguage) {
  const FileContent content =
      ReadJson(R"({"en":"a","es":["b",null,"","c"],"kee":"k","zh":null})"
               "\n"
               R"({"en":"a","es":["b",7]})");
  EXPECT_THAT(content.values(),
              ElementsAre(MakeUnit({{"en", "a"}, {"es", "b"}, {"es", "c"}})));
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("FIELD_UNKNOWN", 1, false),
                          HasReason("FIELD_INVALID", 2, true)));
}

TEST(JsonlReader, WarnsOfAnUnknownFieldOnce) {
  const std::string line =
      R"({"colour":1,"variants":[{"language":"en","text":"a","size":2}]})";
  const FileContent content = ReadJson(line + "\n" + line + "\n");
  EXPECT_THAT(content.units, SizeIs(2));
  ASSERT_THAT(content.problems,
              ElementsAre(HasReason("FIELD_UNKNOWN", 1, false),
                          HasReason("FIELD_UNKNOWN", 1, false)));
  EXPECT_THAT(content.problems[0].message, HasSubstr("'colour'"));
  EXPECT_THAT(content.problems[1].message, HasSubstr("'variants.size'"));
}

TEST(JsonlReader, SkipsLinesThatAreNotUnits) {
  struct Case {
    std::string_view line;
    std::string_view reason;
    std::string_view message;
  } kCases[] = {
      {"hello", "LINE_INVALID", "no JSON object: 'hello'"},
      {"[1]", "LINE_INVALID", "no JSON object"},
      {"{\"en\":\"a\"", "LINE_INVALID", "no JSON object"},
      {"{\"en\":\"\\ud800\"}", "LINE_INVALID", "no JSON object"},
      {"]]]", "LINE_INVALID", "no JSON object"},
      {"{}", "UNIT_EMPTY", "no text"},
      {"{\"variants\":[]}", "UNIT_EMPTY", "no text"},
      {"{\"variants\":7}", "FIELD_INVALID", "'variants' is not an array"},
      {"{\"variants\":[7]}", "FIELD_INVALID", "'variants' is not an array"},
      {"{\"variants\":[{\"text\":\"a\"}]}", "LANGUAGE_MISSING",
       "no 'language'"},
      {"{\"variants\":[{\"language\":\"?\"}]}", "LANGUAGE_INVALID", "'?'"},
      {"{\"variants\":[{\"language\":1}]}", "FIELD_INVALID",
       "'variants.language' is not a string"},
      {"{\"id\":1,\"en\":\"a\"}", "FIELD_INVALID", "'id' is not a string"},
      {"{\"usage_count\":-1}", "FIELD_INVALID", "'usage_count' is not a count"},
      {"{\"usage_count\":18446744073709551615}", "FIELD_INVALID",
       "not a count"},
      {"{\"state\":\"done\"}", "FIELD_INVALID", "one of aligned"},
      {"{\"created\":\"soon\"}", "FIELD_INVALID", "a date such as"},
      {"{\"notes\":\"n\"}", "FIELD_INVALID", "'notes' is not an array"},
      {"{\"notes\":[1]}", "FIELD_INVALID", "'notes' is not a string"},
      {"{\"properties\":[[]]}", "FIELD_INVALID", "'properties' is not"},
  };
  for (const Case& c : kCases) {
    const FileContent content =
        ReadJson(std::string(c.line) + "\n{\"en\":\"a\"}");
    EXPECT_THAT(content.end, IsOk()) << c.line;
    EXPECT_THAT(content.problems, ElementsAre(HasReason(c.reason, 1, true)))
        << c.line;
    EXPECT_THAT(content.problems.at(0).message,
                HasSubstr(std::string(c.message)));
    EXPECT_THAT(content.values(), ElementsAre(MakeUnit({{"en", "a"}})));
  }
}

TEST(JsonlReader, SkipsUnitsWithBadCodes) {
  struct Case {
    std::string_view codes;
    std::string_view message;
  } kCases[] = {
      {"7", "not an array"},
      {"[7]", "not an array of objects"},
      {"[{\"kind\":\"ph\",\"offset\":2}]", "behind the end"},
      {"[{\"kind\":\"ph\",\"offset\":-1}]", "a count of code points"},
      {"[{\"kind\":\"ph\",\"offset\":1},{\"kind\":\"ph\"}]", "in order"},
      {"[{\"offset\":0}]", "one of bpt"},
      {"[{\"kind\":\"hi \"}]", "one of bpt"},
      {"[{\"kind\":\"ph\",\"xml\":1}]", "true or false"},
      {"[{\"kind\":\"ph\",\"content\":1}]", "not a string"},
  };
  for (const Case& c : kCases) {
    const FileContent content = ReadJson(
        "{\"variants\":[{\"language\":\"en\",\"text\":\"中\",\"codes\":" +
        std::string(c.codes) + "}]}");
    EXPECT_THAT(content.units, IsEmpty()) << c.codes;
    ASSERT_THAT(content.problems,
                ElementsAre(HasReason("FIELD_INVALID", 1, true)));
    EXPECT_THAT(content.problems[0].message, HasSubstr(std::string(c.message)));
  }
}

TEST(JsonlReader, LeavesOutVariantsWithoutText) {
  const FileContent content = ReadJson(
      R"({"variants":[{"language":"en","text":""},{"language":"es","text":"a"}]})");
  EXPECT_THAT(content.values(), ElementsAre(MakeUnit({{"es", "a"}})));
  EXPECT_THAT(content.problems, ElementsAre(HasReason("TEXT_EMPTY", 1, false)));
}

TEST(JsonlReader, RefusesLinesThatWouldTakeMuchMemoryOrTime) {
  std::string many_members = "{";
  for (int i = 0; i < 300'000; ++i) {
    many_members += "\"k" + std::to_string(i) + "\":0,";
  }
  std::string many_values = "{\"notes\":[";
  for (int i = 0; i < 2'000'000; ++i) many_values += "0,";
  for (const std::string& line :
       {std::string(1'000'000, '['), many_members, many_values}) {
    const FileContent content = ReadJson(line + "\n{\"en\":\"a\"}\n");
    EXPECT_THAT(content.problems,
                ElementsAre(HasReason("LINE_INVALID", 1, true)));
    EXPECT_THAT(content.units, SizeIs(1));
  }
}

TEST(JsonlReader, GoesOnBehindALineThatIsTooLong) {
  const std::string line = "{\"en\":\"" + std::string(17 << 20, 'x') + "\"}\n";
  const FileContent content = ReadJson(line + "{\"en\":\"a\"}\n");
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("LINE_TOO_LONG", 1, true)));
  EXPECT_THAT(content.units, SizeIs(1));
}

TEST(JsonlReader, AllowsBlankLinesAndAnEmptyFile) {
  EXPECT_THAT(ReadJson("").items, IsEmpty());
  EXPECT_THAT(ReadJson("\n \t\r\n").items, IsEmpty());
}

}  // namespace
}  // namespace tercet
