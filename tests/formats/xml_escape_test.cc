#include "service/formats/xml_escape.h"

#include "gtest/gtest.h"

namespace tercet {
namespace {

std::string Text(std::string_view text) {
  std::string out;
  AppendXmlText(out, text);
  return out;
}

TEST(AppendXmlText, EscapesMarkup) {
  EXPECT_EQ(Text("a < b && c > \"d\" ]]>"),
            "a &lt; b &amp;&amp; c &gt; \"d\" ]]&gt;");
}

TEST(AppendXmlText, KeepsWhiteSpaceAndCarriageReturns) {
  EXPECT_EQ(Text(" a\t\n\r\nb "), " a\t\n&#13;\nb ");
}

TEST(AppendXmlText, KeepsAllOtherCharacters) {
  EXPECT_EQ(Text("中ñ𝄞\u0085\x7F"), "中ñ𝄞\u0085\x7F");
}

TEST(AppendXmlText, ShowsControls) {
  EXPECT_EQ(Text(std::string_view("a\0\x07\x1F", 4)), "a␀␇␟");
  EXPECT_EQ(Text("\uFFFE\uFFFF"), "\uFFFD\uFFFD");
}

TEST(AppendXmlText, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(Text("a\xFFz\xC3"), "a\uFFFDz\uFFFD");
}

TEST(AppendXmlAttribute, EscapesWhatParsersWouldNormalise) {
  std::string out;
  AppendXmlAttribute(out, "id", "\"a\"\t\n\r<&>'");
  EXPECT_EQ(out, " id=\"&quot;a&quot;&#9;&#10;&#13;&lt;&amp;&gt;'\"");
}

TEST(IsPlainXmlName, AllowsNoPrefixButXml) {
  for (std::string_view name : {"i", "type", "xml:lang", "x-a.b_1", "_a"}) {
    EXPECT_TRUE(IsPlainXmlName(name)) << name;
  }
  for (std::string_view name :
       {"", "1a", "a b", "ex:a", "xmlns", "xmlns:a", "a=", "ñ", "xml:", "-a"}) {
    EXPECT_FALSE(IsPlainXmlName(name)) << name;
  }
}

}  // namespace
}  // namespace tercet
