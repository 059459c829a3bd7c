#include "service/model/language_tag.h"

#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Property;

auto HoldsCode(const std::string& code) {
  return IsOkAndHolds(Property("code", &LanguageTag::code, code));
}

TEST(LanguageTag, HasOneSpelling) {
  struct Case {
    const char* text;
    const char* code;
  };
  const Case kCases[] = {
      {"en", "en"},
      {"EN", "en"},
      {"zh_CN", "zh-CN"},
      {"ZH-cn", "zh-CN"},
      {"zh-hans", "zh-Hans"},
      {"ZH-CHS", "zh-Hans"},
      {"zh_CHT_TW", "zh-Hant-TW"},
      {"zh-cmn-Hans-CN", "zh-Hans-CN"},
      {"zh-cmn", "zh"},
      {"zh_hANT_tw", "zh-Hant-TW"},
      {"es-419", "es-419"},
      {"de-ch-1901", "de-CH-1901"},
      {"sl-rozaj-biske-1994", "sl-rozaj-biske-1994"},
      {"ES-ES_tradnl", "es-ES-tradnl"},
      {"zh-yue-HK", "zh-yue-HK"},
      {"zh-min-nan-hant-tw", "zh-min-nan-Hant-TW"},
      {"en-US-u-CA-Gregory-x-Mine", "en-US-u-ca-gregory-x-mine"},
      {"de-a-foo-B-bar", "de-a-foo-b-bar"},
      {"X-Klingon", "x-klingon"},
      {"x-a-1", "x-a-1"},
      {"I-Klingon", "i-klingon"},
      {"fil", "fil"},
      {"mul", "mul"},
  };
  for (const Case& c : kCases) {
    EXPECT_THAT(LanguageTag::Parse(c.text), HoldsCode(c.code)) << c.text;
    EXPECT_THAT(LanguageTag::Parse(c.code), HoldsCode(c.code)) << c.text;
  }
}

TEST(LanguageTag, TakesThreeLetterCodesOfCommonLanguages) {
  const std::map<std::string, std::string> kCases = {
      {"eng", "en"}, {"spa", "es"}, {"zho", "zh"}, {"chi", "zh"}, {"cmn", "zh"},
      {"fra", "fr"}, {"fre", "fr"}, {"deu", "de"}, {"ger", "de"}, {"por", "pt"},
      {"ita", "it"}, {"rus", "ru"}, {"jpn", "ja"}, {"kor", "ko"}, {"ara", "ar"},
      {"nld", "nl"}, {"dut", "nl"}, {"ces", "cs"}, {"cze", "cs"}, {"ell", "el"},
      {"gre", "el"}, {"ron", "ro"}, {"rum", "ro"}, {"slk", "sk"}, {"slo", "sk"},
      {"fas", "fa"}, {"per", "fa"}, {"msa", "ms"}, {"may", "ms"}, {"eus", "eu"},
      {"baq", "eu"}, {"zul", "zu"},
  };
  for (const auto& [text, code] : kCases) {
    EXPECT_THAT(LanguageTag::Parse(text), HoldsCode(code)) << text;
  }
  EXPECT_THAT(LanguageTag::Parse("SPA_mx"), HoldsCode("es-MX"));
  EXPECT_THAT(LanguageTag::Parse("chi-x-eng"), HoldsCode("zh-x-eng"));
}

TEST(LanguageTag, TakesTheCodesThatJavaStillGives) {
  EXPECT_THAT(LanguageTag::Parse("iw_IL"), HoldsCode("he-IL"));
  EXPECT_THAT(LanguageTag::Parse("in_ID"), HoldsCode("id-ID"));
  EXPECT_THAT(LanguageTag::Parse("ji"), HoldsCode("yi"));
}

TEST(LanguageTag, RefusesWhatIsNoTag) {
  const std::string kCases[] = {
      "",
      "e",
      "-",
      "en-",
      "-en",
      "en--US",
      "en US",
      " en",
      "es_ES.UTF-8",
      "es_ES@euro",
      "english (US)",
      "中文",
      "e1",
      "123",
      "en-US-GB",      // Two regions.
      "en-Latn-Cyrl",  // Two scripts.
      "en-US-Latn",    // The script behind the region.
      "en-abcdefghi",  // A subtag of nine.
      "engl-yue",      // Only languages of two or three letters have extended.
      "zh-yue-yue-yue-yue",
      "en-u",  // Nothing in the extension.
      "en-u-x-a",
      "en-x",
      "x",
      "i",
      "x-",
      "en-x-\xFF",
      std::string("en\0US", 5),
      std::string(65, 'a'),
      "en-x-" + std::string(100'000, 'a'),
  };
  for (const std::string& text : kCases) {
    EXPECT_THAT(LanguageTag::Parse(text),
                AllOf(StatusIs(StatusCode::kInvalidArgument,
                               HasSubstr("is not a BCP-47 language code")),
                      ReasonIs("LANGUAGE_INVALID")))
        << text.substr(0, 80);
  }
}

TEST(LanguageTag, MayHave64Bytes) {
  std::string text = "en-x";
  while (text.size() < 64) text += "-abcd";
  EXPECT_THAT(LanguageTag::Parse(text), HoldsCode(text));
}

TEST(LanguageTag, ErrorShowsTheText) {
  const Status status = LanguageTag::Parse("es_ES.UTF-8").status();
  EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument,
                               HasSubstr("'es_ES.UTF-8'")));
  EXPECT_EQ(GetDetails(status).metadata.at("language_code"), "es_ES.UTF-8");
}

TEST(LanguageTag, GivesItsParts) {
  struct Case {
    const char* text;
    const char* language;
    const char* script;
    const char* region;
  };
  const Case kCases[] = {
      {"zh", "zh", "", ""},
      {"zh-Hant-TW", "zh", "Hant", "TW"},
      {"zh-Hans", "zh", "Hans", ""},
      {"es-419", "es", "", "419"},
      {"zh-yue-Hant-HK", "zh", "Hant", "HK"},
      {"de-1901", "de", "", ""},
      {"de-DE-1901", "de", "", "DE"},
      {"en-u-ca-latn", "en", "", ""},  // In an extension nothing counts.
      {"en-x-us-latn", "en", "", ""},
      {"x-latn-us", "x", "", ""},
      {"i-klingon", "i", "", ""},
  };
  for (const Case& c : kCases) {
    StatusOr<LanguageTag> tag = LanguageTag::Parse(c.text);
    ASSERT_THAT(tag, IsOk());
    EXPECT_EQ(tag->language(), c.language) << c.text;
    EXPECT_EQ(tag->script(), c.script) << c.text;
    EXPECT_EQ(tag->region(), c.region) << c.text;
  }
}

TEST(LanguageTag, DefaultIsEmpty) {
  EXPECT_TRUE(LanguageTag().empty());
  EXPECT_EQ(LanguageTag().language(), "");
  EXPECT_EQ(LanguageTag().region(), "");
}

TEST(LanguageTag, EqualSpellingsAreEqualValues) {
  EXPECT_EQ(*LanguageTag::Parse("zh_cn"), *LanguageTag::Parse("zho-CN"));
  EXPECT_NE(*LanguageTag::Parse("zh"), *LanguageTag::Parse("zh-CN"));
  EXPECT_LT(*LanguageTag::Parse("en"), *LanguageTag::Parse("zh"));
}

}  // namespace
}  // namespace tercet
