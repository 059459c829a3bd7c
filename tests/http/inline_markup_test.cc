#include "service/http/inline_markup.h"

#include <gtest/gtest.h>

namespace tercet::http {
namespace {

TEST(ParseMarkup, FindsCodesAndTheirPlaces) {
  const v1::Variant variant = ParseMarkup(
      "zh",
      "国<bpt id=\"1\" rid='2'/>际<ept rid=\"2\"/> <ph>&lt;br&gt;</ph>&amp;");
  EXPECT_EQ(variant.text(), "国际 &");
  ASSERT_EQ(variant.codes_size(), 3);
  EXPECT_EQ(variant.codes(0).kind(), v1::InlineCode::BEGIN_PAIRED);
  EXPECT_EQ(variant.codes(0).offset(), 1);
  EXPECT_EQ(variant.codes(0).attributes(1).type(), "rid");
  EXPECT_EQ(variant.codes(0).attributes(1).value(), "2");
  EXPECT_EQ(variant.codes(1).offset(), 2);
  EXPECT_EQ(variant.codes(2).offset(), 3);
  EXPECT_EQ(variant.codes(2).content(), "<br>");
}

TEST(WriteMarkup, GivesWhatWasParsed) {
  for (const std::string markup :
       {"", "plain", "国<bpt id=\"1\"/>际<ept id=\"1\"/>", "<ph/>", "a &lt; b",
        "<it pos=\"begin\">&lt;b&gt;</it>x", "x<ph x=\"&quot;&amp;\"/>",
        "a<bpt/><ph/>b"}) {
    EXPECT_EQ(WriteMarkup(ParseMarkup("en", markup)), markup);
  }
}

TEST(ParseMarkup, TakesAllElseForText) {
  for (const std::string text : {"a < b", "<", "<b>x</b>", "<phone>", "<ph",
                                 "<ph x>", "<ph>never", "<bpt id=1/>"}) {
    const v1::Variant variant = ParseMarkup("en", text);
    EXPECT_EQ(variant.text(), text);
    EXPECT_EQ(variant.codes_size(), 0) << text;
  }
}

}  // namespace
}  // namespace tercet::http
