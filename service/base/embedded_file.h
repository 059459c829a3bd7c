// A file that the program carries within it (cmake/embed.py makes them).
#ifndef TERCET_SERVICE_BASE_EMBEDDED_FILE_H_
#define TERCET_SERVICE_BASE_EMBEDDED_FILE_H_

#include <span>
#include <string_view>

namespace tercet {

struct EmbeddedFile {
  std::string_view path;  // Below the folder that was embedded, with slashes.
  std::string_view content;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_BASE_EMBEDDED_FILE_H_
