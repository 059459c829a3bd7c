#include "service/rpc/code_points.h"

#include <gtest/gtest.h>

#include <optional>

namespace tercet {
namespace {

// One, two, three and four bytes: code points at bytes 0, 1, 3, 6; end 10.
constexpr std::string_view kText = "a\u00F1\u4E2D\U0001F600";

TEST(CodePointCursor, CountsCodePoints) {
  CodePointCursor cursor(kText);
  EXPECT_EQ(cursor.ToCodePoint(0), 0);
  EXPECT_EQ(cursor.ToCodePoint(3), 2);
  EXPECT_EQ(cursor.ToCodePoint(10), 4);
}

TEST(CodePointCursor, FindsBytes) {
  CodePointCursor cursor(kText);
  EXPECT_EQ(cursor.ToByte(0), 0u);
  EXPECT_EQ(cursor.ToByte(2), 3u);
  EXPECT_EQ(cursor.ToByte(4), 10u);
}

TEST(CodePointCursor, GoesBackToo) {
  CodePointCursor cursor(kText);
  EXPECT_EQ(cursor.ToByte(3), 6u);
  EXPECT_EQ(cursor.ToByte(1), 1u);
  EXPECT_EQ(cursor.ToCodePoint(6), 3);
  EXPECT_EQ(cursor.ToCodePoint(1), 1);
}

TEST(CodePointCursor, RefusesPlacesOutside) {
  CodePointCursor cursor(kText);
  EXPECT_EQ(cursor.ToByte(-1), std::nullopt);
  EXPECT_EQ(cursor.ToByte(5), std::nullopt);
  EXPECT_EQ(cursor.ToByte(4), 10u);
}

}  // namespace
}  // namespace tercet
