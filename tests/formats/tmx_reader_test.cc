#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/formats/unit_reader.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Kind = InlineCode::Kind;

FileContent ReadTmx(std::string_view bytes) {
  return ReadAll(FileFormat::kTmx, bytes);
}

FileContent ReadBody(std::string_view body) { return ReadTmx(TmxWith(body)); }

// The only unit of a body without problems.
Unit ReadOne(std::string_view body) {
  const FileContent content = ReadBody(body);
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems, IsEmpty()) << content.problems.at(0).message;
  EXPECT_THAT(content.units, SizeIs(1));
  return content.units.empty() ? Unit() : content.units[0].unit;
}

// The segment of a unit with this in its only `seg`.
Segment ReadSeg(std::string_view seg) {
  const Unit unit = ReadOne("<tu><tuv xml:lang='en'><seg>" + std::string(seg) +
                            "</seg></tuv></tu>");
  return unit.variants.empty() ? Segment() : unit.variants[0].segment;
}

auto HasReason(std::string_view reason, int64_t line, bool skipped) {
  return AllOf(Field(&ReadProblem::reason, std::string(reason)),
               Field(&ReadProblem::line, line),
               Field(&ReadProblem::skipped, skipped));
}

TEST(TmxReader, ReadsEveryFieldOfAUnit) {
  const Unit unit = ReadOne(R"(
    <tu tuid="u1" usagecount="7" creationdate="20260417T120000Z"
        creationid="anna" changedate="2026-04-18T12:00:00Z" changeid="ben"
        srclang="es">
      <prop type="x-tercet-state">draft</prop>
      <note>first</note><prop type="domain">press</prop>
      <prop type="x-document">press/1</prop><note xml:lang="en">second</note>
      <prop type="x-context-pre">before</prop>
      <prop type="x-context-post">after</prop>
      <prop type="x-context-key">k1</prop>
      <prop type="domain">trade</prop><prop type="x-document">press/2</prop>
      <tuv xml:lang="en_us" changeid="carl" changedate="20260419T000000Z">
        <note>for us</note><prop type="p">1</prop><seg>Hello</seg>
      </tuv>
      <tuv lang="ES" creationid="dora"><seg>Hola</seg></tuv>
    </tu>)");
  Unit expected = MakeUnit({{"en-US", "Hello"}, {"es", "Hola"}});
  expected.source_language = Tag("es");
  expected.external_id = "u1";
  expected.usage_count = 7;
  expected.state = UnitState::kDraft;
  expected.attribution = {.creator = "anna",
                          .creation_micros = 1'776'427'200'000'000,
                          .changer = "ben",
                          .change_micros = 1'776'513'600'000'000};
  expected.notes = {"first", "second"};
  expected.origin = {.document = "press/1",
                     .previous = "before",
                     .next = "after",
                     .key = "k1"};
  expected.properties = {
      {"domain", "press"}, {"domain", "trade"}, {"x-document", "press/2"}};
  expected.variants[0].attribution = {.changer = "carl",
                                      .change_micros = 1'776'556'800'000'000};
  expected.variants[0].notes = {"for us"};
  expected.variants[0].properties = {{"p", "1"}};
  expected.variants[1].attribution.creator = "dora";
  EXPECT_EQ(unit, expected);
}

TEST(TmxReader, KeepsWhiteSpaceInSegments) {
  EXPECT_EQ(ReadSeg(" a\n\t b&#13;\u00A0\u3000 ").text,
            " a\n\t b\r\u00A0\u3000 ");
}

TEST(TmxReader, JoinsTextAroundCommentsReferencesAndCdata) {
  EXPECT_EQ(ReadSeg("a<!-- x -->b<?pi?>&#x4E2D;&lt;<![CDATA[<c>]]>").text,
            "ab中<<c>");
}

TEST(TmxReader, ReadsInlineCodesWithTheirAttributesInOrder) {
  const Segment segment = ReadSeg(
      "Día <bpt i='1' x='2' type='bold'>&lt;b></bpt>中<ept i='1'>&lt;/b></ept>"
      "<ph x='3' assoc='p'/><it pos='begin' x='4'>[</it><ut>u</ut>.");
  EXPECT_EQ(segment.text, "Día 中.");
  EXPECT_THAT(
      segment.codes,
      ElementsAre(
          InlineCode{.kind = Kind::kBeginPaired,
                     .offset = 5,
                     .content = "<b>",
                     .attributes = {{"i", "1"}, {"x", "2"}, {"type", "bold"}}},
          InlineCode{.kind = Kind::kEndPaired,
                     .offset = 8,
                     .content = "</b>",
                     .attributes = {{"i", "1"}}},
          InlineCode{.kind = Kind::kPlaceholder,
                     .offset = 8,
                     .attributes = {{"x", "3"}, {"assoc", "p"}}},
          InlineCode{.kind = Kind::kIsolated,
                     .offset = 8,
                     .content = "[",
                     .attributes = {{"pos", "begin"}, {"x", "4"}}},
          InlineCode{.kind = Kind::kUnknownTag, .offset = 8, .content = "u"}));
}

TEST(TmxReader, KeepsTheTextOfHighlights) {
  const Segment segment = ReadSeg("a <hi type='b'>b <hi>c</hi></hi> d");
  EXPECT_EQ(segment.text, "a b c d");
  EXPECT_THAT(
      segment.codes,
      ElementsAre(InlineCode{.kind = Kind::kHighlightBegin,
                             .offset = 2,
                             .attributes = {{"type", "b"}}},
                  InlineCode{.kind = Kind::kHighlightBegin, .offset = 4},
                  InlineCode{.kind = Kind::kHighlightEnd, .offset = 5},
                  InlineCode{.kind = Kind::kHighlightEnd, .offset = 5}));
}

TEST(TmxReader, KeepsTheXmlOfSubflows) {
  const Segment segment = ReadSeg(
      "See<ph x='1'>&lt;img alt='<sub datatype='html'>A <hi>red</hi> "
      "&amp;</sub>'></ph>");
  EXPECT_EQ(segment.text, "See");
  ASSERT_THAT(segment.codes, SizeIs(1));
  EXPECT_TRUE(segment.codes[0].content_is_xml);
  EXPECT_EQ(segment.codes[0].content,
            "&lt;img alt='<sub datatype=\"html\">A <hi>red</hi> &amp;</sub>'"
            "&gt;");
}

TEST(TmxReader, ReadsCharactersThatXmlCannotHold) {
  const Segment segment = ReadSeg(
      "a<ph type='x-tercet-char'>U+0007</ph>b"
      "<ph type='x-tercet-char'>U+0041</ph>");
  EXPECT_EQ(segment.text,
            "a\x07"
            "b");
  EXPECT_THAT(segment.codes, SizeIs(1));  // `A` needs no such code.
}

TEST(TmxReader, KeepsUnknownElementsAsInlineCodes) {
  const FileContent content = ReadBody(
      "<tu><tuv xml:lang='en'><seg>a <g id='1'>b</g> c\n<x/></seg></tuv></tu>");
  ASSERT_THAT(content.units, SizeIs(1));
  const Segment& segment = content.units[0].unit.variants[0].segment;
  EXPECT_EQ(segment.text, "a b c\n");
  EXPECT_THAT(segment.codes,
              ElementsAre(InlineCode{.kind = InlineCode::Kind::kBeginPaired,
                                     .offset = 2,
                                     .content = "<g id='1'>",
                                     .attributes = {{"i", "1001"}}},
                          InlineCode{.kind = InlineCode::Kind::kEndPaired,
                                     .offset = 3,
                                     .content = "</g>",
                                     .attributes = {{"i", "1001"}}},
                          InlineCode{.kind = InlineCode::Kind::kPlaceholder,
                                     .offset = 6,
                                     .content = "<x/>"}));
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("ELEMENT_UNKNOWN", 4, false),
                          HasReason("ELEMENT_UNKNOWN", 5, false)));
}

TEST(TmxReader, TakesTextDirectlyInAVariant) {
  const FileContent content =
      ReadBody("<tu><tuv xml:lang='en'>\n  Trade <b>rose\n</b></tuv></tu>");
  ASSERT_THAT(content.units, SizeIs(1));
  EXPECT_EQ(content.units[0].unit.variants[0].segment.text, "Trade");
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("ELEMENT_UNKNOWN", 5, false),
                          HasReason("ELEMENT_MISPLACED", 4, false)));
}

TEST(TmxReader, SkipsAUnitThatIsNestedTooDeep) {
  std::string deep = "<tu><tuv xml:lang='en'><seg>a";
  for (int i = 0; i < 5000; ++i) deep += "<hi>";
  for (int i = 0; i < 5000; ++i) deep += "</hi>";
  const FileContent content =
      ReadBody(deep + "</seg></tuv></tu>\n" +
               "<tu><tuv xml:lang='en'><seg>b</seg></tuv></tu>");
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.units, SizeIs(1));
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("UNIT_TOO_DEEP", 4, true)));
}

TEST(TmxReader, ReadsFilesThatWerePutOneBehindTheOther) {
  const std::string file =
      TmxWith("<tu><tuv xml:lang='es'><seg>a</seg></tuv></tu>");
  const FileContent content = ReadTmx(file + file);
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.units, SizeIs(2));
}

TEST(TmxReader, ReadsTheContextOfOtherTools) {
  struct Case {
    std::string_view tool;
    std::string_view properties;  // Of the unit.
    std::string_view of_variant;
    Origin origin;
  };
  const Case kCases[] = {
      {"memoQ",
       "<prop type='x-document'>d.docx</prop>",
       "<prop type='x-context-pre'>&lt;seg&gt;A &lt;bpt i='1'&gt;{}&lt;/bpt&gt;"
       "&amp;amp; B&lt;/seg&gt;</prop>"
       "<prop type='x-context-post'>&lt;seg&gt;C&lt;/seg&gt;</prop>",
       {.document = "d.docx", .previous = "A & B", .next = "C"}},
      {"Phrase",
       "",
       "<prop type='context_prev'>A</prop><prop type='context_next'>B</prop>"
       "<prop type='filename'>f.html</prop>",
       {.document = "f.html", .previous = "A", .next = "B"}},
      {"XTM",
       "<prop type='x-previous-source-text'>A</prop>"
       "<prop type='x-next-source-text'>B</prop>",
       "",
       {.previous = "A", .next = "B"}},
      {"Trados",
       "<prop type='x-Context'>1, 2</prop>"
       "<prop type='x-ContextContent'>A | s | x</prop>"
       "<prop type='x-IdContext:MultipleString'>id7</prop>",
       "",
       {.previous = "A", .key = "id7"}},
      {"OmegaT",
       "<prop type='file'>f</prop><prop type='id'>i</prop>"
       "<prop type='prev'>A</prop><prop type='next'>B</prop>",
       "",
       {.document = "f", .previous = "A", .next = "B", .key = "i"}},
      {"OpenTM2",
       "<prop type='tmgr:docname'>d</prop><prop type='tmgr:context'>c</prop>",
       "",
       {.document = "d", .key = "c"}},
      {"translate-toolkit",
       "<prop type='x-context'>c</prop>",
       "",
       {.key = "c"}},
  };
  for (const Case& c : kCases) {
    const std::string body = fmt::format(
        "<tu>{}<tuv xml:lang='en'>{}<seg>s</seg></tuv>"
        "<tuv xml:lang='es'><seg>t</seg></tuv></tu>",
        c.properties, c.of_variant);
    const FileContent content = ReadBody(body);
    ASSERT_THAT(content.units, SizeIs(1)) << c.tool;
    const Unit& unit = content.units[0].unit;
    EXPECT_EQ(unit.origin, c.origin) << c.tool;
    // They are written again, beside ours, and mean the same.
    EXPECT_THAT(
        ReadAll(FileFormat::kTmx, WriteAll(FileFormat::kTmx, {unit})).values(),
        ElementsAre(unit))
        << c.tool;
  }
}

TEST(TmxReader, LeavesOutWhatStandsInTheWrongPlace) {
  const FileContent content = ReadBody(
      "<tu><foo>x</foo><tuv xml:lang='en'><seg>a<prop type='p'>1</prop></seg>\n"
      "<seg>b</seg></tuv></tu>");
  ASSERT_THAT(content.units, SizeIs(1));
  EXPECT_EQ(content.units[0].unit, [] {
    Unit unit = MakeUnit({{"en", "a"}});
    unit.source_language = Tag("en");
    return unit;
  }());
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("ELEMENT_UNKNOWN", 4, false),
                          HasReason("ELEMENT_MISPLACED", 4, false),
                          HasReason("ELEMENT_MISPLACED", 5, false)));
}

TEST(TmxReader, ResolvesTheSourceLanguage) {
  struct Case {
    std::string_view header;
    std::string_view unit;
    std::string_view source;
  } kCases[] = {
      {"srclang='es'", "", "es"},
      {"srclang='es'", "srclang='EN-us'", "en-US"},
      {"srclang='en'", "", "en-US"},
      {"srclang='es-MX'", "", "es"},
      {"srclang='e'", "", ""},
      {"srclang='*all*'", "", ""},
      {"srclang='es'", "srclang='*all*'", ""},
      {"srclang='de'", "", ""},
      {"", "", ""},
  };
  for (const Case& c : kCases) {
    const FileContent content = ReadTmx(
        "<tmx><header " + std::string(c.header) + "/><body><tu " +
        std::string(c.unit) +
        "><tuv xml:lang='en-US'><seg>a</seg></tuv><tuv xml:lang='es'><seg>b"
        "</seg></tuv></tu></body></tmx>");
    ASSERT_THAT(content.units, SizeIs(1));
    EXPECT_EQ(content.units[0].unit.source_language.code(), c.source)
        << c.header << " " << c.unit;
  }
}

TEST(TmxReader, FindsTheLanguageWhereverItIsSaid) {
  for (const std::string_view attributes :
       {"xml:lang='es'", "lang='es'", "lang='x' xml:lang='es'",
        "xml:lang='' lang='es'", "xml:lang=' ES\n'", "XML:LANG='ES'",
        "LANG='spa'"}) {
    const FileContent content = ReadBody("<tu><tuv " + std::string(attributes) +
                                         "><seg>a</seg></tuv></tu>");
    EXPECT_THAT(content.values(), ElementsAre(MakeUnit({{"es", "a"}})))
        << attributes;
    EXPECT_THAT(content.problems, IsEmpty()) << attributes;
  }
}

TEST(TmxReader, LeavesOutVariantsThatCannotBeUsed) {
  const FileContent content = ReadBody(
      "<tu>\n"
      "<tuv><seg>a</seg></tuv>\n"
      "<tuv xml:lang='not a language'><seg>b</seg></tuv>\n"
      "<tuv xml:lang='es'><seg/></tuv>\n"
      "<tuv xml:lang='fr'/>\n"
      "<tuv xml:lang='zh'><seg>c</seg></tuv></tu>");
  EXPECT_THAT(content.values(), ElementsAre(MakeUnit({{"zh", "c"}})));
  EXPECT_EQ(content.units[0].line, 4);
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("LANGUAGE_MISSING", 5, false),
                          HasReason("LANGUAGE_INVALID", 6, false),
                          HasReason("TEXT_EMPTY", 7, false),
                          HasReason("TEXT_EMPTY", 8, false)));
}

TEST(TmxReader, TakesDefaultLanguagesForMissingOnes) {
  const std::string file = TmxWith(
      "<tu><tuv><seg>a</seg></tuv><tuv><seg>b</seg></tuv></tu>\n"
      "<tu><tuv><seg>c</seg></tuv><tuv lang='en'><seg>d</seg></tuv></tu>\n"
      "<tu><tuv><seg>e</seg></tuv><tuv><seg>f</seg></tuv>"
      "<tuv><seg>g</seg></tuv></tu>");
  const std::unique_ptr<ByteSource> source = MakeStringSource(file);
  const FileContent content = ReadAll(
      FileFormat::kTmx, *source, {.default_languages = {Tag("en"), Tag("zh")}});
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems,
              ElementsAre(Field(&ReadProblem::reason, "LANGUAGE_MISSING")));
  ASSERT_EQ(content.units.size(), 3U);
  EXPECT_EQ(content.units[0].unit.variants,
            MakeUnit({{"en", "a"}, {"zh", "b"}}).variants);
  EXPECT_EQ(content.units[1].unit.variants,
            MakeUnit({{"zh", "c"}, {"en", "d"}}).variants);
  EXPECT_EQ(content.units[1].unit.source_language, Tag("en"));
  EXPECT_EQ(content.units[2].unit.variants,
            MakeUnit({{"en", "e"}, {"zh", "f"}}).variants);
}

TEST(TmxReader, SkipsUnitsWithoutAVariant) {
  const FileContent content = ReadBody(
      "<tu/>\n<tu tuid='x7'><tuv><seg>a</seg></tuv></tu>\n"
      "<tu><tuv xml:lang='es'><seg>b</seg></tuv></tu>");
  EXPECT_THAT(content.units, SizeIs(1));
  EXPECT_THAT(content.problems, ElementsAre(HasReason("UNIT_EMPTY", 4, true),
                                            HasReason("UNIT_EMPTY", 5, true)));
  EXPECT_THAT(content.problems[1].message, HasSubstr("without a language"));
  EXPECT_EQ(content.problems[1].unit_id, "x7");
}

TEST(TmxReader, KeepsUnitsWithBadDatesAndCounts) {
  const FileContent content = ReadBody(
      "<tu creationdate='yesterday' changedate='20260230T000000Z' "
      "usagecount='-1'><tuv xml:lang='fr' creationdate=''><seg>a</seg></tuv>"
      "</tu>");
  EXPECT_THAT(content.values(), ElementsAre(MakeUnit({{"fr", "a"}})));
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("USAGE_COUNT_INVALID", 4, false),
                          HasReason("DATE_INVALID", 4, false),
                          HasReason("DATE_INVALID", 4, false),
                          HasReason("DATE_INVALID", 4, false)));
}

TEST(TmxReader, WarnsOfEntitiesThatAFileDeclares) {
  const FileContent content = ReadTmx(
      "<!DOCTYPE tmx [<!ENTITY co 'ACME'>]><tmx><body>\n"
      "<tu tuid='a&no;'><tuv xml:lang='es'><seg>&co; a&ntilde;o</seg></tuv>"
      "</tu></body></tmx>");
  Unit expected = MakeUnit({{"es", " año"}});
  expected.external_id = "a&no;";
  EXPECT_THAT(content.values(), ElementsAre(expected));
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("ENTITY_UNKNOWN", 2, false),
                          HasReason("ENTITY_UNKNOWN", 2, false)));
}

TEST(TmxReader, ReadsUpperCaseAndPrefixedElements) {
  for (std::string_view file :
       {"<TMX><BODY><TU><TUV LANG='x' lang='es'><SEG>a</SEG></TUV></TU></BODY>"
        "</TMX>",
        "<tmx><body><tu><tuv Xml:Lang='Spanish'><seg>a</seg></tuv></tu></body>"
        "</tmx>",
        "<tmx><body><tu><tuv Lang='es'><seg>a</seg></tuv></tu></body></tmx>",
        "<t:tmx xmlns:t='urn:tmx'><t:body><t:tu><t:tuv xml:lang='es'><t:seg>a"
        "</t:seg></t:tuv></t:tu></t:body></t:tmx>"}) {
    EXPECT_THAT(ReadTmx(file).values(), ElementsAre(MakeUnit({{"es", "a"}})))
        << file;
  }
}

TEST(TmxReader, PassesOverTheHeadersContent) {
  const FileContent content = ReadTmx(
      "<tmx><header srclang='en'><note>n</note><prop type='p'>v</prop>"
      "<ude name='u'><map unicode='#xF8FF'/></ude></header><body>"
      "<tu><tuv xml:lang='es'><seg>a</seg></tuv></tu></body></tmx>");
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems, IsEmpty());
  EXPECT_THAT(content.values(), ElementsAre(MakeUnit({{"es", "a"}})));
}

TEST(TmxReader, ReturnsAllUnitsBeforeTheBadPlace) {
  const std::string good = "<tu><tuv xml:lang='fr'><seg>a</seg></tuv></tu>\n";
  const FileContent content =
      ReadTmx("<tmx><body>\n" + good + good + "<tu><tuv xml:lang='fr'><seg>a");
  EXPECT_THAT(content.units, SizeIs(2));
  EXPECT_THAT(content.end, ReasonIs("FILE_MALFORMED"));
  EXPECT_THAT(content.end, StatusIs(StatusCode::kInvalidArgument,
                                    HasSubstr("line 4, byte")));
}

TEST(TmxReader, RepeatsItsError) {
  const std::unique_ptr<ByteSource> source = MakeStringSource("<tmx>");
  const std::unique_ptr<UnitReader> reader =
      MakeReader(FileFormat::kTmx, *source);
  EXPECT_THAT(reader->Next(), ReasonIs("FILE_MALFORMED"));
  EXPECT_THAT(reader->Next(), ReasonIs("FILE_MALFORMED"));
}

TEST(TmxReader, RefusesOtherFiles) {
  EXPECT_THAT(ReadTmx("<html><body>502 Bad Gateway</body></html>").end,
              StatusIs(StatusCode::kInvalidArgument,
                       HasSubstr("begins with <html>, not <tmx>")));
  EXPECT_THAT(ReadTmx("").end, StatusIs(StatusCode::kInvalidArgument,
                                        HasSubstr("the file is empty")));
}

TEST(TmxReader, GivesTheSourcesErrorAfterTheUnitsBeforeIt) {
  const std::string file =
      TmxWith("<tu><tuv xml:lang='fr'><seg>a</seg></tuv></tu>");
  FailingSource source(file);
  const FileContent content = ReadAll(FileFormat::kTmx, source);
  EXPECT_THAT(content.units, SizeIs(1));
  EXPECT_THAT(content.end, ReasonIs("DISK_GONE"));
}

// Gives a unit with variants without end, then a good unit.
class HugeUnit final : public ByteSource {
 public:
  StatusOr<std::string_view> Read() override {
    switch (step_++) {
      case 0:
        return std::string_view("<tmx><body><tu>");
      case 1001:
        return std::string_view(
            "</tu><tu><tuv xml:lang='fr'><seg>a</seg></tuv></tu></body></tmx>");
      case 1002:
        return std::string_view();
      default:
        return std::string_view(kVariant);
    }
  }

 private:
  const std::string kVariant =
      "<tuv xml:lang='en'><seg>" + std::string(100'000, 'x') + "</seg></tuv>";
  int step_ = 0;
};

TEST(TmxReader, SkipsAUnitThatIsTooLarge) {
  HugeUnit source;
  const FileContent content = ReadAll(FileFormat::kTmx, source);
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems,
              ElementsAre(HasReason("UNIT_TOO_LARGE", 1, true)));
  EXPECT_THAT(content.values(), ElementsAre(MakeUnit({{"fr", "a"}})));
}

}  // namespace
}  // namespace tercet
