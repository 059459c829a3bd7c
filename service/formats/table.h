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

// A column holds texts in a language, or the document, or (neither) what is
// left out.
struct TableColumn {
  LanguageTag language;
  bool is_document = false;
};

struct TableHeader {
  std::vector<TableColumn> columns;
  std::vector<std::string> left_out;  // The names of such columns.
  bool is_row = false;  // The line is no header, but the first row.
};

// Reads the cells of a table's first line: languages (ReadLanguageName) that
// there are, `document`; `source` and `target` where there are default
// languages. Others, and `ID`, are left out where two columns have a language.
// With as many default languages as cells it may be a row. The error is for
// people.
StatusOr<TableHeader> ReadTableHeader(const std::vector<std::string>& cells,
                                      const ReadOptions& options);

// Tells what is left out; nullopt where nothing is.
std::optional<ReadProblem> LeftOutColumns(const TableHeader& header,
                                          const FilePosition& position);

// A row as a unit; a problem where it has another number of cells than the
// header, or no text.
ReadItem ReadTableRow(const std::vector<TableColumn>& columns,
                      std::vector<std::string> cells,
                      const FilePosition& position, std::string_view row);

// The texts of a unit for each of the columns, in order; null where it has
// none. A column takes a text of its very tag, else one that IsIn its language.
// A language with several columns gives several variants.
std::vector<const Variant*> TableCells(
    const Unit& unit, const std::vector<LanguageTag>& languages);

// The error of a table without columns.
Status NoTableLanguages(std::string_view format);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_TABLE_H_
