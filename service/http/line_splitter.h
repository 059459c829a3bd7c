// Lines out of bytes that come in pieces.
#ifndef TERCET_SERVICE_HTTP_LINE_SPLITTER_H_
#define TERCET_SERVICE_HTTP_LINE_SPLITTER_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"

namespace tercet::http {

class LineSplitter {
 public:
  explicit LineSplitter(size_t max_line_bytes)
      : max_line_bytes_(max_line_bytes) {}

  // The lines that are complete now, without their ends. Fails with
  // kInvalidArgument, reason HTTP_LINE_TOO_LONG.
  StatusOr<std::vector<std::string>> Add(std::string_view bytes);
  // What stands behind the last line end, if anything.
  StatusOr<std::vector<std::string>> Finish();

 private:
  size_t max_line_bytes_;
  std::string rest_;
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_LINE_SPLITTER_H_
