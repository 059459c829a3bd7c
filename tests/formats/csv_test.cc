// The reader and the writer of CSV.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

FileContent ReadCsv(std::string_view bytes, size_t chunk_bytes = 3) {
  return ReadAll(FileFormat::kCsv, bytes, chunk_bytes);
}

Unit From(const std::vector<Text>& texts) {
  Unit unit = MakeUnit(texts);
  unit.source_language = unit.variants.front().language;
  return unit;
}

TEST(CsvReader, ReadsQuotesCommasAndLineBreaks) {
  const FileContent content = ReadCsv(
      "en,zh,es\r\n\"Trade, \"\"both\"\" ways\",贸易,\"a\r\nb\n\"\r\n"
      "Flood,,\r\n");
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems, IsEmpty());
  EXPECT_THAT(content.values(),
              ElementsAre(From({{"en", "Trade, \"both\" ways"},
                                {"zh", "贸易"},
                                {"es", "a\r\nb\n"}}),
                          From({{"en", "Flood"}})));
  EXPECT_EQ(content.units[0].line, 2);
  EXPECT_EQ(content.units[1].line, 5);
}

TEST(CsvReader, FindsTheDelimiter) {
  for (std::string_view file :
       {"en,zh\n\"a,b\",c\n", "en;zh\n\"a,b\";c\n", "en\tzh\n\"a,b\"\tc\n",
        "en|zh\na,b|c\n", "sep=;\nen;zh\na,b;c\n"}) {
    EXPECT_THAT(ReadCsv(file).values(),
                ElementsAre(From({{"en", "a,b"}, {"zh", "c"}})))
        << file;
  }
}

TEST(CsvReader, KnowsTheNamesOfLanguages) {
  EXPECT_THAT(ReadCsv("English,Simplified Chinese,SPANISH\na,b,c\n").values(),
              ElementsAre(From({{"en", "a"}, {"zh-Hans", "b"}, {"es", "c"}})));
}

TEST(CsvReader, LeavesOutColumnsThatNameNoLanguage) {
  const FileContent content =
      ReadCsv("ID,English , es,Comment,key\n1,a,b,c,d\n");
  EXPECT_THAT(content.values(), ElementsAre(From({{"en", "a"}, {"es", "b"}})));
  ASSERT_THAT(content.problems,
              ElementsAre(Field(&ReadProblem::reason, "COLUMN_UNKNOWN")));
  EXPECT_THAT(content.problems[0].message, HasSubstr("ID, Comment, key"));
}

TEST(CsvReader, RefusesAHeaderThatNamesFewerThanTwoLanguages) {
  for (std::string_view file :
       {"Source,Target\na,b\n", "en,Comment\na,b\n", "key,value\na,b\n"}) {
    EXPECT_THAT(ReadCsv(file).end, ReasonIs("FILE_MALFORMED")) << file;
  }
  EXPECT_THAT(MessageOf(ReadCsv("Source,Target\n").end),
              HasSubstr("--default-languages"));
}

TEST(CsvReader, TakesSourceAndTargetFromTheOptions) {
  const auto source = MakeStringSource("Source,Target\na,b\n");
  const auto reader = MakeReader(FileFormat::kCsv, *source,
                                 {.default_languages = {Tag("en"), Tag("zh")}});
  const auto item = reader->Next();
  ASSERT_THAT(item, IsOk());
  EXPECT_EQ(std::get<ReadUnit>(**item).unit, From({{"en", "a"}, {"zh", "b"}}));
}

TEST(CsvReader, TakesAQuoteThatIsNotClosedForText) {
  const FileContent content =
      ReadCsv("en,zh\n\"5\"\" pipe,a\nb,c\n5 nails,d\n");
  EXPECT_THAT(content.values(),
              ElementsAre(From({{"en", "\"5\"\" pipe"}, {"zh", "a"}}),
                          From({{"en", "b"}, {"zh", "c"}}),
                          From({{"en", "5 nails"}, {"zh", "d"}})));
  EXPECT_THAT(content.problems,
              ElementsAre(Field(&ReadProblem::reason, "QUOTE_UNCLOSED")));
  EXPECT_EQ(content.problems[0].line, 2);
}

TEST(CsvReader, EndsWhereAFileWasCutOffInAQuotedCell) {
  for (std::string_view cut :
       {"\"Trade ro", "Trade rose.,\"双边", "\"Two\nlines", "\"Two\n"}) {
    SCOPED_TRACE(cut);
    const FileContent content = ReadCsv("en,zh\na,b\n" + std::string(cut));
    // After the end of a line it may as well be a quote that means nothing.
    const bool is_cut = !cut.ends_with('\n');
    EXPECT_EQ(content.end.ok(), !is_cut);
    EXPECT_EQ(content.values().front(), From({{"en", "a"}, {"zh", "b"}}));
    EXPECT_THAT(content.units, SizeIs(1));
    if (!is_cut) continue;
    EXPECT_THAT(content.end,
                StatusIs(StatusCode::kInvalidArgument,
                         HasSubstr("the file ends inside a quoted cell")));
    EXPECT_THAT(MessageOf(content.end), HasSubstr("line 3"));
  }
}

TEST(CsvReader, GoesOnWhereRowsFollowAQuoteThatIsNotClosed) {
  const FileContent content = ReadCsv("en,zh\n\"5 nails,a\nb,c");
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.units, SizeIs(2));
}

TEST(CsvReader, TakesNoLongTimeOverQuotesThatAreNotClosed) {
  std::string file = "en,zh\n";
  for (int i = 0; i < 200'000; ++i) file += "a\"b,\"c\"\"\n";
  EXPECT_THAT(ReadCsv(file, 4096).end, IsOk());
}

TEST(CsvReader, SkipsRowsThatDoNotFit) {
  const FileContent content = ReadCsv("en,zh\na\na,b,c\n,\n\n");
  EXPECT_THAT(content.units, IsEmpty());
  EXPECT_THAT(content.problems, SizeIs(3));
}

TEST(CsvReader, ShowsWhatAHeaderLooksLike) {
  for (std::string_view file : {"", "Hello world,Hola\n", "\"en,zh\n"}) {
    EXPECT_THAT(ReadCsv(file).end,
                StatusIs(StatusCode::kInvalidArgument, HasSubstr("'en,zh,es'")))
        << file;
  }
}

TEST(CsvWriter, QuotesWhatNeedsIt) {
  EXPECT_EQ(WriteAll(FileFormat::kCsv,
                     {MakeUnit({{"en", "a, \"b\"\nc"}, {"es", " d"}}),
                      MakeUnit({{"fr", "x"}}), MakeUnit({{"es", "e"}})},
                     {.languages = {Tag("en"), Tag("es")}}),
            "en,es\r\n\"a, \"\"b\"\"\nc\",\" d\"\r\n,e\r\n");
}

TEST(CsvWriter, HasJustTheColumnsThatAreAskedFor) {
  const Unit unit =
      MakeUnit({{"en-GB", "a"}, {"en", "b"}, {"es-MX", "c"}, {"zh-TW", "d"}});
  const auto write = [&](const std::vector<std::string>& languages) {
    WriterOptions options;
    for (const std::string& code : languages) {
      options.languages.push_back(Tag(code));
    }
    return WriteAll(FileFormat::kCsv, {unit}, options);
  };
  EXPECT_EQ(write({"en", "es", "zh"}), "en,es,zh\r\nb,c,d\r\n");
  EXPECT_EQ(write({"en", "en"}), "en,en\r\nb,a\r\n");
  EXPECT_EQ(write({"es-ES", "zh-CN", "en"}), "es-ES,zh-CN,en\r\n,,b\r\n");
}

TEST(CsvWriter, NeedsLanguages) {
  EXPECT_THAT(WriteAll(FileFormat::kCsv, {}),
              HasSubstr("error: CSV has a column for each language"));
}

}  // namespace
}  // namespace tercet
