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
  FailingSource source("");
  EXPECT_THAT(OpenSourceReader(source, {.source_language = Tag("en")}),
              ::testing::Not(IsOk()));
}

TEST(SourceSegments, MendsBytesThatAreNotUtf8) {
  const Content content =
      Read("Año.\nA\xF1o así, señor.\n", {.source_language = Tag("es")});
  EXPECT_THAT(content.texts(), ElementsAre("Año.", "Año así, señor."));
  EXPECT_THAT(content.problems, ElementsAre("2: TEXT_MENDED"));
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
