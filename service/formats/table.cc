#include "service/formats/table.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/language_name.h"
#include "service/formats/names.h"
#include "service/text/language.h"

namespace tercet {
namespace {

constexpr std::string_view kDocumentColumn = "document";

// A language, `source` or `target` where these are known.
StatusOr<LanguageTag> ReadLanguage(std::string_view cell,
                                   const ReadOptions& options) {
  const std::vector<LanguageTag>& defaults = options.default_languages;
  if (EqualsIgnoringCase(cell, "source") && !defaults.empty()) {
    return defaults[0];
  }
  if (EqualsIgnoringCase(cell, "target") && defaults.size() > 1) {
    return defaults[1];
  }
  return ReadLanguageName(cell);
}

// Whether a cell is hardly a text.
bool IsColumnName(std::string_view cell) {
  const size_t base_size = std::min(cell.find_first_of("-_"), cell.size());
  return EqualsIgnoringCase(cell, kDocumentColumn) ||
         EqualsIgnoringCase(cell, "source") ||
         EqualsIgnoringCase(cell, "target") ||
         ((base_size == 2 || cell.size() > 3) && IsKnownLanguage(cell));
}

// Whether the first line of a table whose columns are known without it names
// languages all the same: different ones of two letters, and regions, or words.
// `No` and `No` are texts, and so are `hello` and `world`.
bool NamesLanguages(const std::vector<std::string>& cells) {
  std::set<std::string_view> names;
  return std::ranges::all_of(cells, [&names](const std::string& cell) {
    return IsColumnName(cell) && names.insert(cell).second;
  });
}

// What spreadsheets call a column of numbers; in small letters it is
// Indonesian.
bool IsNumberColumn(std::string_view cell) {
  return cell == "ID" || cell == "Id" || cell == "No" || cell == "No.";
}

Status UnknownColumn(std::string_view cell) {
  const std::string shown = PrintableUtf8(cell, kExcerptBytes);
  const bool is_default =
      EqualsIgnoringCase(cell, "source") || EqualsIgnoringCase(cell, "target");
  return MakeError(
      StatusCode::kInvalidArgument,
      is_default
          ? fmt::format("'{}' is a language where the import is told which "
                        "(--default-languages)",
                        shown)
          : fmt::format("'{}' is no language, such as 'en' or 'Spanish'",
                        shown),
      {.reason = "LANGUAGE_INVALID"});
}

ReadProblem SkippedRow(const FilePosition& position, std::string_view row,
                       std::string_view reason, std::string message) {
  return {.line = position.line,
          .offset = position.offset,
          .reason = std::string(reason),
          .message = std::move(message),
          .skipped = true,
          .excerpt = PrintableUtf8(row, kExcerptBytes)};
}

}  // namespace

StatusOr<TableHeader> ReadTableHeader(const std::vector<std::string>& cells,
                                      const ReadOptions& options) {
  TableHeader header;
  if (cells.size() == options.default_languages.size() &&
      !NamesLanguages(cells)) {
    header.is_row = true;
    for (const LanguageTag& language : options.default_languages) {
      header.columns.push_back({.language = language});
    }
    return header;
  }
  size_t languages = 0;
  Status unknown;
  for (const std::string& cell : cells) {
    TableColumn& column = header.columns.emplace_back();
    if (EqualsIgnoringCase(cell, kDocumentColumn)) {
      column.is_document = true;
      continue;
    }
    StatusOr<LanguageTag> language = ReadLanguage(cell, options);
    const bool has_subtags = cell.find_first_of("-_") != cell.npos;
    if (language.ok() && !IsNumberColumn(cell) &&
        (has_subtags || IsKnownLanguage(language->code()))) {
      column.language = *std::move(language);
      ++languages;
      continue;
    }
    header.left_out.push_back(cell);
    if (unknown.ok()) unknown = UnknownColumn(cell);
  }
  // One language and something else are more likely no header.
  if (languages < 2) RETURN_IF_ERROR(unknown);
  return header;
}

std::optional<ReadProblem> LeftOutColumns(const TableHeader& header,
                                          const FilePosition& position) {
  if (header.left_out.empty()) return std::nullopt;
  return ReadProblem{
      .line = position.line,
      .offset = position.offset,
      .reason = "COLUMN_UNKNOWN",
      .message = fmt::format(
          "columns that name no language were left out: {}",
          PrintableUtf8(fmt::format("{}", fmt::join(header.left_out, ", ")),
                        kExcerptBytes))};
}

ReadItem ReadTableRow(const std::vector<TableColumn>& columns,
                      std::vector<std::string> cells,
                      const FilePosition& position, std::string_view row) {
  if (cells.size() != columns.size()) {
    return SkippedRow(position, row, "CELL_COUNT_WRONG",
                      fmt::format("the line has {} cells, the header has {}",
                                  cells.size(), columns.size()));
  }
  Unit unit;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    if (columns[i].is_document) {
      unit.origin.document = std::move(cells[i]);
    } else if (!columns[i].language.empty()) {
      unit.variants.push_back({.language = columns[i].language,
                               .segment = {.text = std::move(cells[i])}});
    }
  }
  if (unit.variants.empty()) {
    return SkippedRow(position, row, "UNIT_EMPTY",
                      std::string(kUnitEmptyMessage));
  }
  unit.source_language = unit.variants.front().language;
  return ReadUnit{.line = position.line,
                  .offset = position.offset,
                  .unit = std::move(unit)};
}

std::vector<const Variant*> TableCells(
    const Unit& unit, const std::vector<LanguageTag>& languages) {
  std::vector<const Variant*> cells(languages.size());
  std::vector<bool> used(unit.variants.size());
  // Texts of the very tag first, in all columns.
  for (const bool of_any_region : {false, true}) {
    for (size_t column = 0; column < languages.size(); ++column) {
      const LanguageTag& asked = languages[column];
      for (size_t i = 0; i < used.size() && cells[column] == nullptr; ++i) {
        const LanguageTag& tag = unit.variants[i].language;
        const bool fits = tag == asked || (of_any_region &&
                                           tag.language() == asked.language() &&
                                           IsIn(tag, asked));
        if (used[i] || !fits) continue;
        used[i] = true;
        cells[column] = &unit.variants[i];
      }
    }
  }
  return cells;
}

Status NoTableLanguages(std::string_view format) {
  return MakeError(StatusCode::kInvalidArgument,
                   fmt::format("{} has a column for each language: say which "
                               "languages to write",
                               format),
                   {.reason = "LANGUAGES_MISSING"});
}

}  // namespace tercet
