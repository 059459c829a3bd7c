#include "service/text/language.h"

#include <gtest/gtest.h>

#include <string_view>

namespace tercet {
namespace {

Language Resolve(std::string_view code) {
  return ResolveLanguage(LanguageTag::Parse(code).value());
}

TEST(Language, SpellingsOfChineseAreOne) {
  for (const char* code :
       {"zh", "zh-CN", "zh_CN", "ZH-cn", "zh-Hans", "zh-Hans-CN", "zho"}) {
    EXPECT_EQ(Resolve(code), Resolve("zh")) << code;
  }
}

TEST(Language, TraditionalChineseIsAnotherRegion) {
  EXPECT_EQ(Resolve("zh-TW"), Resolve("zh-Hant"));
  EXPECT_NE(Resolve("zh-TW"), Resolve("zh"));
  EXPECT_NE(Resolve("zh-HK"), Resolve("zh-TW"));
  EXPECT_EQ(Resolve("zh-TW").base, "zh");
}

TEST(Language, RegionsOfSpanishAndEnglishDiffer) {
  EXPECT_EQ(Resolve("es"), Resolve("es-ES"));
  EXPECT_NE(Resolve("es"), Resolve("es-419"));
  EXPECT_NE(Resolve("es-419"), Resolve("es-MX"));
  EXPECT_EQ(Resolve("en"), Resolve("en-US"));
  EXPECT_NE(Resolve("en"), Resolve("en-GB"));
}

TEST(Language, UnknownAndPrivateTagsStandForThemselves) {
  EXPECT_EQ(Resolve("x-klingon").base, "x-klingon");
  EXPECT_NE(Resolve("x-one"), Resolve("x-two"));
  EXPECT_EQ(Resolve("qaa").base, "qaa");
}

}  // namespace
}  // namespace tercet
