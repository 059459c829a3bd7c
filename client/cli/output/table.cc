#include "client/cli/output/table.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tercet::cli {
namespace {

constexpr char kGap[] = "  ";

bool HasTitle(const Column& column) { return !column.title.empty(); }

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {
  if (std::ranges::none_of(columns_, HasTitle)) return;
  std::vector<StyledText> titles;
  for (const Column& column : columns_) {
    titles.push_back({{.text = column.title, .style = Style::kDim}});
  }
  rows_.push_back(std::move(titles));
}

void Table::AddRow(std::vector<StyledText> cells) {
  rows_.push_back(std::move(cells));
}

std::string Table::Render(bool color) const {
  std::vector<int> widths(columns_.size(), 0);
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(row[i]));
    }
  }
  std::string out;
  for (const auto& row : rows_) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - DisplayWidth(row[i]), ' ');
      const std::string cell = cli::Render(row[i], color);
      if (i > 0) line += kGap;
      line +=
          columns_[i].align == Align::kRight ? padding + cell : cell + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out;
}

}  // namespace tercet::cli
