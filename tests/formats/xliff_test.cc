// The reader of XLIFF, and the filling of XLIFF files.
#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/formats/readers.h"
#include "tests/formats/bilingual_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Kind = InlineCode::Kind;

std::string Xliff1(std::string_view body) {
  return "<?xml version=\"1.0\"?>\n<xliff version=\"1.2\"><file "
         "original=\"a.html\" source-language=\"en\" target-language=\"es\">"
         "<body>\n" +
         std::string(body) + "\n</body></file></xliff>\n";
}

std::string Xliff2(std::string_view body) {
  return "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" "
         "version=\"2.0\" srcLang=\"en\" trgLang=\"zh\"><file id=\"f\" "
         "original=\"a.html\">\n" +
         std::string(body) + "\n</file></xliff>";
}

BilingualContent ReadXliff(std::string_view bytes,
                           const FillSegment& fill = {}) {
  return ReadBilingual(FileFormat::kXliff, bytes, fill, 11);
}

TEST(XliffReader, ReadsUnitsWithStateNotesAndNeighbours) {
  const FileContent content = ReadAll(
      FileFormat::kXliff,
      Xliff1("<trans-unit id='1' approved='yes'><source>One.</source>"
             "<target state='final'>Uno.</target><note>n</note></trans-unit>"
             "<trans-unit id='2'><source>Two.</source><target/></trans-unit>"
             "<group><trans-unit id='3'><source>Three.</source>"
             "<target state='needs-review-translation'>Tres.</target>"
             "<alt-trans match-quality='80%'><source>x</source>"
             "<target>y</target></alt-trans></trans-unit></group>"));
  EXPECT_THAT(content.end, IsOk());
  Unit one = MakeUnit({{"en", "One."}, {"es", "Uno."}});
  one.source_language = Tag("en");
  one.state = UnitState::kConfirmed;
  one.notes = {"n"};
  one.origin = {.document = "a.html", .next = "Two.", .key = "a.html#1"};
  one.variants[1].properties = {{"x-state", "final"}};
  Unit three = MakeUnit({{"en", "Three."}, {"es", "Tres."}});
  three.source_language = Tag("en");
  three.state = UnitState::kDraft;
  three.origin = {.document = "a.html", .previous = "Two.", .key = "a.html#3"};
  three.variants[1].properties = {{"x-state", "needs-review-translation"}};
  EXPECT_THAT(content.values(), ElementsAre(one, three));
  EXPECT_THAT(
      content.problems,
      ElementsAre(AllOf(Field(&ReadProblem::reason, "TRANSLATION_MISSING"),
                        Field(&ReadProblem::unit_id, "2"))));
  EXPECT_EQ(content.units[1].unit_id, "3");
}

TEST(XliffReader, ReadsInlineCodesOfVersion1) {
  const BilingualContent content = ReadXliff(Xliff1(
      "<trans-unit id='1'><source>a<g id='5' ctype='bold'>b</g><x id='6'/>"
      "<bpt id='7' rid='r' ctype='italic'>&lt;i&gt;</bpt>c<ept id='8' "
      "rid='r'>&lt;/i&gt;</ept><ph id='9'>{0}</ph><mrk mtype='term'>d</mrk>"
      "<it id='10' pos='open'>[</it></source></trans-unit>"));
  ASSERT_THAT(content.segments, SizeIs(1));
  const Segment& source = content.segments[0].source;
  EXPECT_EQ(source.text, "abcd");
  EXPECT_THAT(
      source.codes,
      ElementsAre(
          InlineCode{Kind::kBeginPaired,
                     1,
                     "<g id='5' ctype='bold'>",
                     false,
                     {{"i", "1"}}},
          InlineCode{Kind::kEndPaired, 2, "</g>", false, {{"i", "1"}}},
          InlineCode{Kind::kPlaceholder, 2, "<x id='6'/>", false, {{"x", "2"}}},
          InlineCode{Kind::kBeginPaired,
                     2,
                     "<i>",
                     false,
                     {{"i", "3"}, {"type", "italic"}}},
          InlineCode{Kind::kEndPaired, 3, "</i>", false, {{"i", "3"}}},
          InlineCode{Kind::kPlaceholder, 3, "{0}", false, {{"x", "4"}}},
          InlineCode{Kind::kHighlightBegin,
                     3,
                     "",
                     false,
                     {{"x", "1004"}, {"type", "term"}}},
          InlineCode{Kind::kHighlightEnd, 4, "", false, {}},
          InlineCode{
              Kind::kIsolated, 4, "[", false, {{"pos", "begin"}, {"x", "5"}}}));
}

TEST(XliffReader, ReadsSegmentsOfVersion1) {
  const BilingualContent content = ReadXliff(Xliff1(
      "<trans-unit id='1'><source>A. B.</source><seg-source><mrk mtype='seg' "
      "mid='1'>A.</mrk> <g id='2'><mrk mtype='seg' mid='2'>B.</mrk></g>"
      "</seg-source><target><g id='2'><mrk mtype='seg' mid='2'>Be.</mrk></g> "
      "<mrk mtype='seg' mid='1'>A!</mrk></target></trans-unit>"));
  ASSERT_THAT(content.segments, SizeIs(2));
  EXPECT_EQ(content.segments[0].source.text, "A.");
  EXPECT_EQ(content.segments[0].targets[0].text, "A!");
  EXPECT_EQ(content.segments[0].key, "a.html#1/1");
  EXPECT_EQ(content.segments[1].source.text, "B.");
  EXPECT_EQ(content.segments[1].targets[0].text, "Be.");
}

TEST(XliffReader, LeavesOutWhatATrackedChangeHasDeleted) {
  const BilingualContent content = ReadXliff(Xliff1(
      "<trans-unit id='1'><source>A b</source><target>x<mrk "
      "mtype='x-sdl-deleted' sdl:revid='1'>gone<g id='1'>g</g></mrk><mrk "
      "mtype='x-sdl-added' sdl:revid='2'>y<x id='1'/></mrk></target>"
      "</trans-unit><trans-unit id='2'><source>A b</source><target><mrk "
      "mtype='x-mq-tc' mq:tctype='del'>gone</mrk>x<mrk mtype='x-mq-tc' "
      "mq:tctype='ins'>y</mrk></target></trans-unit>"));
  ASSERT_THAT(content.segments, SizeIs(2));
  for (const BilingualSegment& segment : content.segments) {
    EXPECT_EQ(segment.targets[0].text, "xy");
  }
  const std::vector<InlineCode>& codes = content.segments[0].targets[0].codes;
  ASSERT_THAT(codes, SizeIs(1));
  EXPECT_EQ(codes[0].content, "<x id='1'/>");
  EXPECT_THAT(content.segments[1].targets[0].codes, IsEmpty());
}

TEST(XliffReader, ReadsVersion2) {
  const FileContent content = ReadAll(
      FileFormat::kXliff,
      Xliff2("<unit id='u'><notes><note>n</note></notes><segment id='s' "
             "state='reviewed'><source>a <pc id='1'>b</pc><ph id='2'/>"
             "<cp hex='0007'/></source><target>甲<pc id='1'>乙</pc></target>"
             "</segment><ignorable><source> </source></ignorable><segment>"
             "<source>c</source></segment></unit>"));
  ASSERT_THAT(content.units, SizeIs(1));
  const Unit& unit = content.units[0].unit;
  EXPECT_EQ(unit.variants[0].segment.text, "a b\x07");
  EXPECT_THAT(unit.variants[0].segment.codes, SizeIs(3));
  EXPECT_EQ(unit.variants[1].language, Tag("zh"));
  EXPECT_EQ(unit.variants[1].segment.text, "甲乙");
  EXPECT_EQ(unit.state, UnitState::kConfirmed);
  EXPECT_EQ(unit.origin.key, "a.html#u/s");
  EXPECT_EQ(unit.origin.next, "c");
  EXPECT_THAT(unit.notes, ElementsAre("n"));
}

TEST(XliffReader, BelievesATargetThatIsInAnotherLanguage) {
  const auto target = [](std::string_view language, std::string_view text) {
    return fmt::format(
        "<trans-unit id='1'><source>A</source><target xml:lang='{}'>{}"
        "</target></trans-unit>",
        language, text);
  };
  const BilingualContent content =
      ReadXliff(Xliff1(target("fr", "B") + target("es-MX", "B") +
                       target("fr", "") + target("?", "B")));
  ASSERT_THAT(content.segments, SizeIs(4));
  EXPECT_EQ(content.segments[0].target_language, Tag("fr"));
  EXPECT_EQ(content.segments[1].target_language, Tag("es"));
  EXPECT_EQ(content.segments[2].target_language, Tag("es"));
  EXPECT_EQ(content.segments[3].target_language, Tag("es"));
}

TEST(XliffReader, ReadsTradosStates) {
  const FileContent content = ReadAll(
      FileFormat::kXliff,
      Xliff1("<trans-unit id='1'><source>A</source><seg-source><mrk "
             "mtype='seg' mid='1'>A</mrk></seg-source><target><mrk mtype='seg' "
             "mid='1'>B</mrk></target><sdl:seg-defs><sdl:seg id='1' "
             "conf='Translated'><sdl:value key='created_by'>Ana</sdl:value>"
             "<sdl:value key='modified_on'>05/04/2019 20:48:06</sdl:value>"
             "</sdl:seg></sdl:seg-defs></trans-unit>"));
  ASSERT_THAT(content.units, SizeIs(1));
  EXPECT_EQ(content.units[0].unit.state, UnitState::kConfirmed);
  const Attribution& who = content.units[0].unit.variants[1].attribution;
  EXPECT_EQ(who.creator, "Ana");
  EXPECT_EQ(who.change_micros, 1'557'002'886'000'000);
}

TEST(XliffFile, KnowsTheLocksOfTools) {
  const std::string seg =
      "<source>A</source><seg-source><mrk mtype='seg' mid='1'>A</mrk>"
      "</seg-source><sdl:seg-defs><sdl:seg id='1' locked='true'/>"
      "</sdl:seg-defs></trans-unit>";
  const std::string file = Xliff1(
      "<trans-unit id='1' mq:locked='locked'><source>A</source>"
      "</trans-unit><trans-unit id='2' m:locked='true'><source>A"
      "</source></trans-unit><trans-unit id='3'>" +
      seg);
  const BilingualContent content = ReadXliff(file, FillWithCapitals);
  ASSERT_THAT(content.segments, SizeIs(3));
  for (const BilingualSegment& segment : content.segments) {
    EXPECT_FALSE(segment.is_translatable) << segment.unit_id;
  }
  EXPECT_EQ(content.written, file);
  EXPECT_TRUE(ReadXliff(Xliff1("<trans-unit id='1' mq:locked='false' "
                               "m:locked='false'><source>A</source>"
                               "</trans-unit>"))
                  .segments[0]
                  .is_translatable);
}

TEST(XliffReader, RefusesOtherFiles) {
  EXPECT_THAT(ReadAll(FileFormat::kXliff, "<tmx/>").end,
              StatusIs(StatusCode::kInvalidArgument,
                       HasSubstr("begins with <tmx>, not <xliff>")));
}

TEST(XliffReader, KeepsWhatWasWholeInAFileThatWasCutOff) {
  const std::string file = Xliff1(
      "<trans-unit id='1'><source>A</source><target>B</target></trans-unit>"
      "<trans-unit id='2'><source>C</source><target>D</target></trans-unit>");
  const FileContent content =
      ReadAll(FileFormat::kXliff, file.substr(0, file.find("<target>D")));
  EXPECT_THAT(content.units, SizeIs(1));
  EXPECT_THAT(content.end, ReasonIs("FILE_MALFORMED"));
}

TEST(XliffFile, GivesTheFileBackAsItIs) {
  const std::string file =
      "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>\r\n<!-- c -->" +
      Xliff1(
          "<group/>&#65;\r\n<trans-unit id = '1'  ><source >A &amp; "
          "<x id='1'/></source >\n<target></target></trans-unit>")
          .substr(22);
  for (size_t chunk_bytes : {1, 5, 1000}) {
    const BilingualContent content =
        ReadBilingual(FileFormat::kXliff, file, {}, chunk_bytes);
    EXPECT_THAT(content.end, IsOk());
    EXPECT_EQ(content.written, file);
  }
}

TEST(XliffFile, PutsTargetsIn) {
  struct Case {
    std::string_view before;
    std::string_view after;
  } kCases[] = {
      // No target; the source's white space goes before it.
      {"<trans-unit id='1'>\n  <source xml:lang='en'>a <g id='1'>b</g></source>"
       "\n</trans-unit>",
       "<trans-unit id='1'>\n  <source xml:lang='en'>a <g id='1'>b</g></source>"
       "\n  <target xml:lang=\"es\" state=\"translated\" "
       "state-qualifier=\"exact-match\">A <g id='1'>B</g></target>"
       "\n</trans-unit>"},
      // An empty one, and one that is there.
      {"<trans-unit id='1'><source>a</source><target xml:lang='es'/>"
       "</trans-unit>",
       "<trans-unit id='1'><source>a</source><target xml:lang='es' "
       "state=\"translated\" state-qualifier=\"exact-match\">A</target>"
       "</trans-unit>"},
      {"<trans-unit id='1'><source>a</source><target state='new' x='state=\"\"'"
       ">z<x id='1'/></target></trans-unit>",
       "<trans-unit id='1'><source>a</source><target state='translated' "
       "x='state=\"\"' state-qualifier=\"exact-match\">A</target>"
       "</trans-unit>"},
      // Segments, without and with a target.
      {"<trans-unit id='1'><source>a. b.</source><seg-source><mrk mtype='seg' "
       "mid='1'>a.</mrk> <mrk mtype='seg' mid='2'>b.</mrk></seg-source>"
       "</trans-unit>",
       "<trans-unit id='1'><source>a. b.</source><seg-source><mrk mtype='seg' "
       "mid='1'>a.</mrk> <mrk mtype='seg' mid='2'>b.</mrk></seg-source>"
       "<target state=\"translated\" state-qualifier=\"exact-match\">"
       "<mrk mtype='seg' mid='1'>A.</mrk> <mrk mtype='seg' mid='2'>B.</mrk>"
       "</target></trans-unit>"},
      {"<trans-unit id='1'><source>a. b.</source><seg-source><mrk mtype='seg' "
       "mid='1'>a.</mrk><mrk mtype='seg' mid='2'>b.</mrk></seg-source>"
       "<target><mrk mtype='seg' mid='1'/></target></trans-unit>",
       "<trans-unit id='1'><source>a. b.</source><seg-source><mrk mtype='seg' "
       "mid='1'>a.</mrk><mrk mtype='seg' mid='2'>b.</mrk></seg-source>"
       "<target state=\"translated\" state-qualifier=\"exact-match\"><mrk "
       "mtype='seg' mid='1'>A.</mrk><mrk mtype=\"seg\" mid=\"2\">B.</mrk>"
       "</target></trans-unit>"},
      // Not to be translated.
      {"<trans-unit id='1' translate='no'><source>a</source></trans-unit>",
       "<trans-unit id='1' translate='no'><source>a</source></trans-unit>"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(ReadXliff(Xliff1(c.before), FillWithCapitals).written,
              Xliff1(c.after));
  }
}

TEST(XliffFile, TakesTheApprovalAway) {
  EXPECT_EQ(
      ReadXliff(
          Xliff1("<trans-unit id='1' approved='yes' x='y'><source>a"
                 "</source><target state='signed-off'>z</target>"
                 "</trans-unit><trans-unit approved = 'no' id='2'><source>"
                 "b</source></trans-unit>"),
          FillWithCapitals)
          .written,
      Xliff1("<trans-unit id='1' x='y'><source>a</source><target "
             "state='translated' state-qualifier=\"exact-match\">A</target>"
             "</trans-unit><trans-unit approved = 'no' id='2'><source>b"
             "</source><target state=\"translated\" "
             "state-qualifier=\"exact-match\">B</target></trans-unit>"));
}

TEST(XliffFile, TellsTargetsThatAreCopiesOfTheirSource) {
  const auto target = [](std::string_view unit, std::string_view attributes) {
    return fmt::format(
        "<trans-unit id='1'{}><source>a <x id='1'/></source>"
        "<target{}>a <x id='1'/></target></trans-unit>",
        unit, attributes);
  };
  const BilingualContent content = ReadXliff(Xliff1(
      target("", " state='new'") + target("", " state='needs-translation'") +
      target(" mq:status='NotStarted'", "") +
      target("", " state='needs-review-translation'") + target("", "") +
      target(" approved='yes'", " state='new'")));
  std::vector<bool> copied;
  for (const BilingualSegment& segment : content.segments) {
    copied.push_back(segment.is_copied);
  }
  EXPECT_THAT(copied, ElementsAre(true, true, true, false, false, false));
}

TEST(XliffFile, PutsTargetsIntoVersion2) {
  EXPECT_EQ(
      ReadXliff(Xliff2("<unit id='1'><segment>\n <source>a<pc id='1'>b</pc>"
                       "</source>\n</segment><segment id='s' state='initial'>"
                       "<source>c</source><target>z</target></segment></unit>"),
                FillWithCapitals)
          .written,
      Xliff2("<unit id='1'><segment state=\"translated\" "
             "subState=\"tercet:exact\">\n <source>a<pc id='1'>b</pc></source>"
             "\n <target>A<pc id='1'>B</pc></target>\n</segment><segment "
             "id='s' state='translated' subState=\"tercet:exact\"><source>c"
             "</source><target>C</target></segment></unit>"));
}

bool Suggest(const BilingualSegment&, TargetFill& fill) {
  fill.suggestions = {
      {.score = 87, .source = "a<", .target = "b", .origin = "press"}};
  return true;
}

TEST(XliffFile, OffersSuggestions) {
  EXPECT_EQ(
      ReadXliff(Xliff1("<trans-unit id='1'><source>a</source></trans-unit>"),
                Suggest)
          .written,
      Xliff1(
          "<trans-unit id='1'><source>a</source><alt-trans "
          "match-quality=\"87%\" origin=\"tercet:press\"><source>a&lt;</source>"
          "<target>b</target></alt-trans></trans-unit>"));
  EXPECT_EQ(
      ReadXliff(Xliff2("<unit id='1'><segment><source>a</source></segment>"
                       "</unit>"),
                Suggest)
          .written,
      Xliff2("<unit id='1'><mtc:matches "
             "xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\"><mtc:match "
             "xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\" "
             "ref=\"#tercet1\" type=\"tm\" similarity=\"87.0\" "
             "origin=\"tercet:press\"><source>a&lt;</source><target>b</target>"
             "</mtc:match></mtc:matches><segment id=\"tercet1\"><source>a"
             "</source></segment></unit>"));
}

TEST(XliffFile, ReplacesItsOwnSuggestions) {
  const FillSegment fuzzy = [](const BilingualSegment& s, TargetFill& fill) {
    fill.target = Segment{.text = "b"};
    fill.score = 87;
    return Suggest(s, fill);
  };
  const std::string others[] = {
      "<alt-trans origin='press'><target>b</target></alt-trans>",
      "<mtc:match ref='#s' origin='press'><source>a</source></mtc:match>"};
  const std::string files[] = {
      Xliff1("<trans-unit id='1'>\n <source>a</source>\n " + others[0] +
             "\n</trans-unit>"),
      Xliff2("<unit id='1'><mtc:matches>" + others[1] +
             "</mtc:matches><segment id='s'><source>a</source></segment>"
             "</unit>")};
  for (size_t i = 0; i < 2; ++i) {
    const std::string once = ReadXliff(files[i], fuzzy).written;
    EXPECT_THAT(once, HasSubstr("tercet:press"));
    EXPECT_EQ(ReadXliff(once, fuzzy).written, once);
    const std::string exact = ReadXliff(once, FillWithCapitals).written;
    EXPECT_THAT(exact, Not(HasSubstr("tercet:press")));
    EXPECT_THAT(exact, HasSubstr(others[i]));
  }
  const std::string alone =
      ReadXliff(
          Xliff2("<unit id='1'><segment id='s'><source>a</source></segment>"
                 "</unit>"),
          Suggest)
          .written;
  EXPECT_THAT(alone, HasSubstr("tercet:press"));
  EXPECT_THAT(ReadXliff(alone, FillWithCapitals).written,
              Not(HasSubstr("matches")));
}

TEST(XliffFile, MarksFuzzyTargets) {
  const FillSegment fill = [](const BilingualSegment&, TargetFill& fill) {
    fill.target = Segment{.text = "x"};
    fill.score = 80;
    return true;
  };
  EXPECT_THAT(
      ReadXliff(Xliff1("<trans-unit id='1'><source>a</source></trans-unit>"),
                fill)
          .written,
      HasSubstr("<target state=\"needs-review-translation\" "
                "state-qualifier=\"fuzzy-match\">x</target>"));
  EXPECT_THAT(
      ReadXliff(Xliff2("<unit id='1'><segment><source>a</source></segment>"
                       "</unit>"),
                fill)
          .written,
      HasSubstr("<segment state=\"initial\" subState=\"tercet:fuzzy\">"));
}

TEST(XliffFile, WritesCodesOfTheMemoryAsTheFileHasThem) {
  // The memory's codes are HTML's; one too many, one that does not close.
  const FillSegment fill = [](const BilingualSegment&, TargetFill& fill) {
    Segment target{.text = "xyz"};
    target.codes = {
        InlineCode{Kind::kBeginPaired, 0, "<b>", false, {{"i", "1"}}},
        InlineCode{Kind::kEndPaired, 1, "</b>", false, {{"i", "1"}}},
        InlineCode{Kind::kBeginPaired, 2, "<b>", false, {{"i", "2"}}},
        InlineCode{Kind::kPlaceholder, 3, "<br/>", false, {{"x", "3"}}}};
    fill.target = std::move(target);
    return true;
  };
  EXPECT_THAT(
      ReadXliff(Xliff1("<trans-unit id='1'><source><g id='8'>a</g> b</source>"
                       "</trans-unit>"),
                fill)
          .written,
      HasSubstr("><g id='8'>x</g>yz</target>"));
  const std::string filled =
      ReadXliff(Xliff1("<trans-unit id='1'><source><g id='8'>a</g><g id='9'>b"
                       "</g></source></trans-unit>"),
                fill)
          .written;
  EXPECT_THAT(filled, HasSubstr("><g id='8'>x</g>yz</target>"));
  EXPECT_THAT(ReadXliff(filled).problems, IsEmpty());
}

TEST(XliffFile, WritesNoMarkupOfAnotherFile) {
  // The memory's codes are of another XLIFF file, or HTML's.
  const FillSegment fill = [](const BilingualSegment&, TargetFill& fill) {
    Segment target{.text = "xy"};
    target.codes = {
        InlineCode{Kind::kBeginPaired, 0, "<g id=\"8\">", false, {{"i", "1"}}},
        InlineCode{Kind::kEndPaired, 1, "</g>", false, {{"i", "1"}}},
        InlineCode{Kind::kBeginPaired, 1, "<b>", false, {{"i", "2"}}},
        InlineCode{Kind::kEndPaired, 2, "</b>", false, {{"i", "2"}}}};
    fill.target = std::move(target);
    return true;
  };
  EXPECT_THAT(ReadXliff(Xliff1("<trans-unit id='1'><source>a</source>"
                               "</trans-unit>"),
                        fill)
                  .written,
              HasSubstr(">xy</target>"));
  EXPECT_THAT(
      ReadXliff(Xliff2("<unit id='1'><segment><source>a</source></segment>"
                       "</unit>"),
                fill)
          .written,
      HasSubstr("<target>xy</target>"));
  // The same native code as another element.
  EXPECT_THAT(
      ReadXliff(Xliff1("<trans-unit id='1'><source>a <ph id='1'>&lt;b&gt;</ph>b"
                       "<ph id='2'>&lt;/b&gt;</ph></source></trans-unit>"),
                fill)
          .written,
      HasSubstr(">x<ph id='1'>&lt;b&gt;</ph>y<ph id='2'>&lt;/b&gt;</ph>"
                "</target>"));
}

TEST(XliffFile, BecomesUtf8) {
  const BilingualContent content = ReadXliff(
      "<?xml version='1.0' encoding='GB18030'?><xliff version='1.2'><file "
      "source-language='zh' target-language='en'><trans-unit id='1'><source>"
      "\xC4\xE3\xBA\xC3</source></trans-unit></file></xliff>");
  EXPECT_THAT(content.written, HasSubstr("encoding='UTF-8'"));
  EXPECT_THAT(content.written, HasSubstr("<source>你好</source>"));
}

auto TooLarge(int64_t line) {
  return ElementsAre(AllOf(Field(&ReadProblem::reason, "UNIT_TOO_LARGE"),
                           Field(&ReadProblem::line, line),
                           Field(&ReadProblem::skipped, true)));
}

TEST(XliffFile, SkipsAUnitThatIsTooLarge) {
  const std::string unit = "<trans-unit id='1'><source>a</source></trans-unit>";
  // Too large at its text, in its alternatives, and by its oddities.
  for (const std::string& content :
       {"<source>" + std::string(kMaxReadBytes, 'x') + "</source>",
        "<source>b</source><alt-trans><target>" +
            std::string(kMaxReadBytes, 'x') + "</target></alt-trans>",
        "<source>" + std::string(kMaxReadBytes / 16, '&') + "</source>"}) {
    const std::string file = Xliff1(unit + "\n<trans-unit id='2'>" + content +
                                    "</trans-unit>\n" + unit);
    const BilingualContent read =
        ReadBilingual(FileFormat::kXliff, file, FillWithCapitals, 64 * 1024);
    EXPECT_THAT(read.end, IsOk());
    EXPECT_THAT(read.problems, TooLarge(4));
    EXPECT_THAT(read.segments, SizeIs(2));
    EXPECT_EQ(ReadBilingual(FileFormat::kXliff, file).written, file);
    EXPECT_NE(read.written.find(content), std::string::npos);
    EXPECT_NE(read.written.find(">A</target>", read.written.size() - 200),
              std::string::npos);
  }
}

TEST(XliffFile, ReadsOnBehindAUnitThatIsTooLarge) {
  const std::string translated =
      "<trans-unit id='1'><source>a</source><target>b</target></trans-unit>";
  const FileContent content =
      ReadAll(FileFormat::kXliff,
              Xliff1(translated + "<trans-unit id='2'><source>" +
                     std::string(kMaxReadBytes, 'x') +
                     "</source><target>y</target></trans-unit>" + translated));
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.units, SizeIs(2));
  EXPECT_THAT(content.problems, TooLarge(3));
}

TEST(XliffFile, TellsWhichUnitsAreMended) {
  const std::string file = Xliff1(
      "<trans-unit id='1'><source>a <g>b</source></trans-unit>"
      "<trans-unit id='2'><source>c</source></trans-unit>"
      "<trans-unit id='3'><source>d &nbsq; e</source></trans-unit>");
  const auto source = MakeStringSource(file);
  const auto read = MakeBilingualFile(FileFormat::kXliff, *source, {});
  std::vector<bool> mended;
  while (true) {
    const StatusOr<std::optional<FilePiece>> piece = read->Next();
    ASSERT_THAT(piece, IsOk());
    if (!piece->has_value()) break;
    if (!(*piece)->segments.empty()) mended.push_back((*piece)->is_mended);
  }
  EXPECT_THAT(mended, ElementsAre(true, false, true));
}

}  // namespace
}  // namespace tercet
