#include "client/lib/line_reader.h"

#include <unistd.h>

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Lines(const std::string& text) {
  const std::unique_ptr<ByteSource> source = MakeStringSource(text);
  LineReader reader(*source);
  std::vector<std::string> lines;
  while (true) {
    const auto line = reader.Next(std::stop_token());
    EXPECT_THAT(line, IsOk());
    if (!line.ok() || !line->has_value()) return lines;
    lines.push_back(**line);
  }
}

TEST(LineReader, TakesEitherLineEnd) {
  EXPECT_THAT(Lines("a\nb\r\nc"), ElementsAre("a", "b", "c"));
}

TEST(LineReader, KeepsEmptyLines) {
  EXPECT_THAT(Lines("a\n\nb\n"), ElementsAre("a", "", "b"));
  EXPECT_THAT(Lines(""), IsEmpty());
  EXPECT_THAT(Lines("\n"), ElementsAre(""));
}

TEST(LineReader, DropsAByteOrderMarkAtTheBeginningOnly) {
  EXPECT_THAT(Lines("\xEF\xBB\xBF水\n\xEF\xBB\xBF灾"),
              ElementsAre("水", "\xEF\xBB\xBF灾"));
}

TEST(LineReader, ReadsLinesLongerThanItsBuffer) {
  const std::string line(300'000, 'x');
  EXPECT_THAT(Lines(line + "\n" + line), ElementsAre(line, line));
}

TEST(LineReader, EndsAWaitWhenNobodyWantsTheLine) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const std::unique_ptr<ByteSource> source =
      MakeDescriptorSource(pipe_ends[0], "pipe");
  LineReader reader(*source);
  std::stop_source stop;
  stop.request_stop();
  const auto line = reader.Next(stop.get_token());
  ASSERT_THAT(line, IsOk());
  EXPECT_FALSE(line->has_value());
  close(pipe_ends[0]);
  close(pipe_ends[1]);
}

}  // namespace
}  // namespace tercet::client
