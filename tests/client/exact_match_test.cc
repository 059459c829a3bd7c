#include "client/cli/exact_match.h"

#include <google/protobuf/text_format.h>

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::Unit TestUnit() {
  v1::Unit unit;
  google::protobuf::TextFormat::ParseFromString(R"(
    variants { language_code: "zh-TW" text: "颱風" }
    variants { language_code: "zh-CN" text: "台风" }
    variants { language_code: "en-GB" text: "typhoon" }
    variants { language_code: "es" text: "tifón" })",
                                                &unit);
  return unit;
}

std::vector<std::string> TargetTexts(const v1::Match& match) {
  std::vector<std::string> texts;
  for (const v1::Variant& target : match.targets()) {
    texts.push_back(target.text());
  }
  return texts;
}

TEST(ExactMatch, TakesTheVariantWithTheTextAsSource) {
  const v1::Match match =
      ExactMatch(TestUnit(), {.language = "zh", .text = "台风", .targets = {}});
  EXPECT_EQ(match.source().language_code(), "zh-CN");
  EXPECT_EQ(match.score(), 100);
  EXPECT_THAT(TargetTexts(match), ElementsAre("typhoon", "tifón"));
}

TEST(ExactMatch, KeepsTheLanguagesWanted) {
  const v1::Match match = ExactMatch(
      TestUnit(), {.language = "es", .text = "tifón", .targets = {"en"}});
  EXPECT_THAT(TargetTexts(match), ElementsAre("typhoon"));
  EXPECT_THAT(
      TargetTexts(ExactMatch(
          TestUnit(), {.language = "es", .text = "tifón", .targets = {"fr"}})),
      IsEmpty());
}

TEST(ExactMatch, FallsBackToTheLanguageOfTheQuery) {
  EXPECT_EQ(
      ExactMatch(TestUnit(),
                 {.language = "en", .text = "typhoon\u200b", .targets = {}})
          .source()
          .text(),
      "typhoon");
}

}  // namespace
}  // namespace tercet::cli
