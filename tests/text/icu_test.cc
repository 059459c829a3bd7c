#include "service/text/icu.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "service/base/utf8.h"

namespace tercet {
namespace {

std::string Fold(std::string_view text) {
  std::string folded;
  size_t position = 0;
  while (position < text.size()) {
    AppendUtf8(folded, unicode::FoldCharacter(DecodeUtf8(text, &position)));
  }
  return folded;
}

TEST(FoldCharacter, FoldsLetterForms) {
  struct Case {
    const char* text;
    const char* folded;
  };
  constexpr Case kCases[] = {
      {"ÁRBOL Ñandú", "árbol ñandú"},
      {"ＡＢＣ１２３％", "abc123%"},
      {"“Hi” ‘x’ «y» 「z」", "\"hi\" 'x' \"y\" \"z\""},
      {"a–b—c−d", "a-b-c-d"},
      {"國際貿易關係", "国际贸易关系"},
      {"国际贸易关系", "国际贸易关系"},
      {"臺灣", "台湾"},
      {"straße", "straße"},
  };
  for (const Case& c : kCases) EXPECT_EQ(Fold(c.text), c.folded) << c.text;
}

TEST(FoldCharacter, KeepsAccents) { EXPECT_NE(Fold("está"), Fold("esta")); }

TEST(Nfc, ComposesAndKnowsWhatIsComposed) {
  EXPECT_TRUE(unicode::IsNfc("plain 中文 á"));
  EXPECT_FALSE(unicode::IsNfc("a\u0301"));
  EXPECT_EQ(unicode::ToNfc("a\u0301"), "\u00e1");
}

TEST(Classify, KnowsScriptsWithoutSpaces) {
  using unicode::CharClass;
  EXPECT_EQ(unicode::Classify(U'中'), CharClass::kIdeograph);
  EXPECT_EQ(unicode::Classify(U'𠀀'), CharClass::kIdeograph);
  EXPECT_EQ(unicode::Classify(U'あ'), CharClass::kIdeograph);
  EXPECT_EQ(unicode::Classify(U'ก'), CharClass::kIdeograph);
  EXPECT_EQ(unicode::Classify(U'한'), CharClass::kLetter);
  EXPECT_EQ(unicode::Classify(U'７'), CharClass::kDigit);
  EXPECT_EQ(unicode::Classify(U'😀'), CharClass::kSymbol);
  EXPECT_EQ(unicode::Classify(U'$'), CharClass::kPunctuation);
  EXPECT_EQ(unicode::Classify(U'\u00a0'), CharClass::kSpace);
}

}  // namespace
}  // namespace tercet
