// The reader and the writer of Moses text.
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/formats/readers.h"
#include "tests/formats/format_helpers.h"
#include "tests/formats/random_unit.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<LanguageTag> Tags(const std::vector<std::string>& codes) {
  std::vector<LanguageTag> tags;
  for (const std::string& code : codes) tags.push_back(Tag(code));
  return tags;
}

FileContent ReadMoses(std::string_view bytes,
                      const std::vector<std::string>& languages) {
  const std::unique_ptr<ByteSource> source = MakeStringSource(bytes, 1000);
  return ReadAll(FileFormat::kMoses, *source,
                 {.default_languages = Tags(languages)});
}

Unit From(std::string_view source, const std::vector<Text>& texts) {
  Unit unit = MakeUnit(texts);
  unit.source_language = Tag(source);
  return unit;
}

auto Problem(std::string_view reason, int64_t line, bool skipped) {
  return AllOf(Field(&ReadProblem::reason, std::string(reason)),
               Field(&ReadProblem::line, line),
               Field(&ReadProblem::skipped, skipped));
}

TEST(MosesReader, ReadsOneUnitALineOfEachLanguage) {
  const FileContent content = ReadMoses(
      "Trade rose.\n贸易增长。\r\nComercio\t\"a|b\" \nFloods.\n洪水。\nAgua "
      "&amp;",
      {"en", "zh-CN", "es"});
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems, IsEmpty());
  EXPECT_THAT(content.values(),
              ElementsAre(From("en", {{"en", "Trade rose."},
                                      {"zh-CN", "贸易增长。"},
                                      {"es", "Comercio\t\"a|b\" "}}),
                          From("en", {{"en", "Floods."},
                                      {"zh-CN", "洪水。"},
                                      {"es", "Agua &amp;"}})));
  EXPECT_EQ(content.units[1].line, 2);
}

TEST(MosesReader, EndsALineAtLineFeedsOnly) {
  EXPECT_THAT(
      ReadMoses("a\u2028b\u0085c\nd\n", {"en", "es"}).values(),
      ElementsAre(From("en", {{"en", "a\u2028b\u0085c"}, {"es", "d"}})));
}

TEST(MosesReader, SkipsALineThatIsEmptyInOneOfTwoLanguages) {
  const FileContent content =
      ReadMoses("a\n\nb\nc\n\n\n \t\nd\n", {"en", "es"});
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.values(),
              ElementsAre(From("en", {{"en", "b"}, {"es", "c"}})));
  EXPECT_THAT(content.problems,
              ElementsAre(Problem("TRANSLATION_MISSING", 1, true),
                          Problem("UNIT_EMPTY", 3, true),
                          Problem("TRANSLATION_MISSING", 4, true)));
  EXPECT_EQ(content.problems[0].message, "the line is empty in 'es'");
  EXPECT_EQ(content.problems[0].excerpt, "a");
}

TEST(MosesReader, KeepsALineThatTwoOfThreeLanguagesHave) {
  const FileContent content = ReadMoses("\nb\nc\n", {"en", "zh", "es"});
  EXPECT_THAT(content.values(),
              ElementsAre(From("zh", {{"zh", "b"}, {"es", "c"}})));
  EXPECT_THAT(content.problems, ElementsAre(Problem("TEXT_EMPTY", 1, false)));
}

TEST(MosesReader, SaysWhoseLinesEndFirst) {
  const FileContent content = ReadMoses("a\nb\nc\n", {"en", "zh"});
  EXPECT_THAT(content.values(),
              ElementsAre(From("en", {{"en", "a"}, {"zh", "b"}})));
  EXPECT_THAT(content.end, ReasonIs("FILE_MALFORMED"));
  EXPECT_THAT(content.end, StatusIs(StatusCode::kInvalidArgument,
                                    HasSubstr("the text in 'zh' ends")));
  EXPECT_EQ(GetDetails(content.end).metadata.at("line"), "2");
}

TEST(MosesReader, SkipsLinesThatAreTooLongTogether) {
  const std::string half(kMaxReadBytes / 2 + 1, 'x');
  const FileContent content =
      ReadMoses(half + "\n" + half + "\na\nb\n", {"en", "es"});
  EXPECT_THAT(content.end, IsOk());
  EXPECT_THAT(content.problems, ElementsAre(Problem("LINE_TOO_LONG", 1, true)));
  EXPECT_THAT(content.values(),
              ElementsAre(From("en", {{"en", "a"}, {"es", "b"}})));
}

TEST(MosesReader, NeedsTwoLanguages) {
  EXPECT_THAT(ReadMoses("a\nb\n", {}).end, ReasonIs("FILE_MALFORMED"));
  EXPECT_THAT(ReadMoses("a\nb\n", {"en"}).end, ReasonIs("FILE_MALFORMED"));
}

// The file, and what was lost.
struct Written {
  std::string file;
  WriteLosses losses;
};

class StringSink final : public ByteSink {
 public:
  explicit StringSink(std::string& bytes) : bytes_(bytes) {}
  Status Write(std::string_view bytes) override {
    bytes_ += bytes;
    return OkStatus();
  }

 private:
  std::string& bytes_;
};

Written WriteMoses(const std::vector<Unit>& units,
                   const std::vector<std::string>& languages) {
  Written written;
  StringSink sink(written.file);
  const std::unique_ptr<UnitWriter> writer =
      MakeWriter(FileFormat::kMoses, {.languages = Tags(languages)}, sink);
  for (const Unit& unit : units) {
    EXPECT_THAT(writer->Write({.id = "", .unit = unit}), IsOk());
  }
  EXPECT_THAT(writer->Finish(), IsOk());
  written.losses = writer->losses();
  return written;
}

TEST(MosesWriter, WritesTheLinesOfTheLanguagesInTurn) {
  const Written written =
      WriteMoses({MakeUnit({{"en", "a"}, {"zh-CN", "b"}, {"es", "c"}}),
                  MakeUnit({{"es", "d"}, {"en", "e"}, {"en", "f"}})},
                 {"es", "en"});
  EXPECT_EQ(written.file, "c\na\nd\ne\n");
  EXPECT_EQ(written.losses.left_out_units, 0);
}

TEST(MosesWriter, LeavesOutUnitsThatLackALanguage) {
  const Written written = WriteMoses(
      {MakeUnit({{"en", "a"}}), MakeUnit({{"en", "b"}, {"es", " \n"}}),
       MakeUnit({{"en", "c\nd"}}), MakeUnit({{"en", "e"}, {"es", "f"}})},
      {"en", "es"});
  EXPECT_EQ(written.file, "e\nf\n");
  EXPECT_EQ(written.losses.left_out_units, 3);
  EXPECT_EQ(written.losses.changed_texts, 0);
}

TEST(MosesWriter, WritesASpaceForALineBreak) {
  const Written written =
      WriteMoses({MakeUnit({{"en", "a\r\nb\nc\rd\u2028e\u2029f\u0085g\vh\fi"},
                            {"es", "j"}})},
                 {"en", "es"});
  EXPECT_EQ(written.file, "a b c d e f g h i\nj\n");
  EXPECT_EQ(written.losses.changed_texts, 1);
}

TEST(MosesWriter, TakesATextOfTheLanguage) {
  const Written written =
      WriteMoses({MakeUnit({{"en", "a"}, {"zh-CN", "b"}}),
                  MakeUnit({{"en", "c"}, {"zh-CN", "d"}, {"zh", "e"}}),
                  MakeUnit({{"en", "f"}, {"zh-TW", "g"}})},
                 {"en", "zh"});
  EXPECT_EQ(written.file, "a\nb\nc\ne\nf\ng\n");
  const Written mainland = WriteMoses({MakeUnit({{"en", "c"}, {"zh", "d"}}),
                                       MakeUnit({{"en", "f"}, {"zh-TW", "g"}})},
                                      {"en", "zh-CN"});
  EXPECT_EQ(mainland.file, "c\nd\n");
  EXPECT_EQ(mainland.losses.left_out_units, 1);
}

TEST(MosesWriter, NeedsLanguages) {
  EXPECT_THAT(WriteAll(FileFormat::kMoses, {MakeUnit({{"en", "a"}})}),
              HasSubstr("error: Moses text"));
}

TEST(Moses, KeepsTextsInARoundTrip) {
  constexpr uint64_t kSeed = 20261126;
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 500; ++round) {
    std::string text = RandomUnit(random).variants[0].segment.text;
    // So few bytes with a zero among them are taken for UTF-16.
    std::erase(text, '\0');
    const Unit unit = From("en", {{"en", "x" + text}, {"zh", "中"}});
    const Written written = WriteMoses({unit}, {"en", "zh"});
    ASSERT_EQ(written.losses.left_out_units, 0);
    const FileContent content = ReadMoses(written.file, {"en", "zh"});
    ASSERT_EQ(content.units.size(), 1U) << "seed " << kSeed << "\n"
                                        << testing::PrintToString(written.file);
    if (written.losses.changed_texts > 0) continue;
    ASSERT_EQ(content.values(), std::vector<Unit>{unit}) << "seed " << kSeed;
  }
}

}  // namespace
}  // namespace tercet
