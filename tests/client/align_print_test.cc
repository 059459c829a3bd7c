#include "client/cli/align_print.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

void AddSide(int64_t begin, int64_t end, const std::string& text,
             v1::Bead& bead) {
  v1::BeadSide& side = *bead.add_sides();
  side.set_begin(begin);
  side.set_end(end);
  side.set_text(text);
}

// Two beads: 1-2, and one of the English version alone.
v1::AlignedDocument Document() {
  v1::AlignedDocument document;
  document.set_document("press/1");
  document.set_confidence(0.75);
  v1::DocumentVersion& english = *document.add_versions();
  english.set_file("en.html");
  english.set_language_code("en");
  english.set_sentence_count(2);
  english.set_title("Trade");
  v1::DroppedText& dropped = *english.add_dropped();
  dropped.set_reason("share");
  dropped.set_text("Tweet");
  v1::DocumentVersion& chinese = *document.add_versions();
  chinese.set_file("zh.html");
  chinese.set_language_code("zh");
  chinese.set_sentence_count(2);
  v1::Bead& both = *document.add_beads();
  both.set_confidence(0.98765);
  AddSide(0, 1, "Trade\tgrew \\ <5%>.", both);
  AddSide(0, 2, "贸易\n增长。", both);
  v1::Bead& alone = *document.add_beads();
  alone.set_confidence(0.4);
  AddSide(1, 2, "It is \"so\" & so.", alone);
  AddSide(2, 2, "", alone);
  return document;
}

// docs/cli.md fixes this for scripts.
TEST(BeadLines, HaveNumbersConfidenceAndTexts) {
  EXPECT_EQ(BeadLines(Document(), {0, 1}),
            "0\t0,1\t0.9877\tTrade\\tgrew \\\\ <5%>.\t贸易\\n增长。\n"
            "1\t\t0.4000\tIt is \"so\" & so.\t\n");
}

TEST(BeadLines, HaveTheVersionsInTheOrderAskedFor) {
  EXPECT_EQ(BeadLines(Document(), {1, 0}),
            "0,1\t0\t0.9877\t贸易\\n增长。\tTrade\\tgrew \\\\ <5%>.\n"
            "\t1\t0.4000\t\tIt is \"so\" & so.\n");
}

TEST(VersionOrder, IsThatOfTheFiles) {
  EXPECT_THAT(VersionOrder(Document(), {"zh.html", "en.html"}),
              ElementsAre(1, 0));
  EXPECT_THAT(VersionOrder(Document(), {"es.html", "zh.html"}),
              ElementsAre(1, 0));
  EXPECT_THAT(VersionOrder(Document(), {}), ElementsAre(0, 1));
}

TEST(DocumentJson, HasThePromisedShape) {
  EXPECT_EQ(
      DocumentJson(Document(), {0, 1}).dump(),
      R"({"document":"press/1","confidence":0.75,"versions":[)"
      R"({"file":"en.html","language":"en","sentences":2,"title":"Trade",)"
      R"("dropped":[{"reason":"share","text":"Tweet"}]},)"
      R"({"file":"zh.html","language":"zh","sentences":2}],"beads":[)"
      R"({"confidence":0.98765,"sides":[{"language":"en","sentences":[0],)"
      R"("text":"Trade\tgrew \\ <5%>."},{"language":"zh","sentences":[0,1],)"
      R"("text":"贸易\n增长。"}]},{"confidence":0.4,"sides":[)"
      R"({"language":"en","sentences":[1],"text":"It is \"so\" & so."},)"
      R"({"language":"zh","sentences":[],"text":""}]}]})");
}

TEST(ProblemJson, HasThePromisedShape) {
  v1::AlignProblem problem;
  problem.set_file("a.html");
  problem.set_reason("PAGE_EMPTY");
  problem.set_message("m");
  EXPECT_EQ(ProblemJson(problem).dump(),
            R"({"file":"a.html","document":"","reason":"PAGE_EMPTY",)"
            R"("message":"m","warning":false})");
}

TEST(HtmlPage, ShowsBothSidesAndWhatIsMissing) {
  const std::string page = HtmlPage({Document()});
  EXPECT_THAT(page, HasSubstr("<h2>press/1</h2>"));
  EXPECT_THAT(page, HasSubstr("<tr class=\"good\" data-c=\"0.9877\">"
                              "<td class=\"c\">99%</td><td lang=\"en\">"));
  EXPECT_THAT(page, HasSubstr("<span class=\"n\">0–1</span>"));
  EXPECT_THAT(page, HasSubstr("<tr class=\"one gap\" data-c=\"0.4000\">"
                              "<td class=\"c\">alone</td>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"none\"></td>"));
}

// Pages come from anywhere: none of their text may become markup.
TEST(HtmlPage, EscapesWhatPagesSay) {
  v1::AlignedDocument document = Document();
  document.set_document("<script>alert(1)</script>");
  document.mutable_versions(0)->set_file("\"><img src=x onerror=y>");
  document.mutable_beads(0)->mutable_sides(0)->set_text("</td><script>");
  const std::string page = HtmlPage({document});
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("</td><script>")));
  EXPECT_EQ(EscapeHtml("<a href=\"x\">&"), "&lt;a href=&quot;x&quot;&gt;&amp;");
}

}  // namespace
}  // namespace tercet::cli
