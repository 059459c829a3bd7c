// Comma-separated values (RFC 4180): a header of languages, then one unit a
// record. The delimiter may be a comma, a semicolon, a tab or a bar.
#include <algorithm>
#include <deque>
#include <iterator>
#include <utility>

#include "fmt/format.h"
#include "service/formats/line_reader.h"
#include "service/formats/readers.h"
#include "service/formats/table.h"

namespace tercet {
namespace {

constexpr std::string_view kDelimiters = ",;\t|";

// How far the end of a quoted cell is looked for.
constexpr size_t kMaxRecordBytes = 1024 * 1024;

// How often a record that is not whole may look like one that is.
constexpr int kMaxTries = 16;

// A line that was read and may have to be read again.
struct KeptLine {
  FilePosition position;
  std::string raw;
  bool too_long = false;
};

std::string_view WithoutEnd(std::string_view raw) {
  if (raw.ends_with('\n')) raw.remove_suffix(1);
  if (raw.ends_with('\r')) raw.remove_suffix(1);
  return raw;
}

// Cuts a record into cells.
class CellReader {
 public:
  CellReader(std::string_view record, char delimiter)
      : record_(record), delimiter_(delimiter) {}

  // Nullopt where a quoted cell does not end.
  std::optional<std::vector<std::string>> Read() {
    std::vector<std::string> cells;
    while (true) {
      const bool quoted = at_ < record_.size() && record_[at_] == '"';
      if (quoted) {
        if (!ReadQuoted(cells.emplace_back())) return std::nullopt;
      } else {
        cells.emplace_back();
      }
      // What follows a closing quote belongs to the cell, too.
      const size_t end =
          std::min(record_.find(delimiter_, at_), record_.size());
      cells.back() += record_.substr(at_, end - at_);
      if (end == record_.size()) return cells;
      at_ = end + 1;
    }
  }

 private:
  bool ReadQuoted(std::string& cell) {
    ++at_;
    while (true) {
      const size_t quote = record_.find('"', at_);
      if (quote == std::string_view::npos) return false;
      cell += record_.substr(at_, quote - at_);
      at_ = quote + 1;
      if (at_ >= record_.size() || record_[at_] != '"') return true;
      cell += '"';
      ++at_;
    }
  }

  const std::string_view record_;
  const char delimiter_;
  size_t at_ = 0;
};

// The cells of a line whose quotes say nothing.
std::vector<std::string> SplitPlain(std::string_view line, char delimiter) {
  std::vector<std::string> cells;
  for (size_t begin = 0;;) {
    const size_t end = line.find(delimiter, begin);
    cells.emplace_back(line.substr(begin, end - begin));
    if (end == std::string_view::npos) return cells;
    begin = end + 1;
  }
}

Status WrongHeader(const FilePosition& position, std::string_view what) {
  return MalformedFile(
      position, fmt::format("{}: the first line must name the language of each "
                            "column, for example 'en,zh,es'",
                            what));
}

class CsvReader final : public UnitReader {
 public:
  CsvReader(ByteSource& source, const ReadOptions& options)
      : lines_(source), options_(options) {}

  StatusOr<std::optional<ReadItem>> Next() override {
    if (!items_.empty()) return TakeItem();
    if (!final_status_.ok()) return final_status_;
    StatusOr<std::optional<ReadItem>> item = NextItem();
    if (!item.ok()) final_status_ = item.status();
    return item;
  }

 private:
  std::optional<ReadItem> TakeItem() {
    std::optional<ReadItem> item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

  // The next line, one that was put back or a new one.
  StatusOr<std::optional<KeptLine>> NextLine() {
    if (!kept_.empty()) {
      std::optional<KeptLine> line = std::move(kept_.front());
      kept_.pop_front();
      return line;
    }
    ASSIGN_OR_RETURN(const std::optional<Line> line, lines_.Next());
    if (!line) return std::optional<KeptLine>();
    return std::optional<KeptLine>(KeptLine{.position = line->position,
                                            .raw = std::string(line->raw),
                                            .too_long = line->too_long});
  }

  StatusOr<std::optional<ReadItem>> NextItem() {
    if (columns_.empty()) RETURN_IF_ERROR(ReadHeader());
    while (true) {
      ASSIGN_OR_RETURN(const std::optional<KeptLine> line, NextLine());
      if (!line) return std::optional<ReadItem>();
      if (line->too_long) {
        return std::optional<ReadItem>(
            LineTooLong({.position = line->position}));
      }
      if (WithoutEnd(line->raw).empty()) continue;
      ASSIGN_OR_RETURN(std::vector<std::string> cells, ReadCells(*line));
      ReadItem item = ReadTableRow(columns_, std::move(cells), line->position,
                                   WithoutEnd(line->raw));
      if (!items_.empty()) {
        // The warning goes behind the unit.
        items_.push_front(std::move(item));
        return TakeItem();
      }
      return std::optional<ReadItem>(std::move(item));
    }
  }

  // The cells of the record that begins with `first`.
  StatusOr<std::vector<std::string>> ReadCells(const KeptLine& first) {
    std::string record = first.raw;
    std::deque<KeptLine> taken;
    int64_t quotes = std::ranges::count(first.raw, '"');
    for (int tries = 0; record.size() <= kMaxRecordBytes;) {
      // Whole records have an even number of quotes, nearly always.
      const bool has_new_quote =
          taken.empty() || taken.back().raw.find('"') != std::string::npos;
      if (has_new_quote && quotes % 2 == 0) {
        auto cells = CellReader(WithoutEnd(record), delimiter_).Read();
        if (cells.has_value()) return *std::move(cells);
        if (++tries == kMaxTries) break;
      }
      ASSIGN_OR_RETURN(std::optional<KeptLine> line, NextLine());
      if (!line && IsCut(first, taken)) {
        return MalformedFile(first.position,
                             "the file ends inside a quoted cell; it was cut "
                             "off");
      }
      if (!line) break;
      const bool too_long = line->too_long;
      taken.push_back(*std::move(line));
      if (too_long) break;
      record += taken.back().raw;
      quotes += std::ranges::count(taken.back().raw, '"');
    }
    // A quote that is not closed near by was not meant as one.
    kept_.insert(kept_.begin(), std::make_move_iterator(taken.begin()),
                 std::make_move_iterator(taken.end()));
    items_.emplace_back(ReadProblem{
        .line = first.position.line,
        .offset = first.position.offset,
        .reason = "QUOTE_UNCLOSED",
        .message = "a quote that is not closed was taken for text"});
    return SplitPlain(WithoutEnd(first.raw), delimiter_);
  }

  // Whether the file was cut off inside a quoted cell: it does not end with a
  // line, and none of what follows the quote would be a row by itself.
  bool IsCut(const KeptLine& first, const std::deque<KeptLine>& rest) const {
    const KeptLine& last = rest.empty() ? first : rest.back();
    return !last.raw.ends_with('\n') &&
           std::ranges::none_of(rest, [this](const KeptLine& line) {
             return SplitPlain(WithoutEnd(line.raw), delimiter_).size() >=
                    columns_.size();
           });
  }

  Status ReadHeader() {
    ASSIGN_OR_RETURN(std::optional<KeptLine> line, NextLine());
    if (!line) return WrongHeader({}, "the file is empty");
    // What Excel writes and reads: `sep=;`
    if (line->raw.starts_with("sep=") && WithoutEnd(line->raw).size() == 5) {
      const char delimiter = line->raw[4];
      ASSIGN_OR_RETURN(line, NextLine());
      if (!line) return WrongHeader({}, "the file is empty");
      return ReadHeaderWith(*line, std::string_view(&delimiter, 1));
    }
    return ReadHeaderWith(*line, kDelimiters);
  }

  Status ReadHeaderWith(const KeptLine& line, std::string_view delimiters) {
    if (line.too_long) return WrongHeader(line.position, "it is too long");
    std::string wrong;
    for (const char delimiter : delimiters) {
      auto cells = CellReader(WithoutEnd(line.raw), delimiter).Read();
      // The one that cuts says more than one that does not.
      if (!cells || (cells->size() == 1 && delimiters.size() > 1 &&
                     line.raw.find_first_of(delimiters) != std::string::npos)) {
        continue;
      }
      StatusOr<TableHeader> header = ReadTableHeader(*cells, options_);
      if (header.ok()) {
        delimiter_ = delimiter;
        if (auto problem = LeftOutColumns(*header, line.position)) {
          items_.emplace_back(*std::move(problem));
        }
        columns_ = std::move(header->columns);
        if (header->is_row) kept_.push_front(line);
        return OkStatus();
      }
      if (wrong.empty()) wrong = MessageOf(header.status());
    }
    return WrongHeader(line.position,
                       wrong.empty() ? "there is no header" : wrong);
  }

  LineReader lines_;
  const ReadOptions options_;
  char delimiter_ = ',';
  std::vector<TableColumn> columns_;
  std::deque<KeptLine> kept_;   // Put back.
  std::deque<ReadItem> items_;  // Read, not yet handed out.
  Status final_status_;
};

}  // namespace

std::unique_ptr<UnitReader> MakeCsvReader(ByteSource& source,
                                          const ReadOptions& options) {
  return std::make_unique<CsvReader>(source, options);
}

}  // namespace tercet
