#include "service/formats/table.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/names.h"

namespace tercet {
namespace {

constexpr std::string_view kDocumentColumn = "document";

struct LanguageWord {
  std::string_view word;
  std::string_view code;
};
constexpr LanguageWord kLanguageWords[] = {
    {"english", "en"},
    {"chinese", "zh"},
    {"simplified chinese", "zh-Hans"},
    {"traditional chinese", "zh-Hant"},
    {"chinese (simplified)", "zh-Hans"},
    {"chinese (traditional)", "zh-Hant"},
    {"spanish", "es"},
};

StatusOr<LanguageTag> ReadLanguage(std::string_view cell,
                                   const ReadOptions& options) {
  const std::vector<LanguageTag>& defaults = options.default_languages;
  if (EqualsIgnoringCase(cell, "source") && !defaults.empty()) {
    return defaults[0];
  }
  if (EqualsIgnoringCase(cell, "target") && defaults.size() > 1) {
    return defaults[1];
  }
  for (const LanguageWord& known : kLanguageWords) {
    if (EqualsIgnoringCase(cell, known.word)) {
      return LanguageTag::Parse(known.code);
    }
  }
  return LanguageTag::Parse(cell);
}

bool IsLanguageWord(std::string_view cell) {
  return EqualsIgnoringCase(cell, "source") ||
         EqualsIgnoringCase(cell, "target") ||
         std::ranges::any_of(kLanguageWords, [cell](const LanguageWord& known) {
           return EqualsIgnoringCase(cell, known.word);
         });
}

// Whether the first line of a table whose columns are known without it names
// languages all the same: different ones of two letters, and regions. `No` and
// `No` are texts, and so are `hello` and `world`, which could be codes, too.
bool NamesLanguages(const std::vector<std::string>& cells) {
  std::set<std::string_view> names;
  return std::ranges::all_of(cells, [&names](const std::string& cell) {
    const size_t base_size = std::min(cell.find_first_of("-_"), cell.size());
    const bool is_name = cell == kDocumentColumn || IsLanguageWord(cell) ||
                         (base_size == 2 && LanguageTag::Parse(cell).ok());
    return is_name && names.insert(cell).second;
  });
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
  for (const std::string& cell : cells) {
    if (cell == kDocumentColumn) {
      header.columns.emplace_back();
      continue;
    }
    ASSIGN_OR_RETURN(LanguageTag language, ReadLanguage(cell, options));
    header.columns.push_back({.language = std::move(language)});
  }
  return header;
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
    if (columns[i].language.empty()) {
      unit.origin.document = std::move(cells[i]);
    } else {
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
  std::vector<const Variant*> cells;
  std::vector<bool> used(unit.variants.size());
  for (const LanguageTag& language : languages) {
    const Variant*& cell = cells.emplace_back(nullptr);
    for (size_t i = 0; i < unit.variants.size() && cell == nullptr; ++i) {
      if (used[i] || unit.variants[i].language != language) continue;
      used[i] = true;
      cell = &unit.variants[i];
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
