// The readers of the formats, and what they share. For this folder only:
// callers use unit_reader.h.
#ifndef TERCET_SERVICE_FORMATS_READERS_H_
#define TERCET_SERVICE_FORMATS_READERS_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "service/formats/unit_reader.h"

namespace tercet {

// A unit or a line that takes more than this is skipped, so that no file can
// make the readers use more memory than a small multiple of it.
inline constexpr size_t kMaxReadBytes = 16 * 1024 * 1024;

// `source` gives UTF-8.
std::unique_ptr<UnitReader> MakeTmxReader(ByteSource& source,
                                          const ReadOptions& options);
std::unique_ptr<UnitReader> MakeTsvReader(ByteSource& source,
                                          const ReadOptions& options);
std::unique_ptr<UnitReader> MakeJsonlReader(ByteSource& source);
std::unique_ptr<UnitReader> MakeCsvReader(ByteSource& source,
                                          const ReadOptions& options);
std::unique_ptr<UnitReader> MakeXliffReader(ByteSource& source,
                                            const ReadOptions& options);
std::unique_ptr<UnitReader> MakePoReader(ByteSource& source,
                                         const ReadOptions& options);
std::unique_ptr<UnitReader> MakeMosesReader(ByteSource& source,
                                            const ReadOptions& options);

// A place in a file: line counted from 1, bytes before it.
struct FilePosition {
  int64_t line = 1;
  int64_t offset = 0;
};

// The error that ends a file: FILE_MALFORMED with metadata `line` and
// `byte_offset`.
Status MalformedFile(const FilePosition& position, std::string_view what);

// What is wrong with a unit that none of its variants can be used.
inline constexpr std::string_view kUnitEmptyMessage =
    "the unit has no text in any language";

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_READERS_H_
