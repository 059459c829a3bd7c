#include "service/server/did_you_mean.h"

#include <gtest/gtest.h>

namespace tercet {
namespace {

TEST(DidYouMean, NamesTheNearest) {
  EXPECT_EQ(DidYouMean("lisen", {"data", "listen", "log_level"}),
            "; did you mean 'listen'?");
  EXPECT_EQ(DidYouMean("log_levle", {"log_format", "log_level"}),
            "; did you mean 'log_level'?");
}

TEST(DidYouMean, IsSilentWhereNothingIsNear) {
  EXPECT_EQ(DidYouMean("password", {"data", "listen"}), "");
  EXPECT_EQ(DidYouMean("x", {}), "");
}

}  // namespace
}  // namespace tercet
