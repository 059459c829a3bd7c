#include "service/formats/detect_format.h"

#include <string>
#include <vector>

#include "service/formats/names.h"
#include "service/formats/table.h"
#include "service/formats/text_script.h"
#include "service/formats/utf8_source.h"
#include "service/formats/xml_pull.h"

namespace tercet {
namespace {

std::string TextOf(std::string_view head, const ReadOptions& options) {
  const std::unique_ptr<ByteSource> source = MakeStringSource(head);
  Utf8Source utf8(*source, options.charset,
                  BaseLanguages(options.default_languages));
  std::string text;
  while (true) {
    const StatusOr<std::string_view> chunk = utf8.Read();
    if (!chunk.ok() || chunk->empty()) return text;
    text += *chunk;
  }
}

// By the root element; nullopt where there is none.
std::optional<FileFormat> DetectXml(std::string_view text) {
  const std::unique_ptr<ByteSource> source = MakeStringSource(text);
  XmlPull xml(*source);
  while (true) {
    const StatusOr<const XmlEvent*> event = xml.Next();
    if (!event.ok() || *event == nullptr) return std::nullopt;
    if ((*event)->kind != XmlEvent::Kind::kStart) continue;
    std::string_view name = (*event)->name;
    name = name.substr(name.rfind(':') + 1);
    if (EqualsIgnoringCase(name, "tmx")) return FileFormat::kTmx;
    if (EqualsIgnoringCase(name, "xliff")) return FileFormat::kXliff;
    return std::nullopt;
  }
}

// Whether a line begins with `msgid` or `msgctxt` before any that PO does not
// know.
bool IsPo(std::string_view text) {
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
    if (line.starts_with("msgid \"") || line.starts_with("msgctxt \"")) {
      return true;
    }
    if (!line.empty() && line != "\r" && line[0] != '#') return false;
  }
  return false;
}

std::vector<std::string> Split(std::string_view line, char delimiter) {
  std::vector<std::string> cells;
  while (true) {
    const size_t end = line.find(delimiter);
    std::string_view cell = line.substr(0, end);
    if (cell.size() > 1 && cell.starts_with('"') && cell.ends_with('"')) {
      cell = cell.substr(1, cell.size() - 2);
    }
    cells.emplace_back(cell);
    if (end == std::string_view::npos) return cells;
    line.remove_prefix(end + 1);
  }
}

// By a header that names languages.
std::optional<FileFormat> DetectTable(std::string_view text,
                                      const ReadOptions& options) {
  if (text.starts_with("sep=")) return FileFormat::kCsv;
  std::string_view line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  for (const char delimiter : {'\t', ',', ';', '|'}) {
    const std::vector<std::string> cells = Split(line, delimiter);
    if (cells.size() < 2 || !ReadTableHeader(cells, options).ok()) continue;
    const bool is_plain = line.find('"') == std::string_view::npos;
    return delimiter == '\t' && is_plain ? FileFormat::kTsv : FileFormat::kCsv;
  }
  return std::nullopt;
}

}  // namespace

std::optional<FileFormat> DetectFormat(std::string_view head,
                                       std::string_view name,
                                       const ReadOptions& options) {
  const std::string text = TextOf(head, options);
  const std::optional<FileFormat> by_name = FormatFromPath(name);
  const size_t first = text.find_first_not_of(" \t\r\n");
  std::optional<FileFormat> found;
  if (first == std::string::npos) return by_name;
  if (text[first] == '<') {
    found = DetectXml(text);
  } else if (text[first] == '{') {
    found = FileFormat::kJsonLines;
  } else if (IsPo(text)) {
    found = FileFormat::kPo;
  } else if (by_name == FileFormat::kTsv || by_name == FileFormat::kCsv) {
    found = by_name;
  } else {
    found = DetectTable(text, options);
  }
  return found ? found : by_name;
}

}  // namespace tercet
