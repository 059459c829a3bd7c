#include "service/formats/source_segments.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What a file gave.
struct Content {
  std::vector<SourceSegment> segments;
  std::vector<std::string> problems;
  Status end;

  std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const SourceSegment& segment : segments) {
      texts.push_back(segment.source.text);
    }
    return texts;
  }
};

Content Read(std::string_view bytes, const SourceOptions& options,
             size_t chunk_bytes = 64 * 1024) {
  Content content;
  const std::unique_ptr<ByteSource> source =
      MakeStringSource(bytes, chunk_bytes);
  StatusOr<std::unique_ptr<SourceReader>> reader =
      OpenSourceReader(*source, options);
  content.end = reader.status();
  while (content.end.ok()) {
    StatusOr<std::optional<SourceItem>> item = (*reader)->Next();
    content.end = item.status();
    if (!item.ok() || !item->has_value()) break;
    if (auto* problem = std::get_if<ReadProblem>(&**item)) {
      content.problems.push_back(
          fmt::format("{}: {}", problem->line, problem->reason));
    } else {
      content.segments.push_back(std::get<SourceSegment>(**std::move(item)));
    }
  }
  return content;
}

std::vector<std::string> Sentences(std::string_view text,
                                   std::string_view language,
                                   bool is_wrapped = false) {
  return Read(text,
              {.source_language = Tag(language), .is_wrapped = is_wrapped})
      .texts();
}

TEST(SourceSegments, CutsEnglishTextIntoSentences) {
  EXPECT_THAT(
      Sentences("Dr. Ruiz left the U.S. on Monday. \"Why now?\" they asked.\n"
                "He said: \"No comment.\" Nobody insisted.\n",
                "en"),
      ElementsAre("Dr. Ruiz left the U.S. on Monday.",
                  "\"Why now?\" they asked.", "He said: \"No comment.\"",
                  "Nobody insisted."));
}

TEST(SourceSegments, CutsSpanishTextIntoSentences) {
  EXPECT_THAT(
      Sentences("El Dr. Paz viajó a EE. UU. el lunes. ¿Por qué? «No lo sé.» "
                "¡Qué día!",
                "es"),
      ElementsAre("El Dr. Paz viajó a EE. UU. el lunes.", "¿Por qué?",
                  "«No lo sé.»", "¡Qué día!"));
}

TEST(SourceSegments, CutsChineseTextIntoSentences) {
  EXPECT_THAT(
      Sentences("他说：“明天出发。”没有人反对！真的吗？（见附件。）好……",
                "zh-CN"),
      ElementsAre("他说：“明天出发。”", "没有人反对！", "真的吗？",
                  "（见附件。）", "好……"));
}

TEST(SourceSegments, TakesEachLineForAParagraph) {
  EXPECT_THAT(
      Sentences("A headline without a stop\r\n\r\nThe text. More", "en"),
      ElementsAre("A headline without a stop", "The text.", "More"));
}

TEST(SourceSegments, JoinsWrappedLines) {
  EXPECT_THAT(
      Sentences("The ministers\n  met. They\nagreed\n\nA headline\n\nx", "en",
                /*is_wrapped=*/true),
      ElementsAre("The ministers met.", "They agreed", "A headline", "x"));
  EXPECT_THAT(Sentences("部长们举行\n了会谈。2026\n年\n", "zh", true),
              ElementsAre("部长们举行了会谈。", "2026 年"));
}

TEST(SourceSegments, SaysWhereSegmentsStand) {
  const Content content =
      Read("\nOne. Two.\n\n\nThree\nand more. Four.\n",
           {.source_language = Tag("en"), .is_wrapped = true});
  std::vector<int64_t> lines;
  for (const SourceSegment& segment : content.segments) {
    lines.push_back(segment.line);
  }
  EXPECT_THAT(lines, ElementsAre(2, 2, 5, 6));
}

TEST(SourceSegments, GivesTextItsNeighbours) {
  const Content content =
      Read("One. Two.\nThree.", {.source_language = Tag("en")});
  ASSERT_THAT(content.segments, SizeIs(3));
  EXPECT_EQ(content.segments[0].context.previous, "");
  EXPECT_EQ(content.segments[0].context.next, "Two.");
  EXPECT_EQ(content.segments[1].context.previous, "One.");
  EXPECT_EQ(content.segments[1].context.next, "Three.");
  EXPECT_EQ(content.segments[2].context.next, "");
}

TEST(SourceSegments, ReadsTheSameInPiecesOfAnySize) {
  const std::string text = "Uno. ¿Dos?\n\nTres «cuatro».\n";
  const SourceOptions options = {.source_language = Tag("es")};
  for (size_t chunk = 1; chunk < 9; ++chunk) {
    EXPECT_EQ(Read(text, options, chunk).texts(), Read(text, options).texts())
        << chunk;
  }
}

TEST(SourceSegments, TextNeedsALanguage) {
  EXPECT_THAT(Read("text", {}).end, ReasonIs("FILE_LANGUAGE_UNKNOWN"));
  EXPECT_THAT(Read("text", {.default_source_language = Tag("en")}).segments,
              SizeIs(1));
}

constexpr std::string_view kTmxBody =
    "<tu><prop type=\"x-key\">k1</prop>"
    "<tuv xml:lang=\"en-US\"><seg>Rates <bpt i=\"1\">b</bpt>rose<ept i=\"1\">"
    "b</ept>.</seg></tuv>"
    "<tuv xml:lang=\"es\"><seg>Los tipos subieron.</seg></tuv></tu>\n"
    "<tu><tuv xml:lang=\"es\"><seg>Solo español.</seg></tuv></tu>\n"
    "<tu><tuv xml:lang=\"en\"><seg>  </seg></tuv>"
    "<tuv xml:lang=\"es\"><seg>Nada.</seg></tuv></tu>\n";

TEST(SourceSegments, TakesTheSourceOfTmx) {
  const Content content = Read(TmxWith(kTmxBody), {});
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.texts(), ElementsAre("Rates rose.", "Solo español."));
  EXPECT_EQ(content.segments[0].source_language, Tag("en-US"));
  EXPECT_THAT(content.segments[0].source.codes, SizeIs(2));
}

TEST(SourceSegments, TakesTheLanguageOfTmxThatIsAskedFor) {
  const Content content =
      Read(TmxWith(kTmxBody),
           {.source_language = Tag("en"), .target_language = Tag("zh")});
  EXPECT_THAT(content.texts(), ElementsAre("Rates rose."));
  EXPECT_EQ(content.segments[0].source_language, Tag("en"));
  EXPECT_EQ(content.segments[0].target_language, Tag("zh"));
  EXPECT_THAT(content.problems, ElementsAre(HasSubstr("SOURCE_MISSING")));
}

TEST(SourceSegments, TranslatesNoTmxIntoItsOwnLanguage) {
  const std::string tmx =
      "<tmx version=\"1.4\"><header srclang=\"*all*\"/><body><tu>"
      "<tuv xml:lang=\"es-ES\"><seg>Sí.</seg></tuv>"
      "<tuv xml:lang=\"en\"><seg>Yes.</seg></tuv></tu></body></tmx>";
  for (const SourceOptions& options :
       {SourceOptions{.target_language = Tag("es")},
        SourceOptions{.default_target_language = Tag("es")}}) {
    const Content content = Read(tmx, options);
    EXPECT_THAT(content.end, ReasonIs("FILE_LANGUAGE_UNKNOWN"));
    EXPECT_THAT(content.segments, IsEmpty());
  }
  EXPECT_THAT(
      Read(tmx, {.source_language = Tag("en"), .target_language = Tag("es")})
          .texts(),
      ElementsAre("Yes."));
  EXPECT_THAT(Read(tmx, {.target_language = Tag("zh")}).texts(),
              ElementsAre("Sí."));
}

TEST(SourceSegments, TellsFormatsByTheirContent) {
  struct Case {
    std::string head;
    std::optional<SourceFormat> format;
  };
  using namespace std::string_literals;
  const Case cases[] = {
      {"", SourceFormat::kText},
      {"Plain < text.", SourceFormat::kText},
      {"<b>bold</b>", SourceFormat::kText},
      {TmxWith(""), SourceFormat::kTmx},
      {"\xEF\xBB\xBF <?xml version='1.0'?><!-- <x> --><TMX>",
       SourceFormat::kTmx},
      {"\xFF\xFE<\0t\0m\0x\0>\0"s, SourceFormat::kTmx},
      {"<!DOCTYPE html><html>", std::nullopt},
      {"<?xml version=\"1.0\"?><!DOCTYPE tmx><rss>", std::nullopt},
      {"<xliff version='2.0'><file id='f'>", SourceFormat::kXliff},
      {"# comment\n\nmsgid \"\"\nmsgstr \"\"\n", SourceFormat::kPo},
      {"PK\x03\x04 a zip with words in it \0 or a docx"s, std::nullopt},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(DetectSourceFormat(c.head), c.format) << c.head;
  }
}

TEST(SourceSegments, RefusesWhatItDoesNotKnow) {
  EXPECT_THAT(Read("<html><p>x", {.source_language = Tag("en")}).end,
              ReasonIs("FILE_FORMAT_UNKNOWN"));
  // Unless told what it is.
  EXPECT_THAT(Read("<html><p>x", {.format = SourceFormat::kText,
                                  .source_language = Tag("en")})
                  .texts(),
              ElementsAre("<html><p>x"));
}

TEST(SourceSegments, TellsTheErrorsOfASource) {
  FailingSource source("One.");
  const auto reader = OpenSourceReader(source, {.source_language = Tag("en")});
  ASSERT_THAT(reader, IsOk());
  EXPECT_THAT((*reader)->Next(), ::testing::Not(IsOk()));
}

TEST(SourceSegments, MendsBytesThatAreNotUtf8) {
  const Content content =
      Read("Año.\nA\xF1o así, señor.\n", {.source_language = Tag("es")});
  EXPECT_THAT(content.texts(), ElementsAre("Año.", "Año así, señor."));
  EXPECT_THAT(content.problems, ElementsAre("2: TEXT_MENDED"));
}

TEST(SourceSegments, ReadsTextInOtherEncodings) {
  using namespace std::string_literals;
  EXPECT_THAT(Sentences("\xFF\xFEO\0n\0e\0.\0"s, "en"), ElementsAre("One."));
  EXPECT_THAT(Sentences("Ma\xF1"
                        "ana llueve. \xBFSeguro?",
                        "es"),
              ElementsAre("Mañana llueve.", "¿Seguro?"));
}

constexpr std::string_view kXliff =
    "<xliff version=\"1.2\" "
    "xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">"
    "<file original=\"a\" source-language=\"en\" target-language=\"es\" "
    "datatype=\"plaintext\"><body>"
    "<trans-unit id=\"1\"><source>One.</source></trans-unit>"
    "<trans-unit id=\"2\"><source>Two.</source>"
    "<target state=\"translated\">Dos.</target></trans-unit>"
    "<trans-unit id=\"3\"><source>Three.</source>"
    "<target state=\"new\">Tres.</target></trans-unit>"
    "<trans-unit id=\"4\" translate=\"no\"><source>Four.</source>"
    "</trans-unit>"
    "<trans-unit id=\"5\"><source> </source></trans-unit>"
    "</body></file></xliff>";

TEST(SourceSegments, ReadsXliff) {
  const Content content = Read(kXliff, {});
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.texts(), ElementsAre("One.", "Two.", "Three.", "Four."));
  ASSERT_THAT(content.segments, SizeIs(4));
  const SourceSegment& second = content.segments[1];
  EXPECT_EQ(second.source_language, Tag("en"));
  EXPECT_EQ(second.target_language, Tag("es"));
  EXPECT_EQ(second.context.previous, "One.");
  EXPECT_EQ(second.context.next, "Three.");
  EXPECT_NE(second.context.key, content.segments[0].context.key);
  EXPECT_TRUE(second.is_translated);
  EXPECT_FALSE(content.segments[0].is_translated);
  EXPECT_FALSE(content.segments[2].is_translated);  // A draft.
  EXPECT_TRUE(content.segments[3].is_locked);
  EXPECT_FALSE(second.is_locked);
}

TEST(SourceSegments, ReadsPo) {
  const Content content = Read(
      "msgid \"\"\nmsgstr \"Language: zh_CN\\n\"\n\n"
      "msgctxt \"menu\"\nmsgid \"Open\"\nmsgstr \"\"\n\n"
      "msgid \"%d file\"\nmsgid_plural \"%d files\"\n"
      "msgstr[0] \"\"\nmsgstr[1] \"\"\n\n"
      "#, fuzzy\nmsgid \"Close\"\nmsgstr \"x\"\n\n"
      "msgid \"Quit\"\nmsgstr \"y\"\n",
      {});
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.texts(),
              ElementsAre("Open", "%d file", "%d files", "Close", "Quit"));
  EXPECT_EQ(content.segments[0].context.key, "menu");
  EXPECT_EQ(content.segments[1].context.previous, "");
  EXPECT_EQ(content.segments[0].source_language, Tag("en"));
  EXPECT_EQ(content.segments[0].target_language, Tag("zh-CN"));
  EXPECT_FALSE(content.segments[3].is_translated);
  EXPECT_TRUE(content.segments[4].is_translated);
}

TEST(SourceSegments, LeavesObsoleteEntriesOfPoOut) {
  EXPECT_THAT(Read("msgid \"\"\nmsgstr \"Language: es\\n\"\n\n"
                   "msgid \"Open\"\nmsgstr \"\"\n\n"
                   "#~ msgid \"Old\"\n#~ msgstr \"Viejo\"\n",
                   {})
                  .texts(),
              ElementsAre("Open"));
}

TEST(SourceSegments, OptionsOverrideTheLanguagesOfAFile) {
  const Content content = Read(kXliff, {.source_language = Tag("en-GB"),
                                        .target_language = Tag("zh"),
                                        .default_target_language = Tag("fr")});
  EXPECT_EQ(content.segments[0].source_language, Tag("en-GB"));
  EXPECT_EQ(content.segments[0].target_language, Tag("zh"));
  EXPECT_EQ(Read(kXliff, {.default_target_language = Tag("fr")})
                .segments[0]
                .target_language,
            Tag("es"));
}

TEST(NeighbourQueue, KeepsDocumentsApart) {
  NeighbourQueue queue;
  for (const auto& [document, text] :
       std::vector<std::pair<std::string, std::string>>{
           {"a", "1"}, {"a", "2"}, {"b", "3"}}) {
    queue.Push({.source = {.text = text}, .context = {.document = document}});
  }
  EXPECT_EQ(queue.Pop()->context.next, "2");
  EXPECT_EQ(queue.Pop()->context.next, "");
  EXPECT_FALSE(queue.Pop().has_value());
  queue.Finish();
  EXPECT_EQ(queue.Pop()->context.previous, "");
  EXPECT_FALSE(queue.Pop().has_value());
}

}  // namespace
}  // namespace tercet
