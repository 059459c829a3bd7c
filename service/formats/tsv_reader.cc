// Tab-separated text: a header of language codes, then one unit a line.
#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/line_reader.h"
#include "service/formats/readers.h"

namespace tercet {
namespace {

constexpr std::string_view kDocumentColumn = "document";

// A column holds texts in a language, or (no language) the document.
struct Column {
  LanguageTag language;
};

std::vector<std::string_view> SplitCells(std::string_view line) {
  std::vector<std::string_view> cells;
  for (size_t begin = 0;;) {
    const size_t tab = line.find('\t', begin);
    cells.push_back(line.substr(begin, tab - begin));
    if (tab == std::string_view::npos) return cells;
    begin = tab + 1;
  }
}

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

Status WrongHeader(const FilePosition& position, std::string_view what) {
  return MalformedFile(
      position,
      fmt::format("{}: the first line must name the language of each column, "
                  "separated by tabs, for example 'en<TAB>zh<TAB>es'",
                  what));
}

class TsvReader final : public UnitReader {
 public:
  explicit TsvReader(ByteSource& source) : lines_(source) {}

  StatusOr<std::optional<ReadItem>> Next() override {
    if (!final_status_.ok()) return final_status_;
    StatusOr<std::optional<ReadItem>> item = NextItem();
    if (!item.ok()) final_status_ = item.status();
    return item;
  }

 private:
  StatusOr<std::optional<ReadItem>> NextItem() {
    if (columns_.empty()) RETURN_IF_ERROR(ReadHeader());
    while (true) {
      ASSIGN_OR_RETURN(const std::optional<Line> line, lines_.Next());
      if (!line) return std::optional<ReadItem>();
      if (line->too_long) return std::optional<ReadItem>(LineTooLong(*line));
      if (line->text.empty()) continue;
      return std::optional<ReadItem>(ReadLine(*line));
    }
  }

  Status ReadHeader() {
    ASSIGN_OR_RETURN(const std::optional<Line> line, lines_.Next());
    if (!line) return WrongHeader({}, "the file is empty");
    if (line->too_long) {
      return WrongHeader(line->position, LineTooLong(*line).message);
    }
    std::vector<Column> columns;
    for (std::string_view cell : SplitCells(line->text)) {
      if (cell == kDocumentColumn) {
        columns.emplace_back();
        continue;
      }
      StatusOr<LanguageTag> language = LanguageTag::Parse(cell);
      if (!language.ok()) {
        return WrongHeader(line->position, MessageOf(language.status()));
      }
      columns.push_back({.language = *std::move(language)});
    }
    columns_ = std::move(columns);
    return OkStatus();
  }

  ReadItem ReadLine(const Line& line) const {
    if (std::optional<ReadProblem> problem = CheckUtf8(line)) {
      return *std::move(problem);
    }
    const std::vector<std::string_view> cells = SplitCells(line.text);
    if (cells.size() != columns_.size()) {
      return Skipped(line, "CELL_COUNT_WRONG",
                     fmt::format("the line has {} cells, the header has {}",
                                 cells.size(), columns_.size()));
    }
    Unit unit = MakeUnit(cells);
    if (unit.variants.empty()) {
      return Skipped(line, "UNIT_EMPTY", std::string(kUnitEmptyMessage));
    }
    return ReadUnit{.line = line.position.line, .unit = std::move(unit)};
  }

  Unit MakeUnit(const std::vector<std::string_view>& cells) const {
    Unit unit;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty()) continue;
      const LanguageTag& language = columns_[i].language;
      if (language.empty()) {
        unit.origin.document = Unescape(cells[i]);
      } else {
        unit.variants.push_back(
            {.language = language, .segment = {.text = Unescape(cells[i])}});
      }
    }
    if (!unit.variants.empty()) {
      unit.source_language = unit.variants.front().language;
    }
    return unit;
  }

  static ReadProblem Skipped(const Line& line, std::string_view reason,
                             std::string message) {
    return {.line = line.position.line,
            .reason = std::string(reason),
            .message = std::move(message),
            .skipped = true};
  }

  LineReader lines_;
  std::vector<Column> columns_;
  Status final_status_;
};

}  // namespace

std::unique_ptr<UnitReader> MakeTsvReader(ByteSource& source) {
  return std::make_unique<TsvReader>(source);
}

}  // namespace tercet
