#include "client/cli/output/diff.h"

#include <string>

#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

v1::Match MatchOf(const std::string& stored) {
  v1::Match match;
  match.mutable_source()->set_text(stored);
  return match;
}

struct Places {
  int stored_begin, stored_end, query_begin, query_end;
};

void AddEdit(v1::Match& match, v1::Edit::Op op, v1::Edit::What what,
             Places places) {
  v1::Edit& edit = *match.add_edits();
  edit.set_op(op);
  edit.set_what(what);
  edit.set_stored_begin(places.stored_begin);
  edit.set_stored_end(places.stored_end);
  edit.set_query_begin(places.query_begin);
  edit.set_query_end(places.query_end);
}

void AddCode(v1::Match& match, int offset, const std::string& content) {
  v1::InlineCode& code = *match.mutable_source()->add_codes();
  code.set_offset(offset);
  code.set_content(content);
}

std::string Bracketed(const v1::Match& match, const std::string& query) {
  return Render(BracketChanges(MakeDiff(match, query)), /*color=*/false);
}

TEST(MakeDiff, ShowsEqualTextsAsTheyAre) {
  EXPECT_EQ(Bracketed(MatchOf("协定生效。"), "协定生效。"), "协定生效。");
}

TEST(MakeDiff, MarksReplacementByCodePoint) {
  v1::Match match = MatchOf("协定将于2024年生效。");
  AddEdit(match, v1::Edit::REPLACE, v1::Edit::PLACEABLE, {4, 8, 4, 8});
  EXPECT_EQ(Bracketed(match, "协定将于2025年生效。"),
            "协定将于[-2024-]{+2025+}年生效。");
}

TEST(MakeDiff, TakesTheSpaceAlongWithAnInsertedWord) {
  v1::Match match = MatchOf("the pact");
  AddEdit(match, v1::Edit::INSERT, v1::Edit::WORD, {3, 3, 4, 7});
  EXPECT_EQ(Bracketed(match, "the new pact"), "the{+ new+} pact");
}

TEST(MakeDiff, MarksDeletionAtTheEnd) {
  v1::Match match = MatchOf("rose again");
  AddEdit(match, v1::Edit::DELETE, v1::Edit::WORD, {5, 10, 4, 4});
  EXPECT_EQ(Bracketed(match, "rose"), "rose [-again-]");
}

TEST(MakeDiff, MarksSpacing) {
  v1::Match match = MatchOf("约 5 人");
  AddEdit(match, v1::Edit::DELETE, v1::Edit::SPACING, {1, 2, 1, 1});
  EXPECT_EQ(Bracketed(match, "约5 人"), "约[- -]5 人");
}

TEST(MakeDiff, LeavesOutWhatCannotBeSeen) {
  v1::Match match = MatchOf("same");
  AddEdit(match, v1::Edit::REPLACE, v1::Edit::SPACING, {0, 4, 0, 4});
  EXPECT_EQ(Bracketed(match, "same"), "same");
}

TEST(MakeDiff, ShowsInlineCodesInTheirPlaces) {
  v1::Match match = MatchOf("press OK now");
  AddCode(match, 6, "<b>");
  AddCode(match, 8, "</b>");
  EXPECT_EQ(Bracketed(match, "press OK now"), "press <b>OK</b> now");
}

TEST(MakeDiff, MarksAsManyCodesAsThereAreTagEdits) {
  v1::Match match = MatchOf("OK");
  AddCode(match, 0, "<b>");
  AddCode(match, 0, "<i>");
  AddCode(match, 2, "</b>");
  AddEdit(match, v1::Edit::DELETE, v1::Edit::TAG, {0, 0, 0, 0});
  AddEdit(match, v1::Edit::DELETE, v1::Edit::TAG, {2, 2, 2, 2});
  EXPECT_EQ(Bracketed(match, "OK"), "[-<b>-]<i>OK[-</b>-]");
}

TEST(MakeDiff, CutsSpansThatLieOutside) {
  v1::Match match = MatchOf("ab");
  AddEdit(match, v1::Edit::REPLACE, v1::Edit::WORD, {1, 99, -5, 99});
  EXPECT_EQ(Bracketed(match, "xy"), "a[-b-]{+xy+}");
}

TEST(MakeDiff, NeverWritesControlCharacters) {
  v1::Match match = MatchOf("a\x1b[2J");
  EXPECT_EQ(Bracketed(match, "a"), "a␛[2J");
}

TEST(WithCodes, PutsCodesBackIntoTheText) {
  v1::Match match = MatchOf("水灾");
  AddCode(match, 1, "<x/>");
  AddCode(match, 2, "<y/>");
  EXPECT_EQ(WithCodes(match.source()), "水<x/>灾<y/>");
}

}  // namespace
}  // namespace tercet::cli
