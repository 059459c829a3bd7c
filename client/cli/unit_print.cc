#include "client/cli/unit_print.h"

#include <algorithm>

#include "client/cli/json_shapes.h"
#include "client/cli/names.h"
#include "client/cli/output/diff.h"
#include "client/cli/output/display_width.h"

namespace tercet::cli {
namespace {

constexpr int kGapColumns = 2;
// Narrower than this, wrapping does more harm than good.
constexpr int kMinTextColumns = 20;

}  // namespace

std::vector<StyledText> LabelledLines(const std::vector<LabelledText>& texts,
                                      int indent, int width) {
  int label_columns = 0;
  for (const LabelledText& text : texts) {
    label_columns = std::max(label_columns, DisplayWidth(text.label));
  }
  const int text_begin = indent + label_columns + kGapColumns;
  const int text_columns = std::max(width - text_begin, kMinTextColumns);
  std::vector<StyledText> lines;
  for (const LabelledText& text : texts) {
    bool first = true;
    for (const StyledText& part : Wrap(text.text, text_columns)) {
      StyledText line;
      Append(line, std::string(indent, ' '));
      const std::string label = first ? text.label : "";
      Append(line, label, Style::kDim);
      Append(line, std::string(text_begin - indent - DisplayWidth(label), ' '));
      for (const Span& span : part) Append(line, span.text, span.style);
      lines.push_back(std::move(line));
      first = false;
    }
  }
  return lines;
}

void PrintUnit(Session& session, const v1::Unit& unit) {
  if (session.settings().json) {
    session.PrintJson(ToJson(unit));
    return;
  }
  StyledText headline;
  Append(headline, Printable(unit.name()), Style::kBold);
  if (!unit.origin().document().empty()) {
    Append(headline, "  " + Printable(unit.origin().document()));
  }
  if (unit.state() != v1::Unit::CONFIRMED) {
    Append(headline, "  " + NameOfState(unit.state()), Style::kDim);
  }
  session.PrintLine(headline);
  std::vector<LabelledText> texts;
  for (const v1::Variant& variant : unit.variants()) {
    texts.push_back(
        {Printable(variant.language_code()), {{WithCodes(variant)}}});
  }
  for (const std::string& note : unit.notes()) {
    texts.push_back({"note", {{Printable(note)}}});
  }
  for (const StyledText& line :
       LabelledLines(texts, /*indent=*/2, session.environment().out_width)) {
    session.PrintLine(line);
  }
}

}  // namespace tercet::cli
