#include "client/cli/explain_print.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "client/cli/match_print.h"
#include "client/cli/output/diff.h"
#include "client/cli/output/display_width.h"

namespace tercet::cli {
namespace {

constexpr int kBestFuzzyScore = 94;

std::string NameOf(v1::Edit::What what) {
  switch (what) {
    case v1::Edit::WORD:
      return "word";
    case v1::Edit::INFLECTION:
      return "another form of the word";
    case v1::Edit::PLACEABLE:
      return "number, date or address";
    case v1::Edit::TAG:
      return "tag";
    case v1::Edit::PUNCTUATION:
      return "punctuation";
    case v1::Edit::LETTER_FORM:
      return "letter form";
    case v1::Edit::SPACING:
      return "spacing";
    default:
      return "difference";
  }
}

std::string Quoted(std::string_view text) {
  return fmt::format("\"{}\"", Printable(text));
}

std::string EditInWords(const v1::Match& match, const v1::Edit& edit,
                        std::string_view query) {
  const std::string name = NameOf(edit.what());
  if (edit.what() == v1::Edit::TAG || edit.what() == v1::Edit::SPACING) {
    return edit.op() == v1::Edit::INSERT   ? "+ " + name
           : edit.op() == v1::Edit::DELETE ? "- " + name
                                           : name;
  }
  const std::string stored = Quoted(SliceCodePoints(
      match.source().text(), edit.stored_begin(), edit.stored_end()));
  const std::string asked =
      Quoted(SliceCodePoints(query, edit.query_begin(), edit.query_end()));
  switch (edit.op()) {
    case v1::Edit::INSERT:
      return fmt::format("{}: + {}", name, asked);
    case v1::Edit::DELETE:
      return fmt::format("{}: - {}", name, stored);
    default:
      return fmt::format("{}: {} → {}", name, stored, asked);
  }
}

std::string ScoreSum(const v1::Match& match) {
  std::string sum =
      fmt::format("score {} = text {}", match.score(), match.text_score());
  for (const v1::Penalty& penalty : match.penalties()) {
    sum += ", " + DescribePenalty(penalty);
  }
  return sum;
}

// 97 = 100 - 1 (punctuation) - ...: a point for each sort, in order.
std::string NearExactSum(const v1::Match& match) {
  std::string sum = fmt::format("text {} = 100", match.text_score());
  std::vector<v1::Edit::What> sorts;
  for (const v1::Edit& edit : match.edits()) {
    if (std::ranges::find(sorts, edit.what()) != sorts.end()) continue;
    sorts.push_back(edit.what());
    sum += fmt::format(" - 1 ({})", NameOf(edit.what()));
  }
  return sum;
}

std::string FuzzySum(const v1::Match& match) {
  const double cost = match.edit_cost() / 100.0;
  std::string sum = fmt::format("text {} = 100 x (1 - {:.2f} / {} words)",
                                match.text_score(), cost, match.length());
  const double score = 100 * (1 - cost / std::max(1, match.length()));
  if (score >= kBestFuzzyScore + 0.5) {
    sum += fmt::format(", but at most {}: a word differs", kBestFuzzyScore);
  }
  return sum;
}

std::string TextSum(const v1::Match& match) {
  switch (match.kind()) {
    case v1::Match::EXACT:
    case v1::Match::EXACT_IN_CONTEXT:
      return "text 100: the same text";
    case v1::Match::NEAR_EXACT:
      return NearExactSum(match);
    default:
      return FuzzySum(match);
  }
}

}  // namespace

std::vector<StyledText> ExplainLines(const v1::Match& match,
                                     std::string_view query) {
  std::vector<StyledText> lines;
  const auto add = [&lines](const std::string& text) {
    lines.push_back({{.text = "       " + text, .style = Style::kDim}});
  };
  add(ScoreSum(match));
  add(TextSum(match));
  for (const v1::Edit& edit : match.edits()) {
    add(fmt::format("  {:.2f}  {}", edit.cost() / 100.0,
                    EditInWords(match, edit, query)));
  }
  return lines;
}

std::string ValuesInWords(const v1::Match& match, std::string_view query) {
  std::string values;
  for (const v1::PlaceableDifference& difference : match.placeables()) {
    if (!values.empty()) values += ", ";
    const std::string stored = Printable(
        SliceCodePoints(match.source().text(), difference.stored_begin(),
                        difference.stored_end()));
    const std::string asked = Printable(SliceCodePoints(
        query, difference.query_begin(), difference.query_end()));
    if (difference.stored_value().empty()) {
      values += "+ " + asked;
    } else if (difference.query_value().empty()) {
      values += "- " + stored;
    } else {
      values += stored + " → " + asked;
    }
  }
  return values;
}

}  // namespace tercet::cli
