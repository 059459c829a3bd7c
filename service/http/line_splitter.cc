#include "service/http/line_splitter.h"

#include <utility>

#include "fmt/format.h"

namespace tercet::http {
namespace {

std::string WithoutReturn(std::string line) {
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

StatusOr<std::vector<std::string>> LineSplitter::Add(std::string_view bytes) {
  std::vector<std::string> lines;
  while (true) {
    const size_t end = bytes.find('\n');
    rest_ += bytes.substr(0, end);
    if (rest_.size() > max_line_bytes_) {
      return MakeError(
          StatusCode::kInvalidArgument,
          fmt::format("a line is longer than {} bytes", max_line_bytes_),
          {.reason = "HTTP_LINE_TOO_LONG"});
    }
    if (end == bytes.npos) return lines;
    lines.push_back(WithoutReturn(std::exchange(rest_, {})));
    bytes.remove_prefix(end + 1);
  }
}

StatusOr<std::vector<std::string>> LineSplitter::Finish() {
  std::vector<std::string> lines;
  if (!rest_.empty()) {
    lines.push_back(WithoutReturn(std::exchange(rest_, {})));
  }
  return lines;
}

}  // namespace tercet::http
