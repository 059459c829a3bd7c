#include "service/text/charset.h"

#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// 新华社北京11月21日电 中国国家主席对拉美三国进行国事访问。
constexpr char kChinese[] =
    "新华社北京11月21日电 中国国家主席对拉美三国进行国事访问。";
constexpr char kGb18030[] =
    "\xD0\xC2\xBB\xAA\xC9\xE7\xB1\xB1\xBE\xA9"
    "11\xD4\xC2"
    "21\xC8\xD5\xB5\xE7 \xD6\xD0\xB9\xFA\xB9\xFA\xBC\xD2\xD6\xF7\xCF\xAF\xB6"
    "\xD4\xC0\xAD\xC3\xC0\xC8\xFD\xB9\xFA\xBD\xF8\xD0\xD0\xB9\xFA\xCA\xC2\xB7"
    "\xC3\xCE\xCA\xA1\xA3";
// 我們建議您即刻更新您的套件。這個問題已經在目前的穩定版中修正。
constexpr char kTraditional[] =
    "我們建議您即刻更新您的套件。這個問題已經在目前的穩定版中修正。";
constexpr char kBig5[] =
    "\xA7\xDA\xAD\xCC\xAB\xD8\xC4\xB3\xB1\x7A\xA7\x59\xA8\xE8\xA7\xF3\xB7\x73"
    "\xB1\x7A\xAA\xBA\xAE\x4D\xA5\xF3\xA1\x43\xB3\x6F\xAD\xD3\xB0\xDD\xC3\x44"
    "\xA4\x77\xB8\x67\xA6\x62\xA5\xD8\xAB\x65\xAA\xBA\xC3\xAD\xA9\x77\xAA\xA9"
    "\xA4\xA4\xAD\xD7\xA5\xBF\xA1\x43";
constexpr char kSpanish[] =
    "La reunión de los países de la región comenzó mañana en México, según el "
    "presidente de la República.";
constexpr char kWindows1252[] =
    "La reuni\xF3n de los pa\xED"
    "ses de la regi\xF3n comenz\xF3 ma\xF1"
    "ana en M\xE9xico, seg\xFAn el presidente de la Rep\xFA"
    "blica.";

TEST(Charset, ReadsWhatIsDeclared) {
  for (const auto& [bytes, declared, text] :
       {std::array<const char*, 3>{kGb18030, "gb2312", kChinese},
        {kGb18030, "GBK", kChinese},
        {kBig5, "big5", kTraditional},
        {kWindows1252, "ISO-8859-1", kSpanish},
        {kChinese, "utf-8", kChinese}}) {
    const DecodedText decoded = DecodeText(bytes, declared);
    EXPECT_EQ(decoded.text, text) << declared;
    EXPECT_THAT(decoded.warnings, IsEmpty()) << declared;
  }
}

TEST(Charset, MendsWrongDeclarations) {
  struct Case {
    const char* bytes;
    const char* declared;
    const char* text;
    const char* charset;
  };
  for (const Case& c : {Case{kGb18030, "iso-8859-1", kChinese, "GB18030"},
                        {kGb18030, "utf-8", kChinese, "GB18030"},
                        {kGb18030, "big5", kChinese, "GB18030"},
                        {kBig5, "gb2312", kTraditional, "Big5"},
                        {kBig5, "utf-8", kTraditional, "Big5"},
                        {kWindows1252, "utf-8", kSpanish, "windows-1252"},
                        {kWindows1252, "gb2312", kSpanish, "windows-1252"},
                        {kChinese, "gb2312", kChinese, "UTF-8"}}) {
    const DecodedText decoded = DecodeText(c.bytes, c.declared);
    EXPECT_EQ(decoded.text, c.text) << c.declared;
    EXPECT_EQ(decoded.charset, c.charset) << c.declared;
    EXPECT_THAT(decoded.warnings, Contains(HasSubstr("declared as")));
  }
}

TEST(Charset, RecognisesWhatNobodyDeclared) {
  EXPECT_EQ(DecodeText(kGb18030, "").text, kChinese);
  EXPECT_EQ(DecodeText(kBig5, "").text, kTraditional);
  EXPECT_EQ(DecodeText(kWindows1252, "").text, kSpanish);
}

TEST(Charset, ObeysByteOrderMarks) {
  EXPECT_EQ(DecodeText("\xEF\xBB\xBFhola", "gb2312").text, "hola");
  EXPECT_EQ(DecodeText(std::string_view("\xFF\xFEh\0\x2D\x4E", 6), "").text,
            "h中");
  EXPECT_EQ(DecodeText(std::string_view("\xFE\xFF\0h\x4E\x2D", 6), "").text,
            "h中");
}

TEST(Charset, FindsUtf16WithoutAMark) {
  std::string bytes;
  for (const char c : std::string_view("<p>Trade grew.</p>")) {
    bytes.push_back(c);
    bytes.push_back('\0');
  }
  EXPECT_EQ(DecodeText(bytes, "").text, "<p>Trade grew.</p>");
}

TEST(Charset, SaysWhatCouldNotBeRead) {
  const DecodedText decoded =
      DecodeText("中国国家主席对拉美三国\xFF进行国事访问。", "utf-8");
  EXPECT_EQ(decoded.text, "中国国家主席对拉美三国\uFFFD进行国事访问。");
  EXPECT_THAT(decoded.warnings, Contains(HasSubstr("U+FFFD")));
}

TEST(Charset, WarnsOfUnknownNames) {
  EXPECT_FALSE(IsKnownCharset("klingon"));
  EXPECT_TRUE(IsKnownCharset("gb2312"));
  EXPECT_THAT(DecodeText(kGb18030, "klingon").warnings,
              Contains(HasSubstr("unknown")));
}

TEST(Charset, BearsAnything) {
  for (int first = 0; first < 256; ++first) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
      bytes.push_back(static_cast<char>((first + i * 7) % 256));
    }
    for (const char* declared : {"", "utf-8", "gb2312", "big5", "utf-16"}) {
      const DecodedText decoded = DecodeText(bytes, declared);
      EXPECT_FALSE(decoded.charset.empty());
    }
  }
}

}  // namespace
}  // namespace tercet
