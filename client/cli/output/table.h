// Rows of aligned columns.
//
//   Table table({{"name"}, {"units", Align::kRight}});
//   table.AddRow({{{"memories/press"}}, {{"42"}}});
//   Put(out, table.Render(color));
#ifndef TERCET_CLIENT_CLI_OUTPUT_TABLE_H_
#define TERCET_CLIENT_CLI_OUTPUT_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "client/cli/output/styled_text.h"

namespace tercet::cli {

enum class Align : uint8_t { kLeft, kRight };

struct Column {
  std::string title;  // Where no column has one, there is no title line.
  Align align = Align::kLeft;
};

// Columns are as wide as their widest cell, two spaces apart, with nothing
// behind the last.
class Table {
 public:
  explicit Table(std::vector<Column> columns);

  // REQUIRES: as many cells as columns, none with a line end.
  void AddRow(std::vector<StyledText> cells);

  // Lines that end with LF.
  std::string Render(bool color) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<StyledText>> rows_;  // The titles first.
};

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_OUTPUT_TABLE_H_
