#include "client/cli/match_print.h"

#include <fmt/format.h>

#include "client/cli/explain_print.h"
#include "client/cli/json_shapes.h"
#include "client/cli/output/color.h"
#include "client/cli/output/diff.h"
#include "client/cli/output/display_width.h"
#include "client/cli/unit_print.h"

namespace tercet::cli {
namespace {

constexpr int kTextIndent = 7;  // Under the kind, behind the score.

std::string PenaltyInWords(std::string_view reason) {
  if (reason == "source-region") return "source from another region";
  if (reason == "target-region") return "target for another region";
  if (reason == "memory") return "less trusted memory";
  if (reason == "aligned") return "aligned by machine";
  if (reason == "draft") return "draft";
  return Printable(reason);
}

StyledText Headline(const v1::Match& match) {
  StyledText line;
  Append(line, fmt::format("  {:>3}", match.score()),
         StyleOfScore(match.score()));
  Append(line, "  " + KindName(match.kind()));
  const std::string& document = match.unit().origin().document();
  if (!document.empty()) Append(line, "  " + Printable(document));
  Append(line, "  " + Printable(match.unit().name()), Style::kDim);
  if (match.penalties().empty()) return line;
  std::string penalties = fmt::format("  (text {}", match.text_score());
  for (const v1::Penalty& penalty : match.penalties()) {
    penalties += ", " + DescribePenalty(penalty);
  }
  Append(line, penalties + ")");
  return line;
}

v1::Variant ToVariant(const v1::AdaptedTarget& adapted) {
  v1::Variant variant;
  variant.set_text(adapted.text());
  *variant.mutable_codes() = adapted.codes();
  return variant;
}

}  // namespace

std::string DescribePenalty(const v1::Penalty& penalty) {
  return fmt::format("{} -{}", PenaltyInWords(penalty.reason()),
                     penalty.points());
}

std::vector<StyledText> MatchLines(const v1::Match& match,
                                   std::string_view query,
                                   const MatchLayout& layout) {
  const StyledText diff = MakeDiff(match, query);
  std::vector<LabelledText> texts;
  texts.push_back({Printable(match.source().language_code()),
                   layout.color ? diff : BracketChanges(diff)});
  const std::string values = ValuesInWords(match, query);
  if (!values.empty()) {
    texts.push_back({"values", {{.text = values, .style = Style::kPlain}}});
  }
  for (int i = 0; i < match.targets_size(); ++i) {
    const v1::Variant& target = match.targets(i);
    texts.push_back({Printable(target.language_code()),
                     {{.text = WithCodes(target), .style = Style::kPlain}}});
    for (const v1::AdaptedTarget& adapted : match.adapted_targets()) {
      if (adapted.target() != i) continue;
      texts.push_back({"adapted",
                       {{.text = WithCodes(ToVariant(adapted)),
                         .style = Style::kInserted}}});
    }
  }
  std::vector<StyledText> lines = {Headline(match)};
  for (StyledText& line : LabelledLines(texts, kTextIndent, layout.width)) {
    lines.push_back(std::move(line));
  }
  if (layout.explain) {
    for (StyledText& line : ExplainLines(match, query)) {
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

}  // namespace tercet::cli
