// The reader and the writer of TSV.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

FileContent ReadTsv(std::string_view bytes) {
  return ReadAll(FileFormat::kTsv, bytes);
}

Unit From(std::string_view source, const std::vector<Text>& texts) {
  Unit unit = MakeUnit(texts);
  unit.source_language = Tag(source);
  return unit;
}

auto SkippedWith(std::string_view reason, int64_t line) {
  return AllOf(Field(&ReadProblem::reason, std::string(reason)),
               Field(&ReadProblem::line, line),
               Field(&ReadProblem::skipped, true));
}

TEST(TsvReader, ReadsOneUnitALine) {
  const FileContent content = ReadTsv(
      "EN\tzh_CN\tspa\r\nTrade\t贸易\tComercio\r\n\nFlood\t\tInundación");
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems, IsEmpty());
  EXPECT_THAT(
      content.values(),
      ElementsAre(
          From("en", {{"en", "Trade"}, {"zh-CN", "贸易"}, {"es", "Comercio"}}),
          From("en", {{"en", "Flood"}, {"es", "Inundación"}})));
  EXPECT_EQ(content.units[0].line, 2);
  EXPECT_EQ(content.units[1].line, 4);
}

TEST(TsvReader, TakesTheFirstTextAsSourceWhereTheFirstColumnIsEmpty) {
  EXPECT_THAT(ReadTsv("en\tzh\tes\n\t中\ta\n").values(),
              ElementsAre(From("zh", {{"zh", "中"}, {"es", "a"}})));
}

TEST(TsvReader, ReadsSeveralVariantsOfALanguage) {
  EXPECT_THAT(ReadTsv("en\ten\na\tb\n").values(),
              ElementsAre(From("en", {{"en", "a"}, {"en", "b"}})));
}

TEST(TsvReader, ReadsADocumentColumn) {
  Unit unit = From("en", {{"en", "a"}, {"es", "b"}});
  unit.origin.document = "press/1";
  EXPECT_THAT(ReadTsv("en\tdocument\tes\na\tpress/1\tb\n").values(),
              ElementsAre(unit));
}

TEST(TsvReader, ResolvesEscapes) {
  EXPECT_THAT(ReadTsv("en\na\\tb\\nc\\rd\\\\n \\x \\\n").values(),
              ElementsAre(From("en", {{"en", "a\tb\nc\rd\\n \\x \\"}})));
}

TEST(TsvReader, SkipsLinesThatDoNotFit) {
  const FileContent content = ReadTsv("en\tes\na\na\tb\tc\n\t\na\tb\n");
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems, ElementsAre(SkippedWith("CELL_COUNT_WRONG", 2),
                                            SkippedWith("CELL_COUNT_WRONG", 3),
                                            SkippedWith("UNIT_EMPTY", 4)));
  EXPECT_THAT(content.values(),
              ElementsAre(From("en", {{"en", "a"}, {"es", "b"}})));
}

TEST(TsvReader, ShowsWhatAHeaderLooksLike) {
  for (std::string_view file :
       {"", "Hello world\tHola\n", "en\t\n", "en;es\n"}) {
    const FileContent content = ReadTsv(file);
    EXPECT_THAT(content.end, StatusIs(StatusCode::kInvalidArgument,
                                      HasSubstr("'en<TAB>zh<TAB>es'")))
        << file;
    EXPECT_THAT(content.end, ReasonIs("FILE_MALFORMED"));
    EXPECT_EQ(GetDetails(content.end).metadata.at("line"), "1");
  }
}

FileContent ReadTsvAs(std::string_view file,
                      std::vector<LanguageTag> languages) {
  const std::unique_ptr<ByteSource> source = MakeStringSource(file);
  return ReadAll(FileFormat::kTsv, *source,
                 {.default_languages = std::move(languages)});
}

TEST(TsvReader, TakesDefaultLanguagesForAMissingHeader) {
  const FileContent content =
      ReadTsvAs("Hello.\tHola.\nNo\tNo\n", {Tag("en"), Tag("es")});
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.values(),
              ElementsAre(From("en", {{"en", "Hello."}, {"es", "Hola."}}),
                          From("en", {{"en", "No"}, {"es", "No"}})));
  EXPECT_EQ(content.units.front().line, 1);
}

TEST(TsvReader, PrefersTheHeaderToDefaultLanguages) {
  const std::vector<LanguageTag> defaults = {Tag("en"), Tag("es")};
  EXPECT_THAT(
      ReadTsvAs("en-US\tzh\nHello.\t你好。\n", defaults).values(),
      ElementsAre(From("en-US", {{"en-US", "Hello."}, {"zh", "你好。"}})));
  // Its columns are more than the defaults, so it must have a header.
  EXPECT_THAT(ReadTsvAs("Hello.\tHola.\tx\n", defaults).end,
              ReasonIs("FILE_MALFORMED"));
  // Texts that would do as codes, too.
  EXPECT_EQ(ReadTsvAs("No\tNo\n", defaults).units.size(), 1U);
  EXPECT_EQ(ReadTsvAs("hello\thola\n", defaults).units.size(), 1U);
}

TEST(TsvReader, RepeatsItsError) {
  const std::unique_ptr<ByteSource> source = MakeStringSource("?\nen\na\n");
  const auto reader = MakeReader(FileFormat::kTsv, *source);
  EXPECT_THAT(reader->Next(), ReasonIs("FILE_MALFORMED"));
  EXPECT_THAT(reader->Next(), ReasonIs("FILE_MALFORMED"));
}

TEST(TsvWriter, WritesTheChosenLanguagesInTheirOrder) {
  const std::vector<Unit> units = {
      MakeUnit({{"en", "a\tb\nc\\d\r"}, {"fr", "x"}, {"es", "e"}}),
      MakeUnit({{"zh", "中"}, {"zh", "国"}}),
      MakeUnit({{"fr", "x"}}),
  };
  EXPECT_EQ(WriteAll(FileFormat::kTsv, units,
                     {.languages = {Tag("zh"), Tag("en"), Tag("zh")}}),
            "zh\ten\tzh\n"
            "\ta\\tb\\nc\\\\d\\r\t\n"
            "中\t\t国\n");
}

TEST(TsvWriter, WritesAHeaderWithoutUnits) {
  EXPECT_EQ(WriteAll(FileFormat::kTsv, {}, {.languages = {Tag("zh")}}), "zh\n");
}

TEST(TsvWriter, NeedsLanguages) {
  EXPECT_THAT(WriteAll(FileFormat::kTsv, {MakeUnit({{"en", "a"}})}),
              HasSubstr("error: TSV has a column for each language"));
  EXPECT_THAT(WriteAll(FileFormat::kTsv, {}), HasSubstr("error: TSV"));
}

}  // namespace
}  // namespace tercet
