#include "client/cli/language_argument.h"

#include <string>

#include "client/cli/exit_code.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(CheckLanguage, AcceptsCodesInAnySpelling) {
  for (const std::string code :
       {"zh", "ZH-cn", "zh_Hant_TW", "en", "es-419", "yue", "eng", "iw",
        "x-elvish", "de-CH-1996"}) {
    EXPECT_THAT(CheckLanguage("--from", code), IsOk()) << code;
  }
}

TEST(CheckLanguage, KnowsWhatWasMeant) {
  const struct {
    std::string typed;
    std::string meant;
  } kCases[] = {
      {"chinese", "zh"}, {"Chines", "zh"},   {"中文", "zh"},  {"cn", "zh"},
      {"jp", "ja"},      {"spanish", "es"},  {"sp", "es"},    {"español", "es"},
      {"us", "en-US"},   {"en-uk", "en-GB"}, {"gb", "en-GB"}, {"englsh", "en"},
  };
  for (const auto& c : kCases) {
    const Status status = CheckLanguage("--from", c.typed);
    EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument,
                                 HasSubstr("did you mean '" + c.meant + "'?")))
        << c.typed;
    EXPECT_EQ(ExitCodeOf(status), ExitCode::kUsage);
  }
}

TEST(CheckLanguage, HasNoIdeaForNonsense) {
  for (const std::string code :
       {"", "qq", "12", "-zh", "zh-", "z", "x", "qwertyuiop", "zh cn"}) {
    EXPECT_THAT(
        CheckLanguage("--to", code),
        StatusIs(StatusCode::kInvalidArgument, Not(HasSubstr("did you mean"))))
        << code;
  }
}

TEST(CheckLanguages, NamesTheWrongOne) {
  EXPECT_THAT(CheckLanguages("--to", {"en", "cn"}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("'cn'")));
}

TEST(SameCode, IgnoresSpelling) {
  EXPECT_TRUE(SameCode("zh-CN", "ZH_cn"));
  EXPECT_FALSE(SameCode("zh-CN", "zh"));
  EXPECT_EQ(PrimaryLanguage("ZH_tw"), "zh");
}

}  // namespace
}  // namespace tercet::cli
