#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/formats/tmx_segment.h"
#include "service/formats/unit_writer.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using Kind = InlineCode::Kind;

std::string WriteTmx(const std::vector<Unit>& units,
                     WriterOptions options = {}) {
  return WriteAll(FileFormat::kTmx, units, std::move(options));
}

std::string WriteSeg(const Segment& segment) {
  std::string out;
  AppendTmxSegment(out, segment);
  return out;
}

TEST(TmxWriter, WritesAFileThatPeopleCanRead) {
  Unit unit = MakeUnit({{"en", "Trade & \"peace\""}, {"zh-CN", "贸易"}});
  unit.source_language = Tag("en");
  unit.external_id = "u1";
  unit.usage_count = 3;
  unit.state = UnitState::kAligned;
  unit.origin.document = "press/1";
  unit.attribution = {.creator = "anna",
                      .creation_micros = 1'795'425'337'000'000,
                      .changer = "ben"};
  unit.notes = {"a note"};
  unit.properties = {{"domain", "press"}};
  unit.variants[1].notes = {"checked"};
  unit.variants[1].properties = {{"p", "v"}};
  EXPECT_EQ(WriteTmx({unit}, {.tool_version = "0.1.0"}),
            R"(<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="tercet" creationtoolversion="0.1.0" segtype="sentence" o-tmf="tercet" adminlang="en" datatype="plaintext" srclang="*all*"/>
  <body>
    <tu tuid="u1" srclang="en" usagecount="3" creationdate="20261123T091537Z" creationid="anna" changeid="ben">
      <note>a note</note>
      <prop type="x-document">press/1</prop>
      <prop type="x-tercet-state">aligned</prop>
      <prop type="domain">press</prop>
      <tuv xml:lang="en">
        <seg>Trade &amp; "peace"</seg>
      </tuv>
      <tuv xml:lang="zh-CN">
        <note>checked</note>
        <prop type="p">v</prop>
        <seg>贸易</seg>
      </tuv>
    </tu>
  </body>
</tmx>
)");
}

TEST(TmxWriter, WritesAValidFileWithoutUnits) {
  const FileContent content = ReadAll(FileFormat::kTmx, WriteTmx({}));
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.items, IsEmpty());
}

TEST(TmxWriter, UsesTheUnitsIdWhereItHasNoOther) {
  class Sink final : public ByteSink {
   public:
    Status Write(std::string_view bytes) override {
      written += bytes;
      return OkStatus();
    }
    std::string written;
  } sink;
  const Unit unit = MakeUnit({{"en", "a"}});
  EXPECT_THAT(MakeWriter(FileFormat::kTmx, {}, sink)
                  ->Write({.id = "0k3", .unit = unit}),
              IsOk());
  EXPECT_THAT(sink.written, HasSubstr("<tu tuid=\"0k3\">"));
}

TEST(TmxWriter, GivesTheSinksError) {
  class Sink final : public ByteSink {
   public:
    Status Write(std::string_view) override {
      return MakeError(StatusCode::kUnavailable, "full", {.reason = "FULL"});
    }
  } sink;
  const Unit unit = MakeUnit({{"en", "a"}});
  const auto writer = MakeWriter(FileFormat::kTmx, {}, sink);
  EXPECT_THAT(writer->Write({.unit = unit}), ReasonIs("FULL"));
  EXPECT_THAT(writer->Finish(), ReasonIs("FULL"));
}

TEST(TmxWriter, LeavesOutLanguagesThatAreNotWanted) {
  Unit mixed = MakeUnit({{"es", "a"}, {"en", "b"}, {"zh", "c"}});
  mixed.source_language = Tag("es");
  const Unit spanish = MakeUnit({{"es", "d"}});
  const std::string file =
      WriteTmx({mixed, spanish}, {.languages = {Tag("zh"), Tag("en")}});
  EXPECT_THAT(file, HasSubstr("datatype=\"plaintext\" srclang=\"zh\""));
  EXPECT_THAT(ReadAll(FileFormat::kTmx, file).values(),
              ::testing::ElementsAre(MakeUnit({{"en", "b"}, {"zh", "c"}})));
}

TEST(TmxWriter, WritesCharactersThatXmlCannotHoldAsCodes) {
  EXPECT_EQ(WriteSeg({.text = std::string("a\0b\x1F\uFFFE", 7)}),
            "a<ph type=\"x-tercet-char\">U+0000</ph>b"
            "<ph type=\"x-tercet-char\">U+001F</ph>"
            "<ph type=\"x-tercet-char\">U+FFFE</ph>");
}

TEST(TmxWriter, KeepsHighlightsNested) {
  // An end too many, and a begin too many.
  EXPECT_EQ(WriteSeg({.text = "abc",
                      .codes = {{.kind = Kind::kHighlightEnd},
                                {.kind = Kind::kHighlightBegin, .offset = 1},
                                {.kind = Kind::kHighlightBegin, .offset = 2},
                                {.kind = Kind::kHighlightEnd, .offset = 3}}}),
            "a<hi>b<hi>c</hi></hi>");
}

TEST(TmxWriter, WritesNothingThatWouldBreakTheFile) {
  InlineCode code{.kind = Kind::kPlaceholder,
                  .attributes = {{"i", "1"},
                                 {"i", "2"},
                                 {"not a name", "3"},
                                 {"ex:a", "4"},
                                 {"x", "<\">"}}};
  struct Case {
    std::string_view content;
    std::string_view written;
  } kCases[] = {
      {"<sub>a &amp; b</sub>", "<sub>a &amp; b</sub>"},
      {"<sub>", "&lt;sub&gt;"},
      {"</ph><ph>", "&lt;/ph&gt;&lt;ph&gt;"},
      {"</c><c>", "&lt;/c&gt;&lt;c&gt;"},
      {"&nope;", "&amp;nope;"},
      {"<!--", "&lt;!--"},
      {"\x07", "␇"},
  };
  for (const Case& c : kCases) {
    code.content = c.content;
    code.content_is_xml = true;
    EXPECT_EQ(
        WriteSeg({.codes = {code}}),
        "<ph i=\"1\" x=\"&lt;&quot;&gt;\">" + std::string(c.written) + "</ph>");
  }
}

TEST(TmxWriter, StaysReadableWhateverAUnitHolds) {
  Unit unit = MakeUnit({{"en", "a\xFF\x01z"}});
  unit.external_id = std::string("\0\"<", 3);
  unit.notes = {"\x1B[0m"};
  unit.properties = {{"\"><", "\xF0\x9F"}};
  unit.attribution.creation_micros = INT64_MAX;
  std::vector<InlineCode>& codes = unit.variants[0].segment.codes;
  codes.resize(1000, {.kind = Kind::kHighlightBegin});
  codes.push_back({.kind = Kind::kBeginPaired, .offset = 4'000'000'000});
  const FileContent content =
      ReadAll(FileFormat::kTmx, WriteTmx({unit, MakeUnit({{"es", "b"}})}));
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems, IsEmpty());
  ASSERT_THAT(content.units, SizeIs(2));
  EXPECT_EQ(content.units[0].unit.notes, std::vector<std::string>{"␛[0m"});
}

TEST(TmxWriter, TellsPropertiesFromFields) {
  // The unit has no document, only a property of that type.
  Unit unit = MakeUnit({{"en", "a"}});
  unit.properties = {{"x-document", "d"}, {"x-tercet-state", "draft"}};
  const std::string file = WriteTmx({unit});
  EXPECT_THAT(file, HasSubstr("<prop type=\"x-document\"></prop>"));
  EXPECT_THAT(file, Not(HasSubstr("x-context-pre")));
  EXPECT_THAT(ReadAll(FileFormat::kTmx, file).values(),
              ::testing::ElementsAre(unit));
}

}  // namespace
}  // namespace tercet
