// Tab-separated text: a header of language codes, then one unit a line.
#include <utility>

#include "fmt/format.h"
#include "service/formats/line_reader.h"
#include "service/formats/readers.h"
#include "service/formats/table.h"

namespace tercet {
namespace {

// What a backslash and `c` stand for together; nullopt for themselves.
std::optional<char> EscapedCharacter(char c) {
  switch (c) {
    case 't':
      return '\t';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case '\\':
      return '\\';
    default:
      return std::nullopt;
  }
}

std::string Unescape(std::string_view cell) {
  std::string text;
  text.reserve(cell.size());
  for (size_t i = 0; i < cell.size(); ++i) {
    std::optional<char> escaped;
    if (cell[i] == '\\' && i + 1 < cell.size()) {
      escaped = EscapedCharacter(cell[i + 1]);
    }
    text += escaped.value_or(cell[i]);
    if (escaped) ++i;
  }
  return text;
}

// The cells of a line, unescaped.
std::vector<std::string> SplitCells(std::string_view line) {
  std::vector<std::string> cells;
  for (size_t begin = 0;;) {
    const size_t tab = line.find('\t', begin);
    cells.push_back(Unescape(line.substr(begin, tab - begin)));
    if (tab == std::string_view::npos) return cells;
    begin = tab + 1;
  }
}

Status WrongHeader(const FilePosition& position, std::string_view what) {
  return MalformedFile(
      position,
      fmt::format("{}: the first line must name the language of each column, "
                  "separated by tabs, for example 'en<TAB>zh<TAB>es'",
                  what));
}

class TsvReader final : public UnitReader {
 public:
  TsvReader(ByteSource& source, const ReadOptions& options)
      : lines_(source), options_(options) {}

  StatusOr<std::optional<ReadItem>> Next() override {
    if (!final_status_.ok()) return final_status_;
    StatusOr<std::optional<ReadItem>> item = NextItem();
    if (!item.ok()) final_status_ = item.status();
    return item;
  }

 private:
  StatusOr<std::optional<ReadItem>> NextItem() {
    if (columns_.empty()) RETURN_IF_ERROR(ReadHeader());
    if (first_.has_value()) return std::exchange(first_, std::nullopt);
    while (true) {
      ASSIGN_OR_RETURN(const std::optional<Line> line, lines_.Next());
      if (!line) return std::optional<ReadItem>();
      if (line->too_long) return std::optional<ReadItem>(LineTooLong(*line));
      if (line->text.empty()) continue;
      return std::optional<ReadItem>(ReadTableRow(
          columns_, SplitCells(line->text), line->position, line->text));
    }
  }

  Status ReadHeader() {
    ASSIGN_OR_RETURN(const std::optional<Line> line, lines_.Next());
    if (!line) return WrongHeader({}, "the file is empty");
    if (line->too_long) {
      return WrongHeader(line->position, LineTooLong(*line).message);
    }
    std::vector<std::string> cells = SplitCells(line->text);
    StatusOr<TableHeader> header = ReadTableHeader(cells, options_);
    if (!header.ok()) {
      return WrongHeader(line->position, MessageOf(header.status()));
    }
    if (auto problem = LeftOutColumns(*header, line->position)) {
      first_ = *std::move(problem);
    }
    columns_ = std::move(header->columns);
    if (header->is_row) {
      first_ =
          ReadTableRow(columns_, std::move(cells), line->position, line->text);
    }
    return OkStatus();
  }

  LineReader lines_;
  const ReadOptions options_;
  std::vector<TableColumn> columns_;
  // Of the first line: a row, or what is wrong with the header.
  std::optional<ReadItem> first_;
  Status final_status_;
};

}  // namespace

std::unique_ptr<UnitReader> MakeTsvReader(ByteSource& source,
                                          const ReadOptions& options) {
  return std::make_unique<TsvReader>(source, options);
}

}  // namespace tercet
