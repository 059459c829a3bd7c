#include "service/http/line_splitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/matchers.h"

namespace tercet::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LineSplitter, JoinsPieces) {
  LineSplitter lines(100);
  EXPECT_THAT(*lines.Add("a\nb"), ElementsAre("a"));
  EXPECT_THAT(*lines.Add("c\r\n\nd"), ElementsAre("bc", ""));
  EXPECT_THAT(*lines.Finish(), ElementsAre("d"));
  EXPECT_THAT(*lines.Finish(), IsEmpty());
}

TEST(LineSplitter, RefusesALineThatIsTooLong) {
  LineSplitter lines(3);
  EXPECT_THAT(*lines.Add("abc\nab"), ElementsAre("abc"));
  EXPECT_EQ(GetDetails(lines.Add("cd").status()).reason, "HTTP_LINE_TOO_LONG");
}

}  // namespace
}  // namespace tercet::http
