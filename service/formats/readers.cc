#include "service/formats/readers.h"

#include <string>

#include "fmt/format.h"
#include "service/base/utf8.h"

namespace tercet {

Status MalformedFile(const FilePosition& position, std::string_view what) {
  return MakeError(
      StatusCode::kInvalidArgument,
      fmt::format("line {}, byte {}: {}", position.line, position.offset, what),
      {.reason = "FILE_MALFORMED",
       .metadata = {{"line", std::to_string(position.line)},
                    {"byte_offset", std::to_string(position.offset)}}});
}

Status UnsupportedEncoding(std::string_view encoding) {
  const std::string shown = PrintableUtf8(encoding, 64);
  return MakeError(
      StatusCode::kInvalidArgument,
      fmt::format("the file is in the encoding '{}', which is not supported "
                  "here: save it as UTF-8",
                  shown),
      {.reason = "FILE_ENCODING_UNSUPPORTED",
       .metadata = {{"encoding", shown}, {"line", "1"}}});
}

}  // namespace tercet
