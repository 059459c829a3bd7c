#include "service/formats/file_format.h"

#include "service/formats/names.h"

namespace tercet {
namespace {

struct Ending {
  std::string_view ending;
  FileFormat format;
};
constexpr Ending kEndings[] = {
    {"tmx", FileFormat::kTmx},          {"tsv", FileFormat::kTsv},
    {"tab", FileFormat::kTsv},          {"jsonl", FileFormat::kJsonLines},
    {"ndjson", FileFormat::kJsonLines},
};

}  // namespace

std::optional<FileFormat> FormatFromName(std::string_view name) {
  for (FileFormat format :
       {FileFormat::kTmx, FileFormat::kTsv, FileFormat::kJsonLines}) {
    if (name == FormatName(format)) return format;
  }
  return std::nullopt;
}

std::optional<FileFormat> FormatFromPath(std::string_view path) {
  const size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  for (const Ending& known : kEndings) {
    if (EqualsIgnoringCase(path.substr(dot + 1), known.ending)) {
      return known.format;
    }
  }
  return std::nullopt;
}

std::string_view FormatName(FileFormat format) {
  switch (format) {
    case FileFormat::kTmx:
      return "tmx";
    case FileFormat::kTsv:
      return "tsv";
    case FileFormat::kJsonLines:
      return "jsonl";
  }
  return "";
}

}  // namespace tercet
