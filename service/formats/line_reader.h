// The lines of a file, one at a time.
#ifndef TERCET_SERVICE_FORMATS_LINE_READER_H_
#define TERCET_SERVICE_FORMATS_LINE_READER_H_

#include <optional>
#include <string>
#include <string_view>

#include "service/base/status.h"
#include "service/formats/readers.h"

namespace tercet {

struct Line {
  FilePosition position;
  // Without its end (LF or CRLF). Valid until the next call.
  std::string_view text;
  // With its end, as it is in the file; valid as long.
  std::string_view raw;
  bool too_long = false;  // More than kMaxReadBytes; both are empty then, ...
  std::string_view beginning;  // ... and this is some of it.
};

// Not thread-safe.
class LineReader {
 public:
  // `source` gives UTF-8 (utf8_source.h) and must live as long as the object.
  explicit LineReader(ByteSource& source) : source_(source) {}

  // The next line; nullopt at the end. A last line needs no end. Fails with the
  // source's own error.
  StatusOr<std::optional<Line>> Next();

 private:
  // Takes what `chunk_` holds of the line; true once the line has ended.
  bool TakePart(bool& too_long);

  ByteSource& source_;
  std::string_view chunk_;  // Of the source, not yet taken.
  std::string line_;
  FilePosition next_;
  bool ended_ = false;
};

// What is wrong with a line that is too long.
ReadProblem LineTooLong(const Line& line);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_LINE_READER_H_
