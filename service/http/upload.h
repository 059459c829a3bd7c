// A form with a file, as browsers and tools upload it.
#ifndef TERCET_SERVICE_HTTP_UPLOAD_H_
#define TERCET_SERVICE_HTTP_UPLOAD_H_

#include <optional>

#include "service/base/status.h"
#include "service/http/http_message.h"
#include "service/http/http_server.h"
#include "service/http/import_jobs.h"
#include "service/http/url.h"

namespace tercet::http {

struct Upload {
  Parameters fields;              // All but the file.
  std::optional<SpoolFile> file;  // On disk; nullopt: there was none.
};

// Reads a request's body, which is multipart/form-data, to its end. Fails as
// MultipartReader, SpoolFile and Stream::Read do.
StatusOr<Upload> ReceiveUpload(const Request& head, Stream& stream);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_UPLOAD_H_
