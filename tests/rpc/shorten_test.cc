#include "service/rpc/shorten.h"

#include <gtest/gtest.h>

#include <string>

namespace tercet {
namespace {

TEST(Shorten, LeavesShortTexts) {
  EXPECT_EQ(Shorten("", 4), "");
  EXPECT_EQ(Shorten("abcd", 4), "abcd");
}

TEST(Shorten, CutsAtACharacter) {
  EXPECT_EQ(Shorten("abcde", 4), "abcd...");
  EXPECT_EQ(Shorten("ab\u4E2D", 4), "ab...");
}

TEST(Shorten, CutsBeforeWhatIsNotUtf8) {
  EXPECT_EQ(Shorten("ab\xFF"
                    "cd",
                    100),
            "ab...");
}

}  // namespace
}  // namespace tercet
