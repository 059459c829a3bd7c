#include "client/cli/output/styled_text.h"

#include <cstddef>
#include <span>

#include "client/cli/output/display_width.h"
#include "service/base/utf8.h"

namespace tercet::cli {
namespace {

// A character with the combining marks that follow it.
struct Cell {
  std::string text;
  char32_t base = 0;
  int width = 0;
  Style style = Style::kPlain;
};

std::vector<Cell> ToCells(const StyledText& styled) {
  std::vector<Cell> cells;
  for (const Span& span : styled) {
    for (size_t position = 0; position < span.text.size();) {
      const size_t begin = position;
      const char32_t code_point = DecodeUtf8(span.text, &position);
      const std::string text = span.text.substr(begin, position - begin);
      const int width = DisplayWidth(code_point);
      if (width == 0 && !cells.empty()) {
        cells.back().text += text;
        continue;
      }
      cells.push_back({text, code_point, width, span.style});
    }
  }
  return cells;
}

StyledText FromCells(std::span<const Cell> cells) {
  StyledText styled;
  for (const Cell& cell : cells) Append(styled, cell.text, cell.style);
  return styled;
}

bool IsClosing(char32_t c) {
  return std::u32string_view(U"。，、；：！？）》」』】〕…·”’.,;:!?)]}%")
             .find(c) != std::u32string_view::npos;
}

bool IsOpening(char32_t c) {
  return std::u32string_view(U"（《「『【〔“‘([{").find(c) !=
         std::u32string_view::npos;
}

bool CanBreakBetween(const Cell& before, const Cell& after) {
  if (after.base == ' ') return false;  // After it, rather.
  if (before.base == ' ') return true;
  if (IsOpening(before.base) || IsClosing(after.base)) return false;
  return before.width == 2 || after.width == 2;
}

// Where the line that begins at `begin` ends: behind the last place to break
// that fits, or where it is full.
size_t LineEnd(std::span<const Cell> cells, size_t begin, int width) {
  int used = 0;
  size_t place = begin;
  for (size_t i = begin; i < cells.size(); ++i) {
    if (i > begin && CanBreakBetween(cells[i - 1], cells[i])) place = i;
    used += cells[i].width;
    // A space may hang over the edge, as it is dropped there.
    if (used > width && cells[i].base != ' ') return place > begin ? place : i;
  }
  return cells.size();
}

std::span<const Cell> WithoutTrailingSpaces(std::span<const Cell> cells) {
  while (!cells.empty() && cells.back().base == ' ') {
    cells = cells.first(cells.size() - 1);
  }
  return cells;
}

std::string_view Sequence(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kBold:
      return "\x1b[1m";
    case Style::kDim:
      return "\x1b[2m";
    case Style::kError:
      return "\x1b[1;31m";
    case Style::kExact:
      return "\x1b[1;32m";
    case Style::kNear:
      return "\x1b[32m";
    case Style::kHigh:
      return "\x1b[33m";
    case Style::kLow:
      return "\x1b[35m";
    case Style::kDeleted:
      return "\x1b[9;31m";
    case Style::kInserted:
      return "\x1b[32m";
    case Style::kHit:
      return "\x1b[1;33m";
  }
  return "";
}

}  // namespace

void Append(StyledText& styled, std::string_view text, Style style) {
  if (text.empty()) return;
  if (styled.empty() || styled.back().style != style) {
    styled.push_back({.text = "", .style = style});
  }
  styled.back().text += text;
}

int DisplayWidth(const StyledText& styled) {
  int width = 0;
  for (const Span& span : styled) width += DisplayWidth(span.text);
  return width;
}

std::vector<StyledText> Wrap(const StyledText& styled, int width) {
  const std::vector<Cell> cells = ToCells(styled);
  std::vector<StyledText> lines;
  size_t begin = 0;
  do {
    const size_t end = LineEnd(cells, begin, width);
    const auto line = std::span(cells).subspan(begin, end - begin);
    const bool last = end == cells.size();
    lines.push_back(FromCells(last ? line : WithoutTrailingSpaces(line)));
    begin = end;
  } while (begin < cells.size());
  return lines;
}

std::string Render(const StyledText& styled, bool color) {
  std::string out;
  for (const Span& span : styled) {
    const std::string_view sequence = color ? Sequence(span.style) : "";
    out += sequence;
    out += span.text;
    if (!sequence.empty()) out += "\x1b[0m";
  }
  return out;
}

}  // namespace tercet::cli
