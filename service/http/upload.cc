#include "service/http/upload.h"

#include <string>
#include <string_view>
#include <utility>

#include "service/http/multipart.h"

namespace tercet::http {

StatusOr<Upload> ReceiveUpload(const Request& head, Stream& stream) {
  SpoolFile file;
  MultipartReader reader(head.FieldValue("Content-Type"),
                         [&file](std::string_view bytes, const Parameters&) {
                           return file.Add(bytes);
                         });
  while (true) {
    ASSIGN_OR_RETURN(const std::string piece, stream.Read());
    if (piece.empty()) break;
    RETURN_IF_ERROR(reader.Add(piece));
  }
  RETURN_IF_ERROR(reader.Finish());
  Upload upload{.fields = reader.fields(), .file = std::nullopt};
  if (reader.has_file()) upload.file = std::move(file);
  return upload;
}

}  // namespace tercet::http
