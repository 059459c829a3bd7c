#include "service/release/read_page.h"

#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> TextsOf(const ReleasePage& page) {
  std::vector<std::string> texts;
  for (const Block& block : page.blocks) texts.push_back(block.text);
  return texts;
}

std::vector<std::string> DroppedOf(const ReleasePage& page) {
  std::vector<std::string> texts;
  for (const Dropped& dropped : page.dropped) {
    texts.push_back(std::string(DropReasonName(dropped.reason)) + ": " +
                    dropped.text);
  }
  return texts;
}

ReleasePage Read(std::string_view name, std::string_view bytes) {
  StatusOr<ReleasePage> page = ReadPage({.name = name, .bytes = bytes});
  EXPECT_THAT(page, IsOk());
  return page.ok() ? *page : ReleasePage();
}

constexpr char kNewsPage[] = R"(<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8">
<title>Trade grew - Example News | English.example.org</title>
<meta property="article:published_time" content="2008-11-22T10:15:00+08:00">
<meta property="article:section" content="Business">
<script>var x = "<p>no text</p>";</script><style>p { color: red }</style>
</head><body class="page has-sidebar">
<header><a href="/">Home</a></header>
<nav><ul><li><a href="/w">World</a></li><li><a href="/b">Business</a></li></ul></nav>
<div class="breadcrumb"><a>Home</a> &gt; <a>Business</a></div>
<article class="main-content">
<h1>Trade   grew</h1>
<p>BEIJING, Nov. 21 (Xinhua) -- Trade grew&nbsp;by
5 percent, <b>officials</b> said.</p>
<figure><img alt="x"><figcaption>A port in Lima.</figcaption></figure>
<p>He said: <q>We agreed.</q></p>
<div class="article-share-box">Share on Facebook</div>
<p>Prices fell.<br><br>Exports rose.</p>
</article>
<aside>Advertisement</aside>
<h3>Related stories</h3><ul><li><a>President visits Peru</a></li></ul>
<p>Editor: Li Ming</p>
<footer>Copyright 2008</footer>
</body></html>)";

TEST(ReadPage, KeepsTheReleaseAndSaysWhatItDropped) {
  const ReleasePage page = Read("a.html", kNewsPage);
  EXPECT_EQ(page.title, "Trade grew");
  EXPECT_EQ(page.language, "en-US");
  EXPECT_EQ(FormatDate(page.date), "2008-11-22");
  EXPECT_EQ(page.category, "Business");
  EXPECT_EQ(page.dateline.agency, "Xinhua");
  EXPECT_EQ(FormatDate(page.dateline.date), "2008-11-21");
  EXPECT_THAT(
      TextsOf(page),
      ElementsAre("Trade grew by 5 percent, officials said.",
                  "He said: “We agreed.”", "Prices fell.", "Exports rose."));
  EXPECT_THAT(DroppedOf(page),
              testing::UnorderedElementsAre(
                  "navigation: World Business", "breadcrumb: Home > Business",
                  "caption: A port in Lima.", "share: Share on Facebook",
                  "navigation: Advertisement", "navigation: Home",
                  "related: Related stories", "related: President visits Peru",
                  "editor: Editor: Li Ming", "navigation: Copyright 2008"));
}

TEST(ReadPage, ReadsTheAgencyTextOfOldPages) {
  const ReleasePage page = Read(
      "old.html",
      "<html><head><title>贸易增长_新华网</title></head><body><table><tr><td>"
      "首页 > 新闻</td></tr><tr><td>　　新华社北京11月21日电（记者李明）贸易"
      "增长。\n<br>　　物价\n下降。<br>　　他说：“是的。”（完）"
      "</td></tr></table></body></html>");
  EXPECT_EQ(page.title, "贸易增长");
  EXPECT_EQ(page.category, "新闻");
  EXPECT_EQ(page.dateline.text, "新华社北京11月21日电（记者李明）");
  EXPECT_THAT(TextsOf(page),
              ElementsAre("贸易增长。", "物价下降。", "他说：“是的。”"));
}

TEST(ReadPage, ReadsThePlainTextOfAnAgency) {
  const ReleasePage page =
      Read("seed.txt",
           "Home > About China > Economy & Trade\n"
           "Joining hands in creating a model (11/22/08)\n\n"
           "BEIJING, Nov. 21 (Xinhua) -- Following his trip, he "
           "visited Peru.\n\n\n"
           "Trade is growing.\n\n[Suggest to a Friend]");
  EXPECT_EQ(page.title, "Joining hands in creating a model");
  EXPECT_EQ(FormatDate(page.date), "2008-11-22");
  EXPECT_EQ(FormatDate(page.dateline.date), "2008-11-21");
  EXPECT_EQ(page.category, "Economy & Trade");
  EXPECT_THAT(TextsOf(page), ElementsAre("Following his trip, he visited Peru.",
                                         "Trade is growing."));
  EXPECT_THAT(DroppedOf(page),
              ElementsAre("breadcrumb: Home > About China > Economy & Trade",
                          "share: [Suggest to a Friend]"));
}

TEST(ReadPage, JoinsWrappedLines) {
  const ReleasePage page =
      Read("wrapped.txt",
           "Trade grew\n\n"
           "Trade between the two countries grew by five\n"
           "percent in the first three quarters, officials\n"
           "said.\n\n"
           "两国之间的贸易额在今年前三个季度增长了百分之五，\n"
           "有关官员说，这是十年来最快的增长，也是一个新的\n"
           "起点。\n");
  EXPECT_THAT(
      TextsOf(page),
      ElementsAre("Trade between the two countries grew by five percent in the "
                  "first three quarters, officials said.",
                  "两国之间的贸易额在今年前三个季度增长了百分之五，有关官员说，"
                  "这是十年来最快的增长，也是一个新的起点。"));
}

TEST(ReadPage, ReadsMarkdown) {
  const ReleasePage page = Read(
      "a.md",
      "---\ntitle: \"Trade grew\"\ndate: 2008-11-21\nlang: en\n---\n\n"
      "# Trade grew\n\nTrade with [Peru](http://x.org) *grew*\nby `5` percent "
      "&amp; more.\n\n![a port](p.png)\n\n- Prices fell.\n- a_b stays\n\n"
      "```\ncode\n```\n\n| A | B |\n|---|---|\n| one | two |\n\n"
      "Exports\n-------\n\n> He said so.\n");
  EXPECT_EQ(page.title, "Trade grew");
  EXPECT_EQ(page.language, "en");
  EXPECT_EQ(FormatDate(page.date), "2008-11-21");
  EXPECT_THAT(TextsOf(page),
              ElementsAre("Trade with Peru grew by 5 percent & more.",
                          "Prices fell.", "a_b stays", "A", "B", "one", "two",
                          "Exports", "He said so."));
}

TEST(ReadPage, ReadsWml) {
  const ReleasePage page =
      Read("zh.wml",
           "<define-tag pagetitle>發布</define-tag>\n"
           "<define-tag release_date>2009-02-14</define-tag>\n"
           "#use wml::debian::news\n# $Id$\n"
           "<p>這個[CN:鏈接:][HKTW:連[CN:接:][TW:結:]:]在\n"
           "<a href=\"$(HOME)/x\">這裡</a>。</p>\n"
           "<ul><li><:= $x :>一</li></ul>\n");
  EXPECT_EQ(page.title, "發布");
  EXPECT_EQ(FormatDate(page.date), "2009-02-14");
  EXPECT_THAT(TextsOf(page), ElementsAre("這個連結在這裡。", "一"));
}

TEST(ReadPage, KeepsSentencesAsTheyAre) {
  const StatusOr<ReleasePage> page =
      ReadPage({.name = "en.txt",
                .bytes = "Home > News\n\n  BEIJING (AP) - A.\r\nB",
                .format = PageFormat::kSentences});
  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(TextsOf(*page),
              ElementsAre("Home > News", "", "  BEIJING (AP) - A.", "B"));
}

TEST(ReadPage, MendsWrongDeclarations) {
  const ReleasePage page =
      Read("a.html",
           "<html><head><meta charset=\"iso-8859-1\"></head><body><p>"
           "\xD6\xD0\xB9\xFA\xB9\xFA\xBC\xD2\xD6\xF7\xCF\xAF\xB6\xD4\xC0\xAD"
           "\xC3\xC0\xC8\xFD\xB9\xFA\xBD\xF8\xD0\xD0\xB7\xC3\xCE\xCA\xA1\xA3"
           "</p></body></html>");
  EXPECT_THAT(TextsOf(page), ElementsAre("中国国家主席对拉美三国进行访问。"));
  EXPECT_THAT(page.warnings, Contains(HasSubstr("it is GB18030")));
}

TEST(ReadPage, ReadsAPageWhoseMainPartHasAnUnluckyClass) {
  std::string html = "<html><body><div class=\"menu\">";
  for (int i = 0; i < 20; ++i) {
    html += "<p>Trade between the two countries grew by five percent.</p>";
  }
  EXPECT_EQ(Read("a.html", html + "</div></body></html>").blocks.size(), 20);
}

TEST(ReadPage, RefusesHostilePages) {
  const auto read = [](std::string_view bytes) {
    return ReadPage({.name = "a.html", .bytes = bytes}).status();
  };
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<div>";
  std::string many = "<body>";
  for (int i = 0; i < 60'000; ++i) many += "<p>a b c d e f";
  const std::pair<std::string, const char*> kCases[] = {
      {"", "PAGE_EMPTY"},
      {"<html><body><script>x</script></body></html>", "PAGE_EMPTY"},
      {"<nav>Home</nav>", "PAGE_EMPTY"},
      {"%PDF-1.4 ...", "PAGE_BINARY"},
      {std::string(kMaxPageBytes + 1, 'a'), "PAGE_TOO_LARGE"},
      {many, "PAGE_TOO_LARGE"},
      {deep, "PAGE_TOO_DEEP"},
  };
  for (const auto& [bytes, reason] : kCases) {
    EXPECT_EQ(GetDetails(read(bytes)).reason, reason) << bytes.substr(0, 40);
  }
}

TEST(ReadPage, BearsBrokenMarkUp) {
  const ReleasePage page = Read(
      "a.html", std::string_view("<p>One <b>two</p> </i></div><p>three\0four"
                                 "<a href='x>five</p><p>&bogus; &#xD800; six",
                                 89));
  EXPECT_EQ(page.title, "One two");
  EXPECT_FALSE(page.blocks.empty());
}

}  // namespace
}  // namespace tercet
