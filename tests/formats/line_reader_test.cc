#include "service/formats/line_reader.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Each line as number:offset:text.
StatusOr<std::vector<std::string>> Lines(ByteSource& source) {
  LineReader reader(source);
  std::vector<std::string> lines;
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<Line> line, reader.Next());
    if (!line) return lines;
    lines.push_back(std::to_string(line->position.line) + ":" +
                    std::to_string(line->position.offset) + ":" +
                    (line->too_long ? "too long" : std::string(line->text)));
  }
}

StatusOr<std::vector<std::string>> Lines(std::string_view bytes) {
  const std::unique_ptr<ByteSource> source = MakeStringSource(bytes, 3);
  return Lines(*source);
}

TEST(LineReader, KnowsBothLineEnds) {
  EXPECT_THAT(Lines("ab\nc\r\n\nd\re"),
              IsOkAndHolds(ElementsAre("1:0:ab", "2:3:c", "3:6:", "4:7:d\re")));
}

TEST(LineReader, NeedsNoLastLineEnd) {
  EXPECT_THAT(Lines("a\n"), IsOkAndHolds(ElementsAre("1:0:a")));
  EXPECT_THAT(Lines("a"), IsOkAndHolds(ElementsAre("1:0:a")));
  EXPECT_THAT(Lines(""), IsOkAndHolds(IsEmpty()));
}

TEST(LineReader, GivesLinesAsTheyAreInTheFile) {
  const std::unique_ptr<ByteSource> source = MakeStringSource("a\r\nb", 1);
  LineReader reader(*source);
  EXPECT_EQ((*reader.Next())->raw, "a\r\n");
  EXPECT_EQ((*reader.Next())->raw, "b");
}

TEST(LineReader, PassesOverALineThatIsTooLong) {
  const std::string longest(kMaxReadBytes, 'x');
  const std::string bytes = "a\n" + longest + "y\n" + "b\n";
  const std::unique_ptr<ByteSource> source = MakeStringSource(bytes);
  EXPECT_THAT(Lines(*source), IsOkAndHolds(ElementsAre("1:0:a", "2:2:too long",
                                                       "3:16777220:b")));
}

TEST(LineReader, GivesTheSourcesError) {
  FailingSource source("a\nb");
  LineReader reader(source);
  EXPECT_THAT(reader.Next(), IsOk());
  EXPECT_THAT(reader.Next(), ReasonIs("DISK_GONE"));
}

}  // namespace
}  // namespace tercet
