// Reading whatever users bring: plain, `.gz`, `.zst` or `.zip` with several
// files, of any format, in any encoding; told by the content.
//
//   std::unique_ptr<UnitReader> reader =
//       MakeInputReader(source, {.name = "press.tmx.gz"});
//
// Memory use is bounded, and so is how far a small file may expand.
#ifndef TERCET_SERVICE_FORMATS_INPUT_READER_H_
#define TERCET_SERVICE_FORMATS_INPUT_READER_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "service/formats/unit_reader.h"

namespace tercet {

// Compressed bytes may become so many times as many, once there are 64 MiB of
// them: no text comes near.
inline constexpr int64_t kMaxExpansion = 250;

struct InputOptions {
  std::string name;                  // The file's; may be empty.
  std::optional<FileFormat> format;  // Nullopt: by the content.
  ReadOptions reader;
};

// `source` must outlive the reader. Beside the readers' own errors:
// FILE_FORMAT_UNKNOWN; ARCHIVE_INVALID (damaged, encrypted, expanding too far).
// Of an archive each file is read; one that cannot be is told as a problem of
// the file, and ends the reading only where no other has a unit.
std::unique_ptr<UnitReader> MakeInputReader(ByteSource& source,
                                            InputOptions options);

// As what a file that begins with `head` is read, for people: `tmx`, `zip
// archive`, `unknown format`.
std::string DescribeInput(std::string_view head, const InputOptions& options);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_INPUT_READER_H_
