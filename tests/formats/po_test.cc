// The reader of PO, and the filling of PO files.
#include <map>

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
using ::testing::SizeIs;

constexpr std::string_view kHeader =
    "# Copyright\n"
    "msgid \"\"\n"
    "msgstr \"\"\n"
    "\"Language: es\\n\"\n"
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n"
    "\n";

std::string With(std::string_view entries) {
  return std::string(kHeader) + std::string(entries);
}

BilingualContent ReadPo(std::string_view bytes, const FillSegment& fill = {}) {
  return ReadBilingual(FileFormat::kPo, bytes, fill, 7);
}

Unit From(const std::vector<Text>& texts) {
  Unit unit = MakeUnit(texts);
  unit.source_language = Tag("en");
  unit.state = UnitState::kConfirmed;
  return unit;
}

TEST(PoReader, ReadsStringsOnSeveralLinesWithEscapes) {
  const FileContent content =
      ReadAll(FileFormat::kPo, With("msgid \"\"\n\"a\\tb\\\"\\\\ "
                                    "\"\n\"c\\n\"\nmsgstr \"d\\x41\\101\"\n"));
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems, IsEmpty());
  EXPECT_THAT(content.values(),
              ElementsAre(From({{"en", "a\tb\"\\ c\n"}, {"es", "dAA"}})));
  EXPECT_EQ(content.units[0].line, 8);
}

TEST(PoReader, ReadsSeveralStringsOnALine) {
  const FileContent content =
      ReadAll(FileFormat::kPo, With("msgid \"a\" \"b\\\"\"\"c\"\n \"d\" \"\"\n"
                                    "msgstr \"say \"x\"\"\n"));
  EXPECT_THAT(content.values(),
              ElementsAre(From({{"en", "ab\"cd"}, {"es", "say \"x\""}})));
}

TEST(PoReader, ReadsContextCommentsAndFlags) {
  const FileContent content =
      ReadAll(FileFormat::kPo, With("#  translator\n#. extracted\n#: a.c:7\n"
                                    "#, fuzzy, c-format\n#| msgid \"was\"\n"
                                    "msgctxt \"menu\"\nmsgid \"Open\"\nmsgstr "
                                    "\"Abrir\"\n"));
  Unit unit = From({{"en", "Open"}, {"es", "Abrir"}});
  unit.state = UnitState::kDraft;
  unit.origin.key = "menu";
  unit.notes = {" translator", "extracted"};
  unit.properties = {{"x-po-reference", "a.c:7"},
                     {"x-po-flags", "fuzzy, c-format"}};
  unit.variants[1].properties = {{"x-state", "fuzzy"}};
  EXPECT_THAT(content.values(), ElementsAre(unit));
}

TEST(PoReader, ReadsPlurals) {
  const std::string entry =
      "msgid \"%d day\"\nmsgid_plural \"%d days\"\nmsgstr[0] \"%d día\"\n"
      "msgstr[1] \"%d días\"\nmsgstr[2] \"%d de días\"\n";
  EXPECT_THAT(
      ReadAll(FileFormat::kPo, With(entry)).values(),
      ElementsAre(
          From({{"en", "%d day"}, {"es", "%d día"}}),
          From({{"en", "%d days"}, {"es", "%d días"}, {"es", "%d de días"}})));
  EXPECT_THAT(
      ReadAll(FileFormat::kPo,
              "msgid \"\"\nmsgstr \"Language: zh_CN\\n\"\n"
              "\"Plural-Forms: nplurals=1; plural=0;\\n\"\n\nmsgid \"%d day\"\n"
              "msgid_plural \"%d days\"\nmsgstr[0] \"%d 天\"\n")
          .values(),
      ElementsAre(From({{"en", "%d days"}, {"zh-CN", "%d 天"}})));
}

TEST(PoReader, ReadsObsoleteEntries) {
  const FileContent content = ReadAll(
      FileFormat::kPo,
      With("msgid \"a\"\nmsgstr \"b\"\n\n#~ msgid \"old\"\n#~ msgstr \"\"\n"
           "#~ \"viejo\"\n#~ msgid \"c\"\n#~ msgstr \"d\"\n"));
  Unit old = From({{"en", "old"}, {"es", "viejo"}});
  Unit older = From({{"en", "c"}, {"es", "d"}});
  old.properties = older.properties = {{"x-po-obsolete", "yes"}};
  EXPECT_THAT(content.values(),
              ElementsAre(From({{"en", "a"}, {"es", "b"}}), old, older));
}

TEST(PoReader, SkipsWhatHasNoTranslationOrLanguage) {
  const FileContent untranslated = ReadAll(
      FileFormat::kPo, With("msgctxt \"menu\"\nmsgid \"a\"\nmsgstr \"\"\n"));
  EXPECT_THAT(
      untranslated.problems,
      ElementsAre(AllOf(Field(&ReadProblem::reason, "TRANSLATION_MISSING"),
                        Field(&ReadProblem::unit_id, "menu"))));
  const FileContent nameless =
      ReadAll(FileFormat::kPo, "msgid \"a\"\nmsgstr \"b\"\n");
  EXPECT_THAT(nameless.problems,
              ElementsAre(Field(&ReadProblem::reason, "LANGUAGE_MISSING")));
}

TEST(PoReader, TellsLinesThatAreNothing) {
  const FileContent content =
      ReadAll(FileFormat::kPo, With("msgid \"a\"\nrubbish\nmsgstr \"b\"\n"));
  EXPECT_THAT(content.values(), SizeIs(1));
  EXPECT_THAT(content.problems,
              ElementsAre(AllOf(Field(&ReadProblem::reason, "LINE_INVALID"),
                                Field(&ReadProblem::of_file, false))));
}

TEST(PoReader, KeepsWhatWasWholeInAFileThatWasCutOff) {
  const std::string whole = With("msgid \"a\"\nmsgstr \"b\"\n\n");
  for (const std::string_view half :
       {"msgid \"c", "msgid \"c\"", "msgid \"c\"\n", "msgid \"c\"\nmsgs",
        "msgid \"c\"\nmsgstr \"", "msgid \"c\"\nmsgstr \"\"\n\"d\"\n\"e"}) {
    const FileContent content =
        ReadAll(FileFormat::kPo, whole + std::string(half));
    EXPECT_THAT(content.values(), ElementsAre(From({{"en", "a"}, {"es", "b"}})))
        << half;
    EXPECT_THAT(content.end, ReasonIs("FILE_MALFORMED")) << half;
  }
  for (const std::string_view last :
       {"", "# done", "msgid \"c\"\nmsgstr \"\""}) {
    EXPECT_THAT(ReadAll(FileFormat::kPo, whole + std::string(last)).end, IsOk())
        << last;
  }
}

TEST(PoReader, RefusesOtherFiles) {
  EXPECT_THAT(ReadAll(FileFormat::kPo, "Hello\nworld\n").end,
              ReasonIs("FILE_MALFORMED"));
}

TEST(PoFile, GivesTheFileBackAsItIs) {
  const std::string file = With(
      "\r\n\n# c\nmsgid \"a\"\r\nmsgstr \"b\"\r\n\n\n#~ msgid \"x\"\n"
      "#~ msgstr \"y\"\n# end");
  const BilingualContent content = ReadPo(file);
  EXPECT_THAT(content.end, IsOk());
  EXPECT_EQ(content.written, file);
  const std::string marked = "\xEF\xBB\xBF" + file;
  EXPECT_EQ(ReadPo(marked).written, marked);
}

TEST(PoFile, PutsTargetsIn) {
  const BilingualContent content =
      ReadPo(With("#, fuzzy, c-format\n#| msgid \"was\"\nmsgid \"a %d\"\n"
                  "msgstr \"old\"\n\nmsgid \"b\\nc\"\nmsgstr \"\"\n"
                  "\n#~ msgid \"x\"\n#~ msgstr \"\"\n"),
             FillWithCapitals);
  EXPECT_EQ(content.written,
            With("#, c-format\nmsgid \"a %d\"\nmsgstr \"A %D\"\n\n"
                 "msgid \"b\\nc\"\nmsgstr \"\"\n\"B\\n\"\n\"C\"\n"
                 "\n#~ msgid \"x\"\n#~ msgstr \"\"\n"));
}

TEST(PoFile, MarksFuzzyTargets) {
  const FillSegment fill = [](const BilingualSegment& segment,
                              TargetFill& fill) {
    fill.target = Segment{.text = "x"};
    fill.score = 80;
    fill.fuzzy_source = "other";
    return true;
  };
  EXPECT_EQ(ReadPo(With("# c\nmsgctxt \"m\"\nmsgid \"a\"\nmsgstr \"\"\n"
                        "\n#, c-format\nmsgid \"b\"\nmsgstr \"\"\n"),
                   fill)
                .written,
            With("# c\n#, fuzzy\n#| msgid \"other\"\nmsgctxt \"m\"\n"
                 "msgid \"a\"\nmsgstr \"x\"\n"
                 "\n#, fuzzy, c-format\n#| msgid \"other\"\nmsgid \"b\"\n"
                 "msgstr \"x\"\n"));
}

TEST(PoFile, WritesOnlyCodesThatTheTextHas) {
  using Kind = InlineCode::Kind;
  const FillSegment fill = [](const BilingualSegment&, TargetFill& fill) {
    Segment target{.text = "xyz"};
    target.codes = {
        InlineCode{Kind::kBeginPaired, 0, "<g id='8'>", false, {{"i", "1"}}},
        InlineCode{Kind::kEndPaired, 1, "</g>", false, {{"i", "1"}}},
        InlineCode{Kind::kBeginPaired, 1, "<a>", false, {{"i", "2"}}},
        InlineCode{Kind::kEndPaired, 2, "</a>", false, {{"i", "2"}}},
        InlineCode{Kind::kPlaceholder, 3, "<br>", false, {{"x", "3"}}},
        InlineCode{Kind::kPlaceholder, 3, "<br>", false, {{"x", "4"}}}};
    fill.target = std::move(target);
    return true;
  };
  EXPECT_THAT(ReadPo(With("msgid \"a\"\nmsgstr \"\"\n"), fill).written,
              HasSubstr("msgstr \"xyz\"\n"));
  EXPECT_THAT(
      ReadPo(With("msgid \"<a>b</a><br>c</g>\"\nmsgstr \"\"\n"), fill).written,
      HasSubstr("msgstr \"x<a>y</a>z<br>\"\n"));
}

TEST(PoFile, FillsPlurals) {
  EXPECT_EQ(ReadPo(With("msgid \"day\"\nmsgid_plural \"days\"\n"
                        "msgstr[0] \"\"\nmsgstr[1] \"\"\n"),
                   FillWithCapitals)
                .written,
            With("msgid \"day\"\nmsgid_plural \"days\"\n"
                 "msgstr[0] \"DAY\"\nmsgstr[1] \"DAYS\"\n"));
}

// Fills the segments with these sources: exactly, or fuzzily from `was`.
FillSegment FillOnly(std::map<std::string, std::string> was_of) {
  return [was_of = std::move(was_of)](const BilingualSegment& segment,
                                      TargetFill& fill) {
    const auto found = was_of.find(segment.source.text);
    if (found == was_of.end()) return false;
    fill.target = Segment{.text = "x"};
    if (!found->second.empty()) {
      fill.score = 80;
      fill.fuzzy_source = found->second;
    }
    return true;
  };
}

constexpr std::string_view kDays =
    "msgid \"day\"\nmsgid_plural \"days\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n";

TEST(PoFile, MarksAPluralOfWhichOneFormIsMissing) {
  // msgfmt -c: "plural form has no translation", a fatal error.
  EXPECT_EQ(ReadPo(With(kDays), FillOnly({{"day", ""}})).written,
            With("#, fuzzy\nmsgid \"day\"\nmsgid_plural \"days\"\n"
                 "msgstr[0] \"x\"\nmsgstr[1] \"\"\n"));
}

TEST(PoFile, MarksOneTextThatStandsForSeveralForms) {
  EXPECT_EQ(ReadPo(With(std::string(kDays) + "msgstr[2] \"\"\n"),
                   FillOnly({{"day", ""}, {"days", ""}}))
                .written,
            With("#, fuzzy\nmsgid \"day\"\nmsgid_plural \"days\"\n"
                 "msgstr[0] \"x\"\nmsgstr[1] \"x\"\nmsgstr[2] \"x\"\n"));
}

TEST(PoFile, TellsBothTextsOfAFuzzyPlural) {
  EXPECT_EQ(
      ReadPo(With(kDays), FillOnly({{"day", ""}, {"days", "old"}})).written,
      With("#, fuzzy\n#| msgid \"day\"\n#| msgid_plural \"old\"\n"
           "msgid \"day\"\nmsgid_plural \"days\"\n"
           "msgstr[0] \"x\"\nmsgstr[1] \"x\"\n"));
}

TEST(PoFile, KeepsTheFlagOfAFormThatStays) {
  const std::string flag = "#, fuzzy\n#| msgid \"d\"\n#| msgid_plural \"ds\"\n";
  const std::string rest =
      "msgid \"day\"\nmsgid_plural \"days\"\nmsgstr[0] \"x\"\n"
      "msgstr[1] \"b\"\n";
  std::string before = rest;
  before.replace(before.find("\"x\""), 3, "\"a\"");
  EXPECT_EQ(ReadPo(With(flag + before), FillOnly({{"day", ""}})).written,
            With(flag + rest));
}

TEST(PoFile, SaysThatItIsUtf8Now) {
  const BilingualContent content = ReadPo(
      "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=GBK\\n\"\n"
      "\nmsgid \"a\"\nmsgstr \"\xC4\xE3\xBA\xC3\"\n");
  EXPECT_THAT(content.written, HasSubstr("charset=UTF-8\\n"));
  EXPECT_THAT(content.written, HasSubstr("你好"));
}

TEST(PoFile, FilledFilesAreReadAgainWithTheirTargets) {
  const std::string file =
      With("msgid \"tab\\t \\\"quote\\\" \\\\ line\\nend\\n\"\nmsgstr \"\"\n");
  const BilingualContent filled = ReadPo(file, FillWithCapitals);
  const BilingualContent again = ReadPo(filled.written);
  ASSERT_THAT(again.segments, SizeIs(1));
  EXPECT_EQ(again.segments[0].targets[0].text,
            "TAB\t \"QUOTE\" \\ LINE\nEND\n");
}

auto TooLarge(int64_t line) {
  return ElementsAre(AllOf(Field(&ReadProblem::reason, "UNIT_TOO_LARGE"),
                           Field(&ReadProblem::line, line),
                           Field(&ReadProblem::skipped, true)));
}

std::string ManyLines() {
  const std::string line = "\"" + std::string(1000, 'x') + "\"\n";
  std::string lines;
  while (lines.size() <= kMaxReadBytes) lines += line;
  return lines;
}

TEST(PoFile, SkipsAnEntryThatIsTooLarge) {
  const std::string small = "msgid \"a\"\nmsgstr \"\"\n\n";
  for (const std::string& entry :
       {"# c\nmsgid \"\"\n" + ManyLines() + "msgstr \"\"\n\n",
        "# c\nmsgid \"b\"\nmsgstr \"\"\n" + ManyLines() + "\n",
        "# c\nmsgid \"b\"\nmsgid_plural \"\"\n" + ManyLines() +
            "# msgstr \"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n\n"}) {
    const std::string file = With(small + entry + "# d\n" + small);
    EXPECT_EQ(ReadBilingual(FileFormat::kPo, file).written, file);
    const BilingualContent read =
        ReadBilingual(FileFormat::kPo, file, FillWithCapitals, 64 * 1024);
    EXPECT_THAT(read.end, IsOk());
    EXPECT_THAT(read.problems, TooLarge(11));
    ASSERT_THAT(read.segments, SizeIs(2));
    EXPECT_EQ(read.segments[1].notes, std::vector<std::string>{"d"});
    EXPECT_NE(read.written.find(entry), std::string::npos);
  }
}

TEST(PoReader, SkipsAnEntryWithALineThatIsTooLong) {
  const std::string small = "msgid \"a\"\nmsgstr \"b\"\n\n";
  const std::string longest = "\"" + std::string(kMaxReadBytes, 'x') + "\"\n";
  for (const std::string& entry : {"msgid " + longest + "msgstr \"c\"\n\n",
                                   "msgid \"b\"\nmsgstr " + longest + "\n"}) {
    const FileContent content =
        ReadAll(FileFormat::kPo, With(small + entry + small));
    EXPECT_THAT(content.end, IsOk());
    EXPECT_THAT(content.units, SizeIs(2));
    EXPECT_THAT(content.problems, TooLarge(11));
  }
}

}  // namespace
}  // namespace tercet
