#include "service/formats/file_format.h"

#include <algorithm>
#include <iterator>

#include "service/formats/names.h"

namespace tercet {
namespace {

struct FormatWord {
  std::string_view word;
  FileFormat format;
};
constexpr FormatWord kNames[] = {
    {"tmx", FileFormat::kTmx},         {"tsv", FileFormat::kTsv},
    {"jsonl", FileFormat::kJsonLines}, {"csv", FileFormat::kCsv},
    {"xliff", FileFormat::kXliff},     {"po", FileFormat::kPo},
    {"moses", FileFormat::kMoses},
};
constexpr FormatWord kEndings[] = {
    {"tmx", FileFormat::kTmx},
    {"tsv", FileFormat::kTsv},
    {"tab", FileFormat::kTsv},
    {"jsonl", FileFormat::kJsonLines},
    {"ndjson", FileFormat::kJsonLines},
    {"csv", FileFormat::kCsv},
    {"xliff", FileFormat::kXliff},
    {"xlf", FileFormat::kXliff},
    {"sdlxliff", FileFormat::kXliff},
    {"mqxliff", FileFormat::kXliff},
    {"mxliff", FileFormat::kXliff},
    {"txlf", FileFormat::kXliff},
    {"po", FileFormat::kPo},
    {"pot", FileFormat::kPo},
};

}  // namespace

std::optional<FileFormat> FormatFromName(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name, &FormatWord::word);
  if (found == std::end(kNames)) return std::nullopt;
  return found->format;
}

std::optional<FileFormat> FormatFromPath(std::string_view path) {
  const size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  for (const FormatWord& known : kEndings) {
    if (EqualsIgnoringCase(path.substr(dot + 1), known.word)) {
      return known.format;
    }
  }
  return std::nullopt;
}

std::string_view FormatName(FileFormat format) {
  const auto* found = std::ranges::find(kNames, format, &FormatWord::format);
  return found == std::end(kNames) ? "" : found->word;
}

}  // namespace tercet
