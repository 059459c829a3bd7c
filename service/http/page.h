// The web page: files that the program carries, served as they are
// (docs/web.md).
#ifndef TERCET_SERVICE_HTTP_PAGE_H_
#define TERCET_SERVICE_HTTP_PAGE_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "service/base/embedded_file.h"
#include "service/http/http_message.h"

namespace tercet::http {

// The files of web/dist; beside each `name` there is `name.gz`.
std::span<const EmbeddedFile> PageFiles();

// Thread-safe.
class Page {
 public:
  // The contents must outlive the page.
  explicit Page(std::span<const EmbeddedFile> files);

  // The file at the address of the request, compressed where the client takes
  // that, or 304 when it has the file already; nullopt when there is no file
  // of that name. Every answer says what the page may do in a browser: load and
  // ask for things here, and nothing else.
  std::optional<Response> Answer(const Request& request) const;

 private:
  // One way to send a file.
  struct Form {
    std::string_view content;
    std::string etag;
  };
  struct File {
    std::string_view type;
    Form plain;
    Form gzip;
  };

  std::map<std::string, File, std::less<>> files_;  // By address.
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_PAGE_H_
