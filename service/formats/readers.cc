#include "service/formats/readers.h"

#include <string>

#include "fmt/format.h"

namespace tercet {

Status MalformedFile(const FilePosition& position, std::string_view what) {
  return MakeError(
      StatusCode::kInvalidArgument,
      fmt::format("line {}, byte {}: {}", position.line, position.offset, what),
      {.reason = "FILE_MALFORMED",
       .metadata = {{"line", std::to_string(position.line)},
                    {"byte_offset", std::to_string(position.offset)}}});
}

}  // namespace tercet
