#include "client/lib/document_reader.h"

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

// Each line as `previous<text>next`.
std::vector<std::string> Read(const std::string& text) {
  const std::unique_ptr<ByteSource> source = MakeStringSource(text);
  LineReader lines(*source);
  DocumentReader reader(lines);
  std::vector<std::string> out;
  while (true) {
    const auto line = reader.Next(std::stop_token());
    EXPECT_THAT(line, IsOk());
    if (!line.ok() || !line->has_value()) return out;
    out.push_back((*line)->previous + "<" + (*line)->text + ">" +
                  (*line)->next);
  }
}

TEST(DocumentReader, GivesEachLineItsNeighbours) {
  EXPECT_THAT(Read("a\nb\nc\n"), ElementsAre("<a>b", "a<b>c", "b<c>"));
  EXPECT_THAT(Read("a"), ElementsAre("<a>"));
  EXPECT_THAT(Read(""), IsEmpty());
}

TEST(DocumentReader, LooksOverEmptyLines) {
  EXPECT_THAT(Read("\na\n\n\nb\n\n"),
              ElementsAre("<>", "<a>b", "<>", "<>", "a<b>", "<>"));
}

TEST(DocumentReader, GivesEveryLineOfManyEmptyOnes) {
  const size_t count = 3 * DocumentReader::kMostEmptyLines;
  const std::vector<std::string> lines =
      Read("a" + std::string(count, '\n') + "b");
  EXPECT_EQ(lines.size(), count + 1);
  EXPECT_EQ(lines.front(), "<a>");
  EXPECT_EQ(lines.back(), "a<b>");
}

}  // namespace
}  // namespace tercet::client
