// The exchange formats and how to name them.
#ifndef TERCET_SERVICE_FORMATS_FILE_FORMAT_H_
#define TERCET_SERVICE_FORMATS_FILE_FORMAT_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace tercet {

enum class FileFormat : uint8_t {
  kTmx = 1,
  kTsv = 2,
  kJsonLines = 3,
  kCsv = 4,
  kXliff = 5,  // Read only.
  kPo = 6,     // Read only.
  kMoses = 7,  // Line-aligned: the lines of the languages in turn.
};

// `tmx`, `tsv`, `jsonl`, `csv`, `xliff`, `po`, `moses`; nullopt for other
// names.
std::optional<FileFormat> FormatFromName(std::string_view name);

// By the file name's ending, any case; nullopt when it tells nothing.
std::optional<FileFormat> FormatFromPath(std::string_view path);

// The name, e.g. `tmx`.
std::string_view FormatName(FileFormat format);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_FILE_FORMAT_H_
