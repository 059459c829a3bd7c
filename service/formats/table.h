// What the formats of rows and columns share: a header that names languages.
#ifndef TERCET_SERVICE_FORMATS_TABLE_H_
#define TERCET_SERVICE_FORMATS_TABLE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/formats/readers.h"
#include "service/formats/unit_reader.h"
#include "service/formats/unit_writer.h"

namespace tercet {

// A column holds texts in a language, or (no language) the document.
struct TableColumn {
  LanguageTag language;
};

struct TableHeader {
  std::vector<TableColumn> columns;
  bool is_row = false;  // The line is no header, but the first row.
};

// Reads the cells of a table's first line: language codes in any spelling,
// `English`, `Chinese`, `Spanish`, `document`; `source` and `target` where
// there are default languages. With as many default languages as cells it may
// be a row. The error is for people.
StatusOr<TableHeader> ReadTableHeader(const std::vector<std::string>& cells,
                                      const ReadOptions& options);

// A row as a unit; a problem where it has another number of cells than the
// header, or no text.
ReadItem ReadTableRow(const std::vector<TableColumn>& columns,
                      std::vector<std::string> cells,
                      const FilePosition& position, std::string_view row);

// The texts of a unit for each of the columns, in order; null where it has
// none. A language with several columns gives several variants.
std::vector<const Variant*> TableCells(
    const Unit& unit, const std::vector<LanguageTag>& languages);

// The error of a table without columns.
Status NoTableLanguages(std::string_view format);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_TABLE_H_
